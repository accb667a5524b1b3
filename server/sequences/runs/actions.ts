import { and, eq } from 'drizzle-orm'
import { findAccount } from '#accounts/accounts.ts'
import { leadsById, lockLead } from '#leads/queries.ts'
import { notFound } from '#platform/errors.ts'
import type { Scope } from '#platform/scope.ts'
import { findSequenceRow, stepsOf } from '#sequences/queries.ts'
import { beginRuns, endRuns } from '#sequences/runs/rows.ts'
import { type RunRow, sequenceRuns } from '#sequences/tables.ts'

/** Puts a lead into a sequence; one that is in it stays where it is. */
export async function startRun(
  scope: Scope,
  { sequenceId, leadId, now }: { sequenceId: number; leadId: number; now: Date },
): Promise<{ id: number; isNew: boolean }> {
  const lead = await lockLead(scope, leadId)
  const sequence = await findSequenceRow(scope, sequenceId)
  const active = await lockActiveRun(scope, sequenceId, leadId)
  if (active) return { id: active.id, isNew: false }
  const { time_zone: zone } = await findAccount(scope)
  const steps = await stepsOf(scope, sequenceId, sequence.version)
  const [run] = await beginRuns(scope, { timing: { sequence, zone, now }, steps, leads: [lead] })
  return { id: run!.id, isNew: true }
}

/** Takes a lead out of a sequence. */
export async function stopRun(
  scope: Scope,
  { sequenceId, leadId, now }: { sequenceId: number; leadId: number; now: Date },
): Promise<number> {
  const lead = await lockLead(scope, leadId)
  const sequence = await findSequenceRow(scope, sequenceId)
  const run = await lockActiveRun(scope, sequenceId, leadId)
  if (!run) throw notFound('run')
  await endRuns(scope, { sequence, runs: [run], status: 'stopped', now }, [lead])
  return run.id
}

/** A lead is held before its runs, as a step that is under way holds neither for long. */
async function lockActiveRun(scope: Scope, sequenceId: number, leadId: number): Promise<RunRow | undefined> {
  const [run] = await scope.db
    .select()
    .from(sequenceRuns)
    .where(
      and(
        eq(sequenceRuns.account_id, scope.accountId),
        eq(sequenceRuns.sequence_id, sequenceId),
        eq(sequenceRuns.lead_id, leadId),
        eq(sequenceRuns.status, 'active'),
      ),
    )
    .for('no key update')
  return run
}

export const leadOf = async (scope: Scope, id: number) => (await leadsById(scope, [id]))[0] ?? null
