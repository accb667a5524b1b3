import { sql } from 'drizzle-orm'
import { type Handle, longestTransactionMs } from '#platform/database.ts'

const keptMs = 500
const kept = new WeakMap<object, { at: number; value: Promise<string> }>()

/** The instant to send as the next `updated_since`. An older one is only more careful, so it is shared for half a second. */
export function watermark(db: Handle): Promise<string> {
  const known = kept.get(db)
  if (known && performance.now() - known.at < keptMs) return known.value
  const value = settledUntil(db)
  kept.set(db, { at: performance.now(), value })
  value.catch(() => kept.delete(db))
  return value
}

/** Everything that was stamped before this instant is there to be read, or never will be.
 *
 * `now_ms()` takes the transaction's number before it reads the clock. So a writer that is missing in this list
 * either has committed, or stamps later than this statement's own time, which stood still before the list was read.
 * Of whom the start is hidden (another role's, or not tracked), the longest transaction is assumed.
 */
export async function settledUntil(db: Handle): Promise<string> {
  const { rows } = await db.execute<{ at: string }>(sql`
    select to_char(
      date_trunc('milliseconds', least(statement_timestamp(), min(coalesce(
        xact_start, statement_timestamp() - make_interval(secs => ${longestTransactionMs / 1000})
      )))) at time zone 'UTC',
      'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'
    ) as at
    from pg_stat_activity
    where datname = current_database() and backend_xid is not null
      and backend_type is distinct from 'autovacuum worker'`)
  return rows[0]!.at
}
