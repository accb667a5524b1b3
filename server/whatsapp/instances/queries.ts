import { and, asc, count, eq, isNull, ne, sql } from 'drizzle-orm'
import { instances } from '#conversations/tables.ts'
import { notFound } from '#platform/errors.ts'
import type { Scope } from '#platform/scope.ts'
import type { Instance } from '#whatsapp/channels.ts'

const itself = (scope: Scope, id: number) =>
  and(eq(instances.account_id, scope.accountId), eq(instances.id, id))
const current = (scope: Scope) => and(eq(instances.account_id, scope.accountId), isNull(instances.removed_at))

/** A number that the account has; one that was removed is not found. */
export async function findInstance(scope: Scope, id: number): Promise<Instance> {
  const instance = await instanceById(scope, id)
  if (!instance || instance.removed_at) throw notFound('instance')
  return instance
}

/** Removed or not: conversations outlive their number. */
export async function instanceById(scope: Scope, id: number): Promise<Instance | null> {
  const [instance] = await scope.db.select().from(instances).where(itself(scope, id))
  return instance ?? null
}

/** The number, held until the transaction ends. */
export async function lockInstance(scope: Scope, id: number): Promise<Instance> {
  const instance = await lockedInstance(scope, id)
  if (!instance) throw notFound('instance')
  return instance
}

/** The same; null when it was removed, of which nothing is told any more. */
export async function lockedInstance(scope: Scope, id: number): Promise<Instance | null> {
  const [instance] = await scope.db.select().from(instances).where(itself(scope, id)).for('no key update')
  return instance && !instance.removed_at ? instance : null
}

export const listInstances = (scope: Scope): Promise<Instance[]> =>
  scope.db.select().from(instances).where(current(scope)).orderBy(asc(instances.id))

export async function primaryInstance(scope: Scope): Promise<Instance | null> {
  const [instance] = await scope.db
    .select()
    .from(instances)
    .where(and(current(scope), eq(instances.is_primary, true)))
  return instance ?? null
}

/** What a plan counts: to try things out costs nothing. */
export async function countInstances(scope: Scope) {
  const [row] = await scope.db
    .select({ total: count() })
    .from(instances)
    .where(and(current(scope), ne(instances.provider, 'sandbox')))
  return row!.total
}

/** Whether WhatsApp has begun: a number is connected, or somebody wrote and was answered, if only on a simulated phone. */
export async function hasBegun(scope: Scope) {
  const { accountId } = scope
  const told = (direction: 'in' | 'out') => sql`exists (
    select from messages m where m.account_id = ${accountId} and m.conversation_id = c.id
      and m.direction = ${direction} and m.state <> 'failed')`
  const { rows } = await scope.db.execute<{ has: boolean }>(sql`
    select exists (
      select from instances
      where account_id = ${accountId} and provider <> 'sandbox' and status = 'connected' and removed_at is null
    ) or exists (
      select from conversations c where c.account_id = ${accountId} and ${told('in')} and ${told('out')}
    ) as has`)
  return rows[0]!.has
}

/** Whoever adds, removes or prefers a number holds this: the account has one primary number, at any moment. */
export const lockNumbers = (scope: Scope) =>
  scope.db.execute(sql`select pg_advisory_xact_lock(4216007, hashint8(${scope.accountId}))`)
