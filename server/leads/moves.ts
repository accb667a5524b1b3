import { and, eq, inArray, sql } from 'drizzle-orm'
import { type Happening, record } from '#events/record.ts'
import { applyChanges } from '#leads/changes.ts'
import { changeCounts } from '#leads/counts.ts'
import { enterStage, noteOutcomes, reopenOutcomes } from '#leads/history.ts'
import { leadColumns, lockLead } from '#leads/queries.ts'
import type { Lead } from '#leads/schema.ts'
import { leads } from '#leads/tables.ts'
import { placeFor } from '#leads/values.ts'
import { createMandatoryTasks, ensureMayLeave } from '#pipelines/mandatory.ts'
import { findLostReason, firstPlace, type Place } from '#pipelines/queries.ts'
import { invalid, ruled, selectedInvalid } from '#platform/errors.ts'
import { messages } from '#platform/messages.ts'
import type { Scope } from '#platform/scope.ts'

type Named = { id: number; name: string }

export async function moveLead(
  scope: Scope,
  id: number,
  to: { stage_id: number; pipeline_id?: number | null },
): Promise<Lead> {
  const lead = await lockLead(scope, id)
  return changeStage(scope, lead, (await placeFor(scope, to))!)
}

export async function winLead(
  scope: Scope,
  id: number,
  { stage_id, value }: { stage_id?: number | null; value?: number | null },
): Promise<Lead> {
  const lead = await lockLead(scope, id)
  const place = await outcomePlace(scope, lead, 'won', stage_id)
  const valued = typeof value === 'number' ? await applyChanges(scope, lead, { value }) : lead
  return changeStage(scope, valued, place)
}

export async function loseLead(
  scope: Scope,
  id: number,
  { stage_id, reason_id }: { stage_id?: number | null; reason_id?: number | null },
): Promise<Lead> {
  const lead = await lockLead(scope, id)
  const place = await outcomePlace(scope, lead, 'lost', stage_id)
  const reason = reason_id ? await findLostReason(scope, reason_id) : null
  if (reason === undefined) throw invalid({ reason_id: [selectedInvalid('reason_id')] })
  return changeStage(scope, lead, place, reason)
}

/** The lead is locked; its mandatory tasks may say no. */
export async function changeStage(
  scope: Scope,
  lead: Lead,
  to: Place,
  reason: Named | null = null,
): Promise<Lead> {
  // Lost again where it was lost: only the reason is news.
  if (lead.stage_id === to.id) return reason ? changeReason(scope, lead, to, reason) : lead
  await ensureMayLeave(scope, [lead])
  const [moved] = await moveAll(scope, [lead], to, reason)
  return moved!
}

/** Every way from one stage to another ends here. The leads are locked, and may go. */
export async function moveAll(
  scope: Scope,
  before: Lead[],
  to: Place,
  reason: Named | null = null,
): Promise<Lead[]> {
  const ids = before.map((lead) => lead.id)
  const rows = await scope.db
    .update(leads)
    .set({
      stage_id: to.id,
      pipeline_id: to.pipeline.id,
      status: statusOf(to),
      lost_reason_id: reason?.id ?? null,
      stage_changed_at: sql`now_ms()`,
    })
    .where(and(eq(leads.account_id, scope.accountId), inArray(leads.id, ids)))
    .returning(leadColumns)
  const stage = { id: to.id, name: to.name }
  const after = new Map(rows.map((row) => [row.id, { ...row, stage, pipeline: to.pipeline } as Lead]))
  const moves = before.map((was) => ({ was, lead: after.get(was.id)! }))
  await enterStage(scope, ids)
  const reopened = before.filter((lead) => lead.status === 'won' || lead.status === 'lost')
  await reopenOutcomes(
    scope,
    reopened.map((lead) => lead.id),
  )
  const endings = moves.map(({ was, lead }) => ({ lead, fromStageId: was.stage_id }))
  await noteOutcomes(scope, endings, to, reason?.id ?? null)
  await record(scope, ...moves.flatMap(({ was, lead }) => happeningsOf(was, lead, to, reason)))
  await createMandatoryTasks(scope, ids)
  await changeCounts(
    scope,
    before.flatMap((lead): [number, number][] => [
      [lead.stage_id, -1],
      [to.id, 1],
    ]),
  )
  return moves.map(({ lead }) => lead)
}

export const statusOf = (place: Place) => (place.isWon ? 'won' : place.isLost ? 'lost' : 'open')

/** What standing here means: nothing, a lead won, or a lead lost. */
export function outcomeOf(
  lead: Lead,
  place: Place,
  { from, reason }: { from: Named | null; reason: Named | null },
) {
  const facts = { lead, stage: lead.stage, from, value: lead.value }
  const happenings: Happening[] = []
  if (place.isWon) happenings.push({ type: 'lead.won', leadId: lead.id, data: facts })
  if (place.isLost) happenings.push({ type: 'lead.lost', leadId: lead.id, data: { ...facts, reason } })
  return happenings
}

function happeningsOf(was: Lead, lead: Lead, to: Place, reason: Named | null): Happening[] {
  const previous = { stage_id: was.stage_id, pipeline_id: was.pipeline_id, status: was.status }
  const data = { lead, from: was.stage, to: lead.stage }
  return [
    { type: 'lead.stage_changed', leadId: lead.id, data, previous },
    ...outcomeOf(lead, to, { from: was.stage, reason }),
  ]
}

async function changeReason(scope: Scope, was: Lead, to: Place, reason: Named): Promise<Lead> {
  if (was.lost_reason_id === reason.id) return was
  const [row] = await scope.db
    .update(leads)
    .set({ lost_reason_id: reason.id })
    .where(and(eq(leads.account_id, scope.accountId), eq(leads.id, was.id)))
    .returning(leadColumns)
  const lead: Lead = { ...was, ...row! }
  await reopenOutcomes(scope, [lead.id])
  await noteOutcomes(scope, [{ lead, fromStageId: null }], to, reason.id)
  await record(scope, ...outcomeOf(lead, to, { from: was.stage, reason }))
  return lead
}

async function outcomePlace(scope: Scope, lead: Lead, outcome: 'won' | 'lost', stageId?: number | null) {
  const isWon = outcome === 'won'
  if (stageId) {
    const place = await firstPlace(scope, { stageId })
    if (!place) throw invalid({ stage_id: [selectedInvalid('stage_id')] })
    if (isWon ? !place.isWon : !place.isLost)
      throw ruled(isWon ? messages.notWonStage : messages.notLostStage)
    return place
  }
  const place = await firstPlace(scope, { pipelineId: lead.pipeline_id, outcome })
  if (!place) throw ruled(isWon ? messages.noWonStage : messages.noLostStage)
  return place
}
