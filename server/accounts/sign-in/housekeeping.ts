import { sql } from 'drizzle-orm'
import type { Handle } from '#platform/database.ts'

/** Forgets links, sessions and attempts to sign in that no longer count, of every account. */
export async function forgetExpired(db: Handle) {
  await db.execute(sql`-- across accounts: housekeeping
    delete from sign_in_links where expires_at < now() - interval '30 days'`)
  await db.execute(sql`-- across accounts: housekeeping
    delete from sessions where expires_at < now()`)
  await db.execute(sql`delete from sign_in_attempts where expire < extract(epoch from now()) * 1000`)
}
