import { and, eq, sql } from 'drizzle-orm'
import { type Static, Type } from 'typebox'
import { countAttempt } from '#accounts/sign-in/attempts.ts'
import { spendSignInLink } from '#accounts/sign-in/links.ts'
import { hashPassword, nobodysHash, passwordFits } from '#accounts/sign-in/passwords.ts'
import { endSessions, type Session, startSession } from '#accounts/sign-in/sessions.ts'
import { sessions, users } from '#accounts/tables.ts'
import type { Database, Handle } from '#platform/database.ts'
import { invalid, ruled } from '#platform/errors.ts'
import type { Scope } from '#platform/scope.ts'
import { sha256 } from '#platform/secrets.ts'
import { Id, nullable, text } from '#platform/shapes.ts'

// One address in more accounts than this is somebody else's joke, and each costs a verification.
const accountsTried = 10

export const Email = text(255, { format: 'email' })
export const Credentials = Type.Object({
  email: Email,
  password: Type.String({ maxLength: 1000, 'x-untrimmed': true }),
  account_id: Type.Optional(nullable(Id)),
})
export type Credentials = Static<typeof Credentials>

/** By e-mail and password. Where several accounts fit, the refusal names them and one must be chosen. */
export async function signIn(database: Database, ip: string, credentials: Credentials): Promise<Session> {
  const attempt = await countAttempt(database, ip, credentials.email)
  const fitting = await fittingUsers(database.db, credentials)
  if (fitting.length === 0) throw ruled('sign_in_refused')
  await attempt.succeeded()
  if (fitting.length > 1) {
    const accounts = fitting.map(({ accountId, accountName }) => ({ id: accountId, name: accountName }))
    throw ruled('choose_account', { accounts })
  }
  const { passwordHash } = fitting[0]!
  const session = await startSession(database.db, fitting[0]!, { by: 'password', passwordHash })
  if (!session) throw ruled('sign_in_refused')
  return session
}

type Candidate = { accountId: number; accountName: string; userId: number; passwordHash: string }

async function fittingUsers(db: Handle, { email, password, account_id = null }: Credentials) {
  const { rows } = await db.execute<Candidate>(sql`
    -- across accounts: an e-mail address may belong to people of several
    select u.account_id as "accountId", a.name as "accountName", u.id as "userId", u.password_hash as "passwordHash"
    from users u join accounts a on a.id = u.account_id
    where u.email = ${email.toLowerCase()} and u.is_active and u.password_hash is not null
      and (${account_id}::bigint is null or u.account_id = ${account_id}::bigint)
    order by u.account_id limit ${accountsTried}`)
  const nobody = await nobodysHash()
  if (rows.length === 0) await passwordFits(nobody, password)
  const fits = await Promise.all(rows.map((each) => passwordFits(each.passwordHash, password)))
  return rows.filter((_, index) => fits[index])
}

export async function signInByLink(database: Database, ip: string, token: string): Promise<Session> {
  const attempt = await countAttempt(database, ip)
  const session = await spendSignInLink(database.db, token)
  if (!session) throw ruled('link_invalid')
  await attempt.succeeded()
  return session
}

export type NewPassword = { current_password?: string | null; password: string }

/** Ends every session of theirs, this one too, and gives a new one. Who came by a link has no old password to tell. */
export async function changePassword(
  scope: Scope,
  token: string,
  { current_password, password }: NewPassword,
) {
  const userId = scope.actor.id!
  const mine = and(eq(users.account_id, scope.accountId), eq(users.id, userId))
  const [known] = await scope.db
    .select({ passwordHash: users.password_hash, by: sessions.signed_in_by })
    .from(users)
    .innerJoin(sessions, and(eq(sessions.account_id, users.account_id), eq(sessions.user_id, users.id)))
    .where(and(mine, eq(sessions.token_hash, sha256(token))))
    .for('no key update', { of: users })
  if (known?.passwordHash && known.by === 'password') {
    if (!current_password) throw invalid({ current_password: ['The current password field is required.'] })
    if (!(await passwordFits(known.passwordHash, current_password)))
      throw invalid({ current_password: ['The password is incorrect.'] })
  }
  const passwordHash = await hashPassword(password)
  await scope.db.update(users).set({ password_hash: passwordHash }).where(mine)
  await endSessions(scope, userId)
  return (await startSession(
    scope.db,
    { accountId: scope.accountId, userId },
    { by: 'password', passwordHash },
  ))!
}
