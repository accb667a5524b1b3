import { and, asc, eq, inArray, or, type SQL, sql } from 'drizzle-orm'
import { lostReasons, pipelines, stages } from '#pipelines/tables.ts'
import { notFound } from '#platform/errors.ts'
import type { Scope } from '#platform/scope.ts'

/** Where a lead can stand: a stage with the pipeline around it. */
export type Place = {
  id: number
  name: string
  isWon: boolean
  isLost: boolean
  pipeline: { id: number; name: string }
}

const placeColumns = {
  id: stages.id,
  name: stages.name,
  isWon: stages.is_won,
  isLost: stages.is_lost,
  pipeline: { id: pipelines.id, name: pipelines.name },
}

const stageColumns = {
  id: stages.id,
  name: stages.name,
  color: stages.color,
  is_won: stages.is_won,
  is_lost: stages.is_lost,
}

/** The first stage, by position, that fits; undefined when none does. */
export async function firstPlace(
  scope: Scope,
  wanted: { stageId?: number | null; pipelineId?: number | null; outcome?: 'won' | 'lost' },
): Promise<Place | undefined> {
  const fits: (SQL | undefined)[] = [
    eq(stages.account_id, scope.accountId),
    wanted.stageId ? eq(stages.id, wanted.stageId) : undefined,
    wanted.pipelineId ? eq(stages.pipeline_id, wanted.pipelineId) : undefined,
    wanted.outcome === 'won' ? eq(stages.is_won, true) : undefined,
    wanted.outcome === 'lost' ? eq(stages.is_lost, true) : undefined,
  ]
  const [place] = await scope.db
    .select(placeColumns)
    .from(stages)
    .innerJoin(
      pipelines,
      and(eq(pipelines.account_id, stages.account_id), eq(pipelines.id, stages.pipeline_id)),
    )
    .where(and(...fits))
    .orderBy(asc(stages.position), asc(stages.id))
    .limit(1)
  return place
}

/** These stages, and the first one of each of these pipelines. They stay until the transaction ends. */
export const lockPlaces = (
  scope: Scope,
  { stageIds, pipelineIds }: { stageIds: number[]; pipelineIds: number[] },
): Promise<Place[]> =>
  scope.db
    .select(placeColumns)
    .from(stages)
    .innerJoin(
      pipelines,
      and(eq(pipelines.account_id, stages.account_id), eq(pipelines.id, stages.pipeline_id)),
    )
    .where(
      and(
        eq(stages.account_id, scope.accountId),
        or(
          inArray(stages.id, stageIds),
          sql`${stages.id} in (
            select distinct on (s.pipeline_id) s.id from stages s
            where s.account_id = ${scope.accountId} and s.pipeline_id = any (${sql.param(pipelineIds)}::bigint[])
            order by s.pipeline_id, s.position, s.id)`,
        ),
      ),
    )
    .orderBy(asc(stages.position), asc(stages.id))
    .for('key share', { of: stages })

export async function listPipelines(scope: Scope) {
  const [pipelineRows, stageRows, reasonRows] = await Promise.all([
    scope.db
      .select({ id: pipelines.id, name: pipelines.name })
      .from(pipelines)
      .where(eq(pipelines.account_id, scope.accountId))
      .orderBy(asc(pipelines.position), asc(pipelines.id)),
    scope.db
      .select({ ...stageColumns, pipeline_id: stages.pipeline_id })
      .from(stages)
      .where(eq(stages.account_id, scope.accountId))
      .orderBy(asc(stages.position), asc(stages.id)),
    scope.db
      .select({ id: lostReasons.id, name: lostReasons.name })
      .from(lostReasons)
      .where(eq(lostReasons.account_id, scope.accountId))
      .orderBy(asc(lostReasons.position), asc(lostReasons.id)),
  ])
  const stagesOf = Map.groupBy(stageRows, (stage) => stage.pipeline_id)
  return {
    pipelines: pipelineRows.map((pipeline) => ({
      ...pipeline,
      stages: (stagesOf.get(pipeline.id) ?? []).map(({ pipeline_id: _, ...stage }) => stage),
    })),
    lost_reasons: reasonRows,
  }
}

/** Some of the leads that stand in these stages. Leads live above pipelines, hence the table's bare name. */
export async function leadsIn(scope: Scope, stageIds: number[], limit: number | null = null) {
  const { rows } = await scope.db.execute<{ id: number }>(sql`
    select id from leads
    where account_id = ${scope.accountId} and stage_id = any (${sql.param(stageIds)}::bigint[]) limit ${limit}`)
  return rows.map((row) => row.id)
}

export async function findPipeline(scope: Scope, id: number) {
  const [pipeline] = await scope.db
    .select({ id: pipelines.id, name: pipelines.name })
    .from(pipelines)
    .where(and(eq(pipelines.account_id, scope.accountId), eq(pipelines.id, id)))
  if (!pipeline) throw notFound('pipeline')
  const itsStages = await scope.db
    .select(stageColumns)
    .from(stages)
    .where(and(eq(stages.account_id, scope.accountId), eq(stages.pipeline_id, id)))
    .orderBy(asc(stages.position), asc(stages.id))
  return { ...pipeline, stages: itsStages }
}

export async function findStage(scope: Scope, id: number) {
  const [found] = await scope.db
    .select(stageColumns)
    .from(stages)
    .where(and(eq(stages.account_id, scope.accountId), eq(stages.id, id)))
  if (!found) throw notFound('stage')
  return found
}

export async function findLostReason(scope: Scope, id: number) {
  const [reason] = await scope.db
    .select({ id: lostReasons.id, name: lostReasons.name })
    .from(lostReasons)
    .where(and(eq(lostReasons.account_id, scope.accountId), eq(lostReasons.id, id)))
  return reason
}
