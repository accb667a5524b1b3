import { and, eq, sql } from 'drizzle-orm'
import { type Role, sessions, signInLinks } from '#accounts/tables.ts'
import type { Handle } from '#platform/database.ts'
import type { Scope } from '#platform/scope.ts'
import { randomToken, sha256 } from '#platform/secrets.ts'

const tokenLength = 40
const livesMs = 30 * 24 * 60 * 60 * 1000
const cookieName = 'funil_session'

export type Session = { accountId: number; userId: number; token: string; expires: Date }
/** By password: only while this is still the password. */
export type SignedInBy = { by: 'link' } | { by: 'password'; passwordHash: string }

/** Thirty days from now, whatever is done in them; null when the user may no longer sign in. */
export async function startSession(
  db: Handle,
  { accountId, userId }: Pick<Session, 'accountId' | 'userId'>,
  how: SignedInBy,
): Promise<Session | null> {
  const token = randomToken(tokenLength)
  const expires = new Date(Date.now() + livesMs)
  const passwordStays = how.by === 'password' ? sql`and password_hash = ${how.passwordHash}` : sql``
  // The lock lets a deactivation or a new password come before or after this session, never between.
  const { rowCount } = await db.execute(sql`
    insert into sessions (account_id, token_hash, user_id, signed_in_by, expires_at)
    select account_id, ${sha256(token)}, id, ${how.by}, ${expires.toISOString()}::timestamptz from users
    where account_id = ${accountId} and id = ${userId} and is_active ${passwordStays}
    for share`)
  return rowCount === 1 ? { accountId, userId, token, expires } : null
}

export type SignedIn = { accountId: number; userId: number; name: string; role: Role; accountStatus: string }

export async function findSession(db: Handle, token: string): Promise<SignedIn | null> {
  if (token.length !== tokenLength) return null
  const { rows } = await db.execute<SignedIn>(sql`
    -- across accounts: a session says which account it belongs to
    select u.account_id as "accountId", u.id as "userId", u.name, u.role, a.status as "accountStatus"
    from sessions s
    join users u on u.account_id = s.account_id and u.id = s.user_id and u.is_active
    join accounts a on a.id = s.account_id
    where s.token_hash = ${sha256(token)} and s.expires_at > now()`)
  return rows[0] ?? null
}

export const endSession = (scope: Scope, token: string) =>
  scope.db
    .delete(sessions)
    .where(and(eq(sessions.account_id, scope.accountId), eq(sessions.token_hash, sha256(token))))

/** Ends the user's sessions everywhere, and the links that would open new ones. */
export async function endSessions(scope: Scope, userId: number) {
  const { accountId, db } = scope
  await db.delete(sessions).where(and(eq(sessions.account_id, accountId), eq(sessions.user_id, userId)))
  await db
    .delete(signInLinks)
    .where(and(eq(signInLinks.account_id, accountId), eq(signInLinks.user_id, userId)))
}

/** The header that gives a browser its session, or takes it away. */
export function sessionCookie(session: Session | null, publicUrl: string) {
  const secure = publicUrl.startsWith('https:') ? '; Secure' : ''
  const expires = (session?.expires ?? new Date(0)).toUTCString()
  return `${cookieName}=${session?.token ?? ''}; Path=/; HttpOnly; SameSite=Lax; Expires=${expires}${secure}`
}

export const sessionTokenOf = (cookies = '') =>
  new RegExp(`(?:^|;\\s*)${cookieName}=([^;]+)`).exec(cookies)?.[1] ?? null
