import { and, count, desc, eq, inArray, lt, ne, type SQL } from 'drizzle-orm'
import { briefColumns } from '#leads/queries.ts'
import { leads } from '#leads/tables.ts'
import { notFound } from '#platform/errors.ts'
import { type Meta, offsetOf, perPageOf } from '#platform/pages.ts'
import type { Scope } from '#platform/scope.ts'
import { onOurClock } from '#sequences/clock.ts'
import { findSequenceRow, pageOf, positionIn } from '#sequences/queries.ts'
import type { Run, RunFilters } from '#sequences/schema.ts'
import { type RunRow, sequenceRuns, sequences } from '#sequences/tables.ts'

export async function findRunRow(scope: Scope, id: number): Promise<RunRow> {
  const [run] = await scope.db
    .select()
    .from(sequenceRuns)
    .where(and(eq(sequenceRuns.account_id, scope.accountId), eq(sequenceRuns.id, id)))
  if (!run) throw notFound('run')
  return run
}

/** One page of a sequence's runs, newest first. */
export async function listRuns(
  scope: Scope,
  sequenceId: number,
  filters: RunFilters,
): Promise<{ data: Run[]; meta: Meta }> {
  await findSequenceRow(scope, sequenceId)
  const position = positionIn(filters)
  const where = and(eq(sequenceRuns.sequence_id, sequenceId), ...conditionsOf(filters))
  const older = position?.id ? lt(sequenceRuns.id, position.id) : undefined
  const page = { limit: perPageOf(filters) + 1, offset: position ? 0 : offsetOf(filters) }
  const found = await shownRuns(scope, and(where, older), page)
  return pageOf(filters, { found, position, total: await countRuns(scope, where) })
}

/** All that a lead is or was in, newest first, of many leads at once. */
export const runsOfLeads = (scope: Scope, leadIds: number[]): Promise<Run[]> =>
  leadIds.length === 0 ? Promise.resolve([]) : shownRuns(scope, inArray(sequenceRuns.lead_id, leadIds))

function conditionsOf({ status, lead_id }: RunFilters): SQL[] {
  const conditions: SQL[] = []
  if (status === 'finished') conditions.push(ne(sequenceRuns.status, 'active'))
  else if (status) conditions.push(eq(sequenceRuns.status, status))
  if (lead_id) conditions.push(eq(sequenceRuns.lead_id, lead_id))
  return conditions
}

async function countRuns(scope: Scope, where: SQL | undefined): Promise<number> {
  const [row] = await scope.db
    .select({ total: count() })
    .from(sequenceRuns)
    .where(and(eq(sequenceRuns.account_id, scope.accountId), where))
  return row!.total
}

export async function shownRuns(
  scope: Scope,
  where: SQL | undefined,
  { limit = 5000, offset = 0 } = {},
): Promise<Run[]> {
  const rows = await scope.db
    .select({ run: sequenceRuns, sequence: sequences, lead: briefColumns })
    .from(sequenceRuns)
    .innerJoin(
      sequences,
      and(eq(sequences.account_id, sequenceRuns.account_id), eq(sequences.id, sequenceRuns.sequence_id)),
    )
    .leftJoin(leads, and(eq(leads.account_id, sequenceRuns.account_id), eq(leads.id, sequenceRuns.lead_id)))
    .where(and(eq(sequenceRuns.account_id, scope.accountId), where))
    .orderBy(desc(sequenceRuns.id))
    .limit(limit)
    .offset(offset)
  return rows.map(({ run, sequence, lead }) => ({
    id: run.id,
    sequence_id: run.sequence_id,
    sequence: { id: sequence.id, name: sequence.name },
    lead_id: run.lead_id,
    lead,
    version: run.version,
    status: run.status,
    step_id: run.step_id,
    next_at: run.due_at && sequence.status === 'active' ? onOurClock(sequence, run.due_at, run.due_at) : null,
    waiting_for: run.waiting_for,
    replied_at: run.replied_at,
    started_at: run.started_at,
    finished_at: run.finished_at,
  }))
}
