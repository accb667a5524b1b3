import { and, eq, sql } from 'drizzle-orm'
import { type Happening, record } from '#events/record.ts'
import { applyChanges } from '#leads/changes.ts'
import { countMove } from '#leads/counts.ts'
import { leadColumns, lockLead } from '#leads/queries.ts'
import type { Lead } from '#leads/schema.ts'
import { leads } from '#leads/tables.ts'
import { placeFor } from '#leads/values.ts'
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

/** Every way from one stage to another ends here; the lead is locked. */
export async function changeStage(
  scope: Scope,
  before: Lead,
  to: Place,
  reason: Named | null = null,
): Promise<Lead> {
  const lost_reason_id = to.isLost
    ? (reason?.id ?? (before.stage_id === to.id ? before.lost_reason_id : null))
    : null
  if (before.stage_id === to.id && before.lost_reason_id === lost_reason_id) return before
  const [row] = await scope.db
    .update(leads)
    .set({
      stage_id: to.id,
      pipeline_id: to.pipeline.id,
      status: statusOf(to),
      lost_reason_id,
      stage_changed_at: sql`now_ms()`,
    })
    .where(and(eq(leads.account_id, scope.accountId), eq(leads.id, before.id)))
    .returning(leadColumns)
  const stage = { id: to.id, name: to.name }
  const lead: Lead = { ...before, ...row!, stage, pipeline: to.pipeline }
  const previous = { stage_id: before.stage_id, pipeline_id: before.pipeline_id, status: before.status }
  const moved: Happening[] =
    before.stage_id === to.id
      ? []
      : [
          {
            type: 'lead.stage_changed',
            leadId: lead.id,
            data: { lead, from: before.stage, to: stage },
            previous,
          },
        ]
  await record(scope, ...moved, ...outcomeOf(lead, to, { from: before.stage, reason }))
  await countMove(scope, {
    from: { stageId: before.stage_id, pipelineId: before.pipeline_id },
    to: { stageId: to.id, pipelineId: to.pipeline.id },
  })
  return lead
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
