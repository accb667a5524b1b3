import { asc, eq, sql } from 'drizzle-orm'
import { type Limited, type Limits, limitNouns, limitsOf, type PlanName } from '#accounts/plans.ts'
import { accounts } from '#accounts/tables.ts'
import type { Handle } from '#platform/database.ts'
import { limitReached, notFound } from '#platform/errors.ts'
import type { Scope } from '#platform/scope.ts'

/** What an account is called until somebody gives it a name. */
export const unnamed = 'Minha empresa'

export type Account = typeof accounts.$inferSelect

export async function createAccount(
  db: Handle,
  { name, plan }: { name: string; plan: PlanName },
): Promise<Account> {
  const [account] = await db.insert(accounts).values({ name, plan }).returning()
  return account!
}

export const listAccounts = (db: Handle) => db.select().from(accounts).orderBy(asc(accounts.id))

export async function findAccount(scope: Scope): Promise<Account> {
  const [account] = await scope.db.select().from(accounts).where(eq(accounts.id, scope.accountId))
  if (!account) throw notFound('account')
  return account
}

export async function changeAccount(
  scope: Scope,
  changes: Partial<Omit<Account, 'id' | 'created_at' | 'updated_at'>>,
): Promise<Account> {
  const [account] = await scope.db
    .update(accounts)
    .set(changes)
    .where(eq(accounts.id, scope.accountId))
    .returning()
  if (!account) throw notFound('account')
  return account
}

/** Makes room for `adding` more, or refuses. */
export async function ensureWithinPlan(
  scope: Scope,
  account: { plan: PlanName; limits: Limits },
  what: Limited,
  adding: number,
  countNow: () => Promise<number>,
) {
  if (adding > (await roomWithinPlan(scope, account, what, countNow))) throw limitReached(limitNouns[what])
}

/** How many more the plan allows. Where there is a limit, creations of one account take turns, so that not one gets past it. */
export async function roomWithinPlan(
  scope: Scope,
  account: { plan: PlanName; limits: Limits },
  what: Limited,
  countNow: () => Promise<number>,
): Promise<number> {
  if (limitsOf(account)[what] === undefined) return Number.POSITIVE_INFINITY
  const [locked] = await scope.db
    .select({ plan: accounts.plan, limits: accounts.limits })
    .from(accounts)
    .where(eq(accounts.id, scope.accountId))
    .for('no key update')
  const limit = limitsOf(locked!)[what]
  return limit === undefined ? Number.POSITIVE_INFINITY : limit - (await countNow())
}

/** The account that holds this lock is set up by one process at a time. */
export const lockSetup = (db: Handle) => db.execute(sql`select pg_advisory_xact_lock(4216002)`)
