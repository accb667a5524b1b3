import { sql } from 'drizzle-orm'
import type { Handle } from '#platform/database.ts'

const atOnce = 5000
const mostBatches = 1000

/** Forgets deliveries after thirty days, a few at a time, so that nobody waits for it. */
export async function forgetOldDeliveries(db: Handle) {
  for (let batch = 0; batch < mostBatches; batch++) {
    const { rowCount } = await db.execute(sql`-- across accounts: housekeeping
      delete from webhook_deliveries where (account_id, id) in (
        select account_id, id from webhook_deliveries
        where created_at < now() - interval '30 days' limit ${atOnce})`)
    if ((rowCount ?? 0) < atOnce) return
  }
}
