import { sql } from 'drizzle-orm'
import type { Handle } from '#platform/database.ts'

const keptMs = 500
const kept = new WeakMap<object, { at: number; value: Promise<string> }>()

/** The instant to send as the next `updated_since`: before every write that a reader cannot see yet.
 *
 * Rows are stamped with the clock when they are written, so no uncommitted row is older than the start of the
 * oldest transaction that has written. An older watermark is only more careful, so one is shared for half a second.
 */
export function watermark(db: Handle): Promise<string> {
  const known = kept.get(db)
  if (known && performance.now() - known.at < keptMs) return known.value
  const value = ask(db)
  kept.set(db, { at: performance.now(), value })
  value.catch(() => kept.delete(db))
  return value
}

async function ask(db: Handle): Promise<string> {
  const { rows } = await db.execute<{ at: string }>(sql`
    select to_char(
      date_trunc('milliseconds', least(clock_timestamp(), min(xact_start))) at time zone 'UTC',
      'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'
    ) as at
    from pg_stat_activity
    where datname = current_database() and backend_xid is not null`)
  return rows[0]!.at
}
