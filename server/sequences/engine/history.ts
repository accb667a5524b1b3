import { record } from '#events/record.ts'
import type { Scope } from '#platform/scope.ts'
import { named, told } from '#sequences/runs/rows.ts'
import type { RunStep } from '#sequences/schema.ts'
import { type RunRow, sequenceRunSteps } from '#sequences/tables.ts'

type Entry = Pick<RunStep, 'step_id' | 'type' | 'outcome' | 'at'> & Partial<RunStep>

/** Writes what a run did at a step; what it waited for gives way to what came of it. */
export async function note(
  scope: Scope,
  { run, sequence }: { run: RunRow; sequence: { id: number; name: string } },
  { reason = null, detail = null, message_id = null, ...entry }: Entry,
) {
  const step = { ...entry, reason, detail, message_id }
  await scope.db
    .insert(sequenceRunSteps)
    .values({ ...step, account_id: scope.accountId, run_id: run.id })
    .onConflictDoUpdate({
      target: [sequenceRunSteps.account_id, sequenceRunSteps.run_id, sequenceRunSteps.step_id],
      set: step,
    })
  const data = { sequence: named(sequence), run: told(run), step }
  await record(scope, { type: 'sequence.step', leadId: run.lead_id, data })
}
