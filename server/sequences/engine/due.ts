import { sql } from 'drizzle-orm'
import type { Handle } from '#platform/database.ts'
import type { Taken } from '#sequences/engine/advance.ts'

const mostRuns = 500
const mostOfEach = 100

/** Runs that have something to hear, and runs of which a step is due: from the head of each sequence's queue.
 *
 * What it costs grows with the sequences and with what is due, never with the runs that sleep.
 */
export async function runsDue(db: Handle, now: Date): Promise<Taken[]> {
  const { rows } = await db.execute<{ account_id: number; id: number; sequence: string }>(sql`
    -- across accounts: sequences are run for all
    with hearing as (
      select distinct account_id, run_id as id from sequence_signals limit ${mostRuns}
    ), due as (
      select d.account_id, d.id from (select * from sequences where status = 'active' order by random()) s
      join accounts a on a.id = s.account_id and a.status = 'active'
      cross join lateral (
        select r.account_id, r.id from sequence_runs r
        where r.account_id = s.account_id and r.sequence_id = s.id and r.status = 'active'
          and r.due_at <= ${now.toISOString()}::timestamptz - s.paused_ms * interval '1 millisecond'
        order by r.due_at limit ${mostOfEach}
      ) d
      limit ${mostRuns}
    )
    select r.account_id, r.id, s.name as sequence
    from (select account_id, id from hearing union select account_id, id from due) found
    join sequence_runs r on r.account_id = found.account_id and r.id = found.id
    join sequences s on s.account_id = r.account_id and s.id = r.sequence_id
    order by random()`)
  return rows.map(({ account_id, ...run }) => ({ ...run, accountId: account_id }))
}
