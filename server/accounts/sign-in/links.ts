import { and, eq, sql } from 'drizzle-orm'
import { type Session, startSession } from '#accounts/sign-in/sessions.ts'
import { signInLinks, users } from '#accounts/tables.ts'
import type { Handle } from '#platform/database.ts'
import type { Scope } from '#platform/scope.ts'
import { randomToken, sha256 } from '#platform/secrets.ts'

const livesMs = 7 * 24 * 60 * 60 * 1000

/** A link that signs its user in once, within a week. The token is in this answer only. */
export async function createSignInLink(scope: Scope, userId: number) {
  const token = randomToken(40)
  await scope.db.insert(signInLinks).values({
    account_id: scope.accountId,
    token_hash: sha256(token),
    user_id: userId,
    expires_at: new Date(Date.now() + livesMs),
  })
  // Who had asked for one has it now.
  await scope.db
    .update(users)
    .set({ link_requested_at: null })
    .where(and(eq(users.account_id, scope.accountId), eq(users.id, userId)))
  return token
}

export const linkAddress = (publicUrl: string, token: string) => `${publicUrl}/sign-in?token=${token}`

/** Turns an unused link into a session; null when it was used, is too old or never was. */
export function spendSignInLink(db: Handle, token: string): Promise<Session | null> {
  return db.transaction(async (tx) => {
    const { rows } = await tx.execute<{ accountId: number; userId: number }>(sql`
      -- across accounts: a sign-in link says which account it belongs to
      update sign_in_links set used_at = now_ms()
      where token_hash = ${sha256(token)} and used_at is null and expires_at > now()
      returning account_id as "accountId", user_id as "userId"`)
    return rows[0] ? startSession(tx, rows[0], { by: 'link' }) : null
  })
}

/** Notes that whoever has this address would like a new link; an admin sees it beside the user and makes one. */
export const requestSignInLink = (db: Handle, email: string) =>
  db.execute(sql`
    -- across accounts: an e-mail address may belong to people of several
    update users set link_requested_at = now_ms() where email = ${email.toLowerCase()} and is_active`)
