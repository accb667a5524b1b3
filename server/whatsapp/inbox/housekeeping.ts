import { sql } from 'drizzle-orm'
import type { Handle } from '#platform/database.ts'

const atOnce = 5000
const mostBatches = 1000

/** Forgets what was told after ten days, a few at a time: Meta repeats itself for seven. */
export async function forgetHooks(db: Handle) {
  await inBatches(() =>
    db.execute(sql`-- across accounts: housekeeping
      delete from whatsapp_hooks where (account_id, id) in (
        select account_id, id from whatsapp_hooks
        where received_at < now() - interval '10 days' and (due_at is null or due_at < now() - interval '1 day')
        limit ${atOnce})`),
  )
  await inBatches(() =>
    db.execute(sql`-- across accounts: housekeeping
      delete from whatsapp_heard where (account_id, instance_id, key) in (
        select account_id, instance_id, key from whatsapp_heard
        where heard_at < now() - interval '10 days' limit ${atOnce})`),
  )
}

async function inBatches(forget: () => Promise<{ rowCount: number | null }>) {
  for (let batch = 0; batch < mostBatches; batch++) {
    if (((await forget()).rowCount ?? 0) < atOnce) return
  }
}
