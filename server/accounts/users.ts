import { and, asc, eq, inArray, sql } from 'drizzle-orm'
import { type Role, sessions, signInLinks, users } from '#accounts/tables.ts'
import type { Handle } from '#platform/database.ts'
import { invalid, notFound } from '#platform/errors.ts'
import type { Scope } from '#platform/scope.ts'
import { randomToken, sha256 } from '#platform/secrets.ts'

const linkLivesMs = 7 * 24 * 60 * 60 * 1000
const sessionLivesMs = 30 * 24 * 60 * 60 * 1000

const shownColumns = { id: users.id, name: users.name, email: users.email, role: users.role }
export type User = { id: number; name: string; email: string; role: Role }

export type NewUser = { name: string; email: string; role: Role; passwordHash?: string | null }

export async function createUser(
  scope: Scope,
  { name, email, role, passwordHash = null }: NewUser,
): Promise<User> {
  const [user] = await scope.db
    .insert(users)
    .values({
      account_id: scope.accountId,
      name,
      email: email.toLowerCase(),
      role,
      password_hash: passwordHash,
    })
    .onConflictDoNothing()
    .returning(shownColumns)
  if (!user) throw invalid({ email: ['The email has already been taken.'] })
  return user
}

export const listUsers = (scope: Scope): Promise<User[]> =>
  scope.db
    .select(shownColumns)
    .from(users)
    .where(and(eq(users.account_id, scope.accountId), users.is_active))
    .orderBy(asc(users.id))

export const usersById = (scope: Scope, ids: number[]): Promise<User[]> =>
  scope.db
    .select(shownColumns)
    .from(users)
    .where(and(eq(users.account_id, scope.accountId), inArray(users.id, ids)))

/** A link that signs its user in once, within a week. The token is in this answer only. */
export async function createSignInLink(scope: Scope, userId: number) {
  const token = randomToken(40)
  await scope.db.insert(signInLinks).values({
    account_id: scope.accountId,
    token_hash: sha256(token),
    user_id: userId,
    expires_at: new Date(Date.now() + linkLivesMs),
  })
  return token
}

/** Turns an unused link into a session; null when it was used, is too old or never was. */
export async function useSignInLink(
  db: Handle,
  token: string,
): Promise<{ token: string; expires: Date } | null> {
  return db.transaction(async (tx) => {
    const { rows } = await tx.execute<{ account_id: number; user_id: number }>(sql`
      -- across accounts: a sign-in link says which account it belongs to
      update sign_in_links l set used_at = now_ms() from users u
      where l.token_hash = ${sha256(token)} and l.used_at is null and l.expires_at > now()
        and u.account_id = l.account_id and u.id = l.user_id and u.is_active
      returning l.account_id, l.user_id`)
    if (!rows[0]) return null
    const session = randomToken(40)
    const expires = new Date(Date.now() + sessionLivesMs)
    await tx.insert(sessions).values({ ...rows[0], token_hash: sha256(session), expires_at: expires })
    return { token: session, expires }
  })
}

export type SignedIn = { accountId: number; userId: number; name: string; role: Role; accountStatus: string }

export async function findSession(db: Handle, token: string): Promise<SignedIn | null> {
  const { rows } = await db.execute<SignedIn>(sql`
    -- across accounts: a session says which account it belongs to
    select u.account_id as "accountId", u.id as "userId", u.name, u.role, a.status as "accountStatus"
    from sessions s
    join users u on u.account_id = s.account_id and u.id = s.user_id and u.is_active
    join accounts a on a.id = s.account_id
    where s.token_hash = ${sha256(token)} and s.expires_at > now()`)
  return rows[0] ?? null
}

export async function findUser(scope: Scope, id: number): Promise<User> {
  const [user] = await usersById(scope, [id])
  if (!user) throw notFound('user')
  return user
}
