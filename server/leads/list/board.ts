import { and, eq, sql } from 'drizzle-orm'
import { filteredLeads } from '#leads/list/filters.ts'
import type { BoardFilters } from '#leads/schema.ts'
import { leadCounts, leads } from '#leads/tables.ts'
import { findPipeline } from '#pipelines/queries.ts'
import type { Scope } from '#platform/scope.ts'

type Column = { stage_id: number; leads: number; value_sum: number }

/** The heads of a pipeline's columns: how many stand there and what they are worth, without what is put away. */
export async function readBoard(scope: Scope, pipelineId: number, filters: BoardFilters) {
  const { stages, ...pipeline } = await findPipeline(scope, pipelineId)
  const isNarrowed = Object.values(filters).some((value) => value !== undefined && value !== null)
  const columns = isNarrowed
    ? await countColumns(scope, pipelineId, filters)
    : await keptColumns(scope, pipelineId)
  const byStage = new Map(columns.map((column) => [column.stage_id, column]))
  return {
    ...pipeline,
    stages: stages.map((stage) => {
      const { leads: count = 0, value_sum = 0 } = byStage.get(stage.id) ?? {}
      return { ...stage, leads: count, value_sum }
    }),
  }
}

/** Kept with every change, so a million leads are no more work than ten. */
const keptColumns = (scope: Scope, pipelineId: number): Promise<Column[]> =>
  scope.db
    .select({
      stage_id: leadCounts.stage_id,
      leads: sql<number>`${leadCounts.leads} - ${leadCounts.archived}`,
      value_sum: sql<number>`${leadCounts.value_sum} - ${leadCounts.archived_value_sum}`,
    })
    .from(leadCounts)
    .where(and(eq(leadCounts.account_id, scope.accountId), eq(leadCounts.pipeline_id, pipelineId)))

async function countColumns(scope: Scope, pipelineId: number, filters: BoardFilters): Promise<Column[]> {
  // Asked for by name, what is put away is shown like the rest.
  const archived = filters.status === 'archived' ? undefined : false
  const paging = { page: 1, per_page: 1 }
  const filtered = await filteredLeads(scope, { ...filters, ...paging, pipeline_id: pipelineId, archived })
  return scope.db
    .select({
      stage_id: leads.stage_id,
      leads: sql<number>`count(*)`,
      value_sum: sql<number>`sum(${leads.value})`,
    })
    .from(leads)
    .where(and(...filtered.conditions))
    .groupBy(leads.stage_id)
    .execute(filtered.values)
}
