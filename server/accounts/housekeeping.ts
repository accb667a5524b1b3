import { sql } from 'drizzle-orm'
import type { Handle } from '#platform/database.ts'

/** Forgets links and sessions that can no longer be used, of every account. */
export async function forgetExpired(db: Handle) {
  await db.execute(sql`-- across accounts: housekeeping
    delete from sign_in_links where expires_at < now() - interval '30 days'`)
  await db.execute(sql`-- across accounts: housekeeping
    delete from sessions where expires_at < now()`)
}
