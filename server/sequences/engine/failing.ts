import { sql } from 'drizzle-orm'
import { leadsById } from '#leads/queries.ts'
import type { Handle } from '#platform/database.ts'
import { inAccount } from '#platform/scope.ts'
import type { Taken } from '#sequences/engine/advance.ts'
import { note } from '#sequences/engine/history.ts'
import { findRunRow } from '#sequences/runs/queries.ts'
import { endRuns } from '#sequences/runs/rows.ts'

const mostFailures = 8

/** A step that broke is tried again later and later, for about two hours; then its run ends, and says so. */
export async function setBack(db: Handle, { accountId, id, sequence }: Taken, now: Date) {
  const actor = { type: 'system' as const, id: null, name: sequence }
  await inAccount(db, accountId, actor, async (scope) => {
    const { rows } = await scope.db.execute<{ failures: number; step_id: string }>(sql`
      update sequence_runs r set failures = failures + 1,
        due_at = greatest(due_at, ${now.toISOString()}::timestamptz - s.paused_ms * interval '1 millisecond'
          + interval '1 minute' * power(2, failures))
      from sequences s
      where r.account_id = ${scope.accountId} and r.id = ${id} and r.status = 'active'
        and s.account_id = ${scope.accountId} and s.id = r.sequence_id
      returning r.failures, r.step_id`)
    if (!rows[0] || rows[0].failures < mostFailures) return
    const run = await findRunRow(scope, id)
    const named = { id: run.sequence_id, name: sequence }
    const { step_id } = rows[0]
    const entry = { step_id, type: 'step', outcome: 'failed' as const, reason: 'error' as const, at: now }
    await note(scope, { run, sequence: named }, entry)
    const leads = await leadsById(scope, [run.lead_id])
    await endRuns(scope, { sequence: named, runs: [run], status: 'failed', now }, leads)
  })
}
