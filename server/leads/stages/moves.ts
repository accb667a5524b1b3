import { and, eq, sql } from 'drizzle-orm'
import { type Happening, record } from '#events/record.ts'
import { applyChange } from '#leads/changes.ts'
import { leadColumns, lockLead } from '#leads/queries.ts'
import { placesFor } from '#leads/rules.ts'
import type { Lead } from '#leads/schema.ts'
import { type Counts, changeCounts, changes } from '#leads/stages/counts.ts'
import { correctReason, enterStage, noteOutcomes, reopenOutcomes } from '#leads/stages/history.ts'
import { leads } from '#leads/tables.ts'
import { createMandatoryTasks, heldBack } from '#pipelines/mandatory.ts'
import { findLostReason, firstPlace, type Place } from '#pipelines/queries.ts'
import { invalid, ruled, selectedInvalid } from '#platform/errors.ts'
import type { Scope } from '#platform/scope.ts'

type Named = { id: number; name: string }

export async function moveLead(
  scope: Scope,
  id: number,
  to: { stage_id: number; pipeline_id?: number | null },
): Promise<Lead> {
  const lead = await lockLead(scope, id)
  return changeStage(scope, lead, (await placesFor(scope, [to]))(to)!)
}

export async function winLead(
  scope: Scope,
  id: number,
  { stage_id, value }: { stage_id?: number | null; value?: number | null },
): Promise<Lead> {
  const lead = await lockLead(scope, id)
  const place = await outcomePlace(scope, lead, 'won', stage_id)
  const valued = typeof value === 'number' ? await applyChange(scope, lead, { value }) : lead
  return changeStage(scope, valued, place, { before: lead })
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
  return changeStage(scope, lead, place, { reason })
}

/** The lead is locked; its mandatory tasks may say no. */
export async function changeStage(
  scope: Scope,
  lead: Lead,
  to: Place,
  { reason = null, before = lead }: { reason?: Named | null; before?: Lead } = {},
): Promise<Lead> {
  if (lead.stage_id === to.id) {
    // Lost again where it was lost: only the reason is news.
    const same = reason ? await changeReason(scope, lead, reason) : lead
    await changeCounts(scope, changes(before, same))
    return same
  }
  const refusal = (await heldBack(scope, [lead])).get(lead.id)
  if (refusal) throw refusal
  const { moved, counts } = await moveAll(scope, [{ lead, to, reason }])
  await changeCounts(scope, [...changes(before, lead), ...counts])
  return moved[0]!
}

export type Move = { lead: Lead; to: Place; reason?: Named | null }

/** Every way from one stage to another ends here. The leads are locked, and may go; the counts are the caller's last step. */
export async function moveAll(scope: Scope, moves: Move[]): Promise<{ moved: Lead[]; counts: Counts }> {
  if (moves.length === 0) return { moved: [], counts: [] }
  const ids = moves.map(({ lead }) => lead.id)
  const rows = new Map((await setPlaces(scope, moves)).map((row) => [row.id, row]))
  const steps = moves.map(({ lead: was, to, reason = null }) => {
    const stage = { id: to.id, name: to.name }
    const lead: Lead = { ...rows.get(was.id)!, stage, pipeline: to.pipeline }
    return { was, lead, to, reason, fromStageId: was.stage_id, reasonId: reason?.id ?? null }
  })
  await enterStage(scope, ids)
  const reopened = steps.filter(({ was }) => was.status !== 'open')
  await reopenOutcomes(
    scope,
    reopened.map(({ was }) => was.id),
  )
  await noteOutcomes(scope, steps)
  await record(scope, ...steps.flatMap(({ was, lead, to, reason }) => happeningsOf(was, lead, to, reason)))
  await createMandatoryTasks(scope, ids)
  const counts = steps.flatMap(({ was, lead }) => changes(was, lead))
  return { moved: steps.map(({ lead }) => lead), counts }
}

function setPlaces(scope: Scope, moves: Move[]) {
  const places = moves.map(({ lead, to, reason }) => ({
    id: lead.id,
    stage_id: to.id,
    pipeline_id: to.pipeline.id,
    status: statusOf(to),
    lost_reason_id: reason?.id ?? null,
  }))
  return scope.db
    .update(leads)
    .set({
      stage_id: sql`place.stage_id`,
      pipeline_id: sql`place.pipeline_id`,
      status: sql`place.status`,
      lost_reason_id: sql`place.lost_reason_id`,
      stage_changed_at: sql`now_ms()`,
    })
    .from(
      sql`jsonb_to_recordset(${JSON.stringify(places)}::jsonb)
        as place (id bigint, stage_id bigint, pipeline_id bigint, status text, lost_reason_id bigint)`,
    )
    .where(and(eq(leads.account_id, scope.accountId), sql`${leads.id} = place.id`))
    .returning(leadColumns)
}

export const statusOf = (place: Place): 'won' | 'lost' | 'open' =>
  place.isWon ? 'won' : place.isLost ? 'lost' : 'open'

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

async function changeReason(scope: Scope, was: Lead, reason: Named): Promise<Lead> {
  if (was.lost_reason_id === reason.id) return was
  const [row] = await scope.db
    .update(leads)
    .set({ lost_reason_id: reason.id })
    .where(and(eq(leads.account_id, scope.accountId), eq(leads.id, was.id)))
    .returning(leadColumns)
  const lead: Lead = { ...was, ...row! }
  await correctReason(scope, lead.id, reason.id)
  await record(scope, {
    type: 'lead.updated',
    leadId: lead.id,
    data: { lead },
    previous: { lost_reason_id: was.lost_reason_id },
  })
  return lead
}

async function outcomePlace(scope: Scope, lead: Lead, outcome: 'won' | 'lost', stageId?: number | null) {
  const isWon = outcome === 'won'
  if (stageId) {
    const place = await firstPlace(scope, { stageId })
    if (!place) throw invalid({ stage_id: [selectedInvalid('stage_id')] })
    if (isWon ? !place.isWon : !place.isLost) throw ruled(isWon ? 'not_won_stage' : 'not_lost_stage')
    return place
  }
  const place = await firstPlace(scope, { pipelineId: lead.pipeline_id, outcome })
  if (!place) throw ruled(isWon ? 'no_won_stage' : 'no_lost_stage')
  return place
}
