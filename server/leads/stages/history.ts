import { and, desc, eq, isNull, sql } from 'drizzle-orm'
import type { Lead } from '#leads/schema.ts'
import { outcomes } from '#leads/tables.ts'
import type { Place } from '#pipelines/queries.ts'
import { lostReasons } from '#pipelines/tables.ts'
import type { Scope } from '#platform/scope.ts'

/** Notes where these leads have come to stand, and since when; where they stood before ends now. */
export async function enterStage(scope: Scope, leadIds: number[]) {
  const ids = sql`any (${sql.param(leadIds)}::bigint[])`
  await scope.db.execute(sql`
    with ended as (
      update stage_stays set left_at = now_ms()
      where account_id = ${scope.accountId} and lead_id = ${ids} and left_at is null
    )
    insert into stage_stays (account_id, lead_id, pipeline_id, stage_id)
    select account_id, id, pipeline_id, stage_id from leads
    where account_id = ${scope.accountId} and id = ${ids}`)
}

type Arrival = { lead: Lead; fromStageId: number | null; to: Place; reasonId: number | null }

/** Won and lost are history: who, when, how much, why, and from which stage. */
export async function noteOutcomes(scope: Scope, arrivals: Arrival[]) {
  const endings = arrivals.filter(({ to }) => to.isWon || to.isLost)
  if (endings.length === 0) return
  await scope.db.insert(outcomes).values(
    endings.map(({ lead, fromStageId, to, reasonId }) => ({
      account_id: scope.accountId,
      lead_id: lead.id,
      outcome: to.isWon ? ('won' as const) : ('lost' as const),
      value: lead.value,
      reason_id: reasonId,
      stage_id: to.id,
      from_stage_id: fromStageId,
      pipeline_id: to.pipeline.id,
      assigned_to: lead.assigned_to,
      source: lead.source,
      actor: scope.actor,
    })),
  )
}

/** The lead is open again, or ended otherwise: the earlier ending stays, with the day on which it was undone. */
export async function reopenOutcomes(scope: Scope, leadIds: number[]) {
  if (leadIds.length === 0) return
  await scope.db.execute(sql`
    update outcomes set reopened_at = now_ms()
    where account_id = ${scope.accountId} and lead_id = any (${sql.param(leadIds)}::bigint[]) and reopened_at is null`)
}

/** The loss keeps its day and its value: only why it happened is known better now. */
export const correctReason = (scope: Scope, leadId: number, reasonId: number) =>
  scope.db
    .update(outcomes)
    .set({ reason_id: reasonId })
    .where(
      and(
        eq(outcomes.account_id, scope.accountId),
        eq(outcomes.lead_id, leadId),
        isNull(outcomes.reopened_at),
      ),
    )

/** Every time the lead was won or lost, newest first. */
export const listOutcomes = (scope: Scope, leadId: number) =>
  scope.db
    .select({
      id: outcomes.id,
      outcome: outcomes.outcome,
      value: outcomes.value,
      reason: { id: lostReasons.id, name: lostReasons.name },
      pipeline_id: outcomes.pipeline_id,
      stage_id: outcomes.stage_id,
      from_stage_id: outcomes.from_stage_id,
      actor: outcomes.actor,
      occurred_at: outcomes.occurred_at,
      reopened_at: outcomes.reopened_at,
    })
    .from(outcomes)
    .leftJoin(
      lostReasons,
      and(eq(lostReasons.account_id, outcomes.account_id), eq(lostReasons.id, outcomes.reason_id)),
    )
    .where(and(eq(outcomes.account_id, scope.accountId), eq(outcomes.lead_id, leadId)))
    .orderBy(desc(outcomes.id))
