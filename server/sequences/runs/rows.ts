import { and, eq, sql } from 'drizzle-orm'
import { type Happening, record } from '#events/record.ts'
import type { Lead } from '#leads/schema.ts'
import { later, nextOpening } from '#platform/calendar.ts'
import type { Scope } from '#platform/scope.ts'
import { onItsClock } from '#sequences/clock.ts'
import type { SequenceRow } from '#sequences/queries.ts'
import type { Step } from '#sequences/schema.ts'
import { type RunRow, sequenceRuns } from '#sequences/tables.ts'
import { withdraw } from '#whatsapp/outbox/withdraw.ts'

/** What decides when something of a sequence is due. */
export type Timing = { sequence: SequenceRow; zone: string; now: Date }

/** When this step is due if the one before was done now; a message not before its hours. */
export function dueAt({ sequence, zone, now }: Timing, step: Step): Date {
  const at = later(now, step.delay, zone)
  return isMessage(step) ? nextOpening(at, sequence.sending_hours, zone) : at
}

export const isMessage = ({ type }: Step) => type === 'message' || type === 'template'

/** Begins a run for each of these leads, which are held; whoever is in it already stays as they are. */
export async function beginRuns(
  scope: Scope,
  { timing, steps, leads }: { timing: Timing; steps: Step[]; leads: Lead[] },
): Promise<RunRow[]> {
  if (leads.length === 0) return []
  const { sequence, now } = timing
  const first = steps[0]!
  const due_at = onItsClock(sequence, dueAt(timing, first), now)
  const runs = await scope.db
    .insert(sequenceRuns)
    .values(
      leads.map((lead) => ({
        account_id: scope.accountId,
        sequence_id: sequence.id,
        version: sequence.version,
        lead_id: lead.id,
        step_id: first.id,
        due_at,
        started_by: scope.actor,
        started_at: now,
      })),
    )
    .onConflictDoNothing()
    .returning()
  const byId = new Map(leads.map((lead) => [lead.id, lead]))
  await record(
    scope,
    ...runs.map((run): Happening => {
      const data = { sequence: named(sequence), run: told(run), lead: byId.get(run.lead_id)! }
      return { type: 'sequence.started', leadId: run.lead_id, data }
    }),
  )
  return runs
}

/** Ends runs, which are held, and says so. What they still had to hear or wait for is over. */
export async function endRuns(
  scope: Scope,
  { sequence, runs, status, now }: { sequence: Named; runs: RunRow[]; status: RunRow['status']; now: Date },
  leads: Lead[],
): Promise<void> {
  if (runs.length === 0) return
  const ids = sql.param(runs.map(({ id }) => id))
  await scope.db.execute(sql`
    delete from sequence_signals where account_id = ${scope.accountId} and run_id = any (${ids}::bigint[])`)
  const ended = await scope.db
    .update(sequenceRuns)
    .set({ status, due_at: null, step_id: null, waiting_for: null, waiting_since: null, finished_at: now })
    .where(
      and(
        eq(sequenceRuns.account_id, scope.accountId),
        eq(sequenceRuns.status, 'active'),
        sql`${sequenceRuns.id} = any (${ids}::bigint[])`,
      ),
    )
    .returning()
  if (status !== 'done') await withdraw(scope, await unsentOf(scope, runs), 'sequence_ended')
  const byId = new Map(leads.map((lead) => [lead.id, lead]))
  await record(
    scope,
    ...ended.map((run): Happening => {
      const data = { sequence: named(sequence), run: told(run), lead: byId.get(run.lead_id) ?? null }
      return { type: 'sequence.finished', leadId: run.lead_id, data }
    }),
  )
}

/** What these runs wrote and nobody has begun to send. */
async function unsentOf(scope: Scope, runs: RunRow[]): Promise<number[]> {
  const runIds = sql.param(runs.map(({ id }) => id))
  const { rows } = await scope.db.execute<{ id: number }>(sql`
    select m.id from sequence_run_steps s
    join messages m on m.account_id = ${scope.accountId} and m.id = s.message_id and m.send_after is not null
    where s.account_id = ${scope.accountId} and s.run_id = any (${runIds}::bigint[])`)
  return rows.map(({ id }) => id)
}

type Named = { id: number; name: string }
export const named = ({ id, name }: Named): Named => ({ id, name })

/** A run as events tell it. */
export const told = ({ id, sequence_id, lead_id, version, status, started_at, finished_at }: RunRow) => ({
  id,
  sequence_id,
  lead_id,
  version,
  status,
  started_at,
  finished_at,
})

export async function changeRun(scope: Scope, id: number, changes: Partial<RunRow>) {
  await scope.db
    .update(sequenceRuns)
    .set(changes)
    .where(and(eq(sequenceRuns.account_id, scope.accountId), eq(sequenceRuns.id, id)))
}
