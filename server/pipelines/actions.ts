import { and, count, eq } from 'drizzle-orm'
import { ensureWithinPlan, findAccount } from '#accounts/accounts.ts'
import { moveToPosition, nextPosition } from '#pipelines/positions.ts'
import { leadsIn } from '#pipelines/queries.ts'
import type { NewPipeline, NewStage, StageChanges } from '#pipelines/schema.ts'
import { pipelines, stages } from '#pipelines/tables.ts'
import { notFound, ruled } from '#platform/errors.ts'
import type { Scope } from '#platform/scope.ts'

const plainStages: NewStage[] = [
  { name: 'Novo', color: '#64748b' },
  { name: 'Ganho', color: '#16a34a', is_won: true },
  { name: 'Perdido', color: '#dc2626', is_lost: true },
]
const defaultColor = '#64748b'

/** A pipeline with its stages: those that were asked for, or a first, a won and a lost one. */
export async function createPipeline(scope: Scope, input: NewPipeline) {
  await ensureWithinPlan(scope, await findAccount(scope), 'pipelines', 1, () => countPipelines(scope))
  const [pipeline] = await scope.db
    .insert(pipelines)
    .values({ account_id: scope.accountId, name: input.name, position: await nextPosition(scope, pipelines) })
    .returning({ id: pipelines.id })
  const wanted = input.stages?.length ? input.stages : plainStages
  await scope.db
    .insert(stages)
    .values(wanted.map((stage, index) => stageValues(scope, pipeline!.id, stage, index + 1)))
  if (input.position) await moveToPosition(scope, pipelines, pipeline!.id, input.position)
  return pipeline!.id
}

export async function changePipeline(scope: Scope, id: number, input: { name?: string; position?: number }) {
  await lockPipeline(scope, id)
  if (input.name !== undefined) {
    await scope.db
      .update(pipelines)
      .set({ name: input.name })
      .where(and(eq(pipelines.account_id, scope.accountId), eq(pipelines.id, id)))
  }
  if (input.position) await moveToPosition(scope, pipelines, id, input.position)
}

export async function createStage(scope: Scope, pipelineId: number, input: NewStage) {
  await lockPipeline(scope, pipelineId)
  const ofPipeline = eq(stages.pipeline_id, pipelineId)
  const [stage] = await scope.db
    .insert(stages)
    .values(stageValues(scope, pipelineId, input, await nextPosition(scope, stages, ofPipeline)))
    .returning({ id: stages.id })
  if (input.position) await moveToPosition(scope, stages, stage!.id, input.position, ofPipeline)
  return stage!.id
}

/** Renames, recolours and reorders. Whether a stage is won or lost changes only while no lead stands in it. */
export async function changeStageItself(scope: Scope, id: number, { position, ...input }: StageChanges) {
  const stage = await lockStage(scope, id)
  const after = { ...stage, ...input }
  const isOther = after.is_won !== stage.is_won || after.is_lost !== stage.is_lost
  ensureOneOutcome(after)
  if (isOther && (await leadsIn(scope, [id], 1)).length > 0) throw ruled('stage_outcome_in_use')
  if (Object.keys(input).length > 0) {
    await scope.db
      .update(stages)
      .set(input)
      .where(and(eq(stages.account_id, scope.accountId), eq(stages.id, id)))
  }
  if (position) await moveToPosition(scope, stages, id, position, eq(stages.pipeline_id, stage.pipeline_id))
}

/** Held until the transaction ends against whoever changes it, and against leads that would enter it. */
export async function lockStage(scope: Scope, id: number) {
  const [stage] = await scope.db
    .select()
    .from(stages)
    .where(and(eq(stages.account_id, scope.accountId), eq(stages.id, id)))
    .for('update')
  if (!stage) throw notFound('stage')
  return stage
}

export async function lockPipeline(scope: Scope, id: number) {
  const [pipeline] = await scope.db
    .select()
    .from(pipelines)
    .where(and(eq(pipelines.account_id, scope.accountId), eq(pipelines.id, id)))
    .for('update')
  if (!pipeline) throw notFound('pipeline')
  return pipeline
}

function stageValues(scope: Scope, pipelineId: number, stage: NewStage, position: number) {
  const { name, color = defaultColor, is_won = false, is_lost = false } = stage
  ensureOneOutcome({ is_won, is_lost })
  return { account_id: scope.accountId, pipeline_id: pipelineId, name, color, is_won, is_lost, position }
}

function ensureOneOutcome(stage: { is_won: boolean; is_lost: boolean }) {
  if (stage.is_won && stage.is_lost) throw ruled('stage_both_outcomes')
}

export async function countPipelines(scope: Scope) {
  const [row] = await scope.db
    .select({ total: count() })
    .from(pipelines)
    .where(eq(pipelines.account_id, scope.accountId))
  return row!.total
}
