import { and, eq, sql } from 'drizzle-orm'
import { leadsById } from '#leads/queries.ts'
import type { Handle } from '#platform/database.ts'
import { inAccount } from '#platform/scope.ts'
import { endRuns } from '#sequences/runs/rows.ts'
import { sequenceRuns } from '#sequences/tables.ts'

const atOnce = 200

/** Stops the runs of a deleted sequence, a few at a time; false when there are none. */
export async function stopRunsOfDeleted(db: Handle, now: Date): Promise<boolean> {
  const { rows } = await db.execute<{ account_id: number; id: number; name: string }>(sql`
    -- across accounts: sequences are run for all
    select s.account_id, s.id, s.name from sequences s
    where s.status = 'deleted' and exists (
      select 1 from sequence_runs r
      where r.account_id = s.account_id and r.sequence_id = s.id and r.status = 'active')
    limit 1`)
  const [sequence] = rows
  if (!sequence) return false
  const actor = { type: 'system' as const, id: null, name: sequence.name }
  return inAccount(db, sequence.account_id, actor, async (scope) => {
    const runs = await scope.db
      .select()
      .from(sequenceRuns)
      .where(
        and(
          eq(sequenceRuns.account_id, scope.accountId),
          eq(sequenceRuns.sequence_id, sequence.id),
          eq(sequenceRuns.status, 'active'),
        ),
      )
      .limit(atOnce)
      .for('no key update', { skipLocked: true })
    const leads = await leadsById(
      scope,
      runs.map((run) => run.lead_id),
    )
    await endRuns(scope, { sequence, runs, status: 'stopped', now }, leads)
    return runs.length > 0
  })
}
