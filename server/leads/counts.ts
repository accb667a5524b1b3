import { and, eq, sql } from 'drizzle-orm'
import { leadCounts } from '#leads/tables.ts'
import type { Scope } from '#platform/scope.ts'

type Stage = { stageId: number; pipelineId: number }

/** One more lead here, one less there. Rows are locked in stage order, so two moves never wait for each other in a ring. */
export async function countMove(scope: Scope, { from, to }: { from?: Stage; to?: Stage }) {
  const changes = [...(from ? [{ ...from, by: -1 }] : []), ...(to ? [{ ...to, by: 1 }] : [])].sort(
    (a, b) => a.stageId - b.stageId,
  )
  for (const { stageId, pipelineId, by } of changes) {
    await scope.db
      .insert(leadCounts)
      .values({
        account_id: scope.accountId,
        stage_id: stageId,
        pipeline_id: pipelineId,
        leads: Math.max(by, 0),
      })
      .onConflictDoUpdate({
        target: [leadCounts.account_id, leadCounts.stage_id],
        set: { leads: sql`${leadCounts.leads} + ${by}` },
      })
  }
}

/** How many leads the account, a pipeline or a stage has: exact, and as fast for a million as for ten. */
export async function countLeads(scope: Scope, where: { pipeline_id?: number; stage_id?: number } = {}) {
  const [row] = await scope.db
    .select({ total: sql<number>`coalesce(sum(${leadCounts.leads}), 0)`.mapWith(Number) })
    .from(leadCounts)
    .where(
      and(
        eq(leadCounts.account_id, scope.accountId),
        where.pipeline_id === undefined ? undefined : eq(leadCounts.pipeline_id, where.pipeline_id),
        where.stage_id === undefined ? undefined : eq(leadCounts.stage_id, where.stage_id),
      ),
    )
  return row!.total
}
