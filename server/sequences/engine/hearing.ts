import { sql } from 'drizzle-orm'
import type { Scope } from '#platform/scope.ts'
import type { SequenceRow } from '#sequences/queries.ts'
import type { Step } from '#sequences/schema.ts'
import type { RunRow } from '#sequences/tables.ts'

/** What to do about what was heard: nothing, take the branch of a reply, try at once, or end. */
export type Heard = { hasReplied: boolean; next: 'go on' | 'branch' | 'try now' | { end: RunRow['status'] } }

/** Takes what this run, which is held, has yet to hear. */
export async function takeSignals(scope: Scope, runId: number): Promise<string[]> {
  const { rows } = await scope.db.execute<{ kind: string }>(sql`
    delete from sequence_signals where account_id = ${scope.accountId} and run_id = ${runId} returning kind`)
  return rows.map(({ kind }) => kind)
}

// Of several things at once the gravest says how it ended.
const gravest = ['deleted', 'opted_out', 'won', 'lost', 'archived'] as const

export function hear(
  kinds: string[],
  { run, sequence, step }: { run: RunRow; sequence: SequenceRow; step: Step },
): Heard {
  const hasReplied = kinds.includes('replied')
  const end = gravest.find((kind) => kinds.includes(kind))
  if (end) return { hasReplied, next: { end } }
  if (sequence.stop_on_stage_change && kinds.includes('stage_changed'))
    return { hasReplied, next: { end: 'stage_changed' } }
  if (!hasReplied) return { hasReplied, next: 'go on' }
  // Whoever waits for a reply, now or as soon as its time comes, is answered by it.
  if (step.type === 'wait_reply') return { hasReplied, next: 'branch' }
  if (run.waiting_for === 'window') return { hasReplied, next: 'try now' }
  return { hasReplied, next: sequence.stop_on_reply ? { end: 'replied' } : 'go on' }
}

/** What a run does itself does not end it: these are its own, for its lead is held. */
export const forgetOwnMove = (scope: Scope, runId: number) =>
  scope.db.execute(sql`
    delete from sequence_signals
    where account_id = ${scope.accountId} and run_id = ${runId} and kind in ('stage_changed', 'won', 'lost')`)

/** A signal may come while its run ends. */
export const forgetTooLate = (scope: Scope, runId: number) =>
  scope.db.execute(sql`
    delete from sequence_signals g using sequence_runs r
    where g.account_id = ${scope.accountId} and g.run_id = ${runId}
      and r.account_id = ${scope.accountId} and r.id = g.run_id and r.status <> 'active'`)
