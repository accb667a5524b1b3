import { and, asc, eq, ne } from 'drizzle-orm'
import { changeAccount, findAccount } from '#accounts/accounts.ts'
import { lockLeads } from '#leads/queries.ts'
import { changeCounts } from '#leads/stages/counts.ts'
import { moveAll } from '#leads/stages/moves.ts'
import { countPipelines, lockPipeline, lockStage } from '#pipelines/actions.ts'
import { firstPlace, leadsIn } from '#pipelines/queries.ts'
import { pipelines, stages } from '#pipelines/tables.ts'
import { invalid, ruled, selectedInvalid } from '#platform/errors.ts'
import type { Scope } from '#platform/scope.ts'

const movedAtOnce = 500

/** A stage goes, and its leads to another: what it demanded of them goes with it, so nothing holds them back. */
export async function deleteStage(scope: Scope, id: number, destinationId: number | null) {
  const stage = await lockStage(scope, id)
  await lockPipeline(scope, stage.pipeline_id)
  const others = await scope.db
    .select({ id: stages.id })
    .from(stages)
    .where(
      and(
        eq(stages.account_id, scope.accountId),
        eq(stages.pipeline_id, stage.pipeline_id),
        ne(stages.id, id),
      ),
    )
    .limit(1)
  if (others.length === 0) throw ruled('last_stage')
  await emptyStages(scope, [id], destinationId)
  await scope.db.delete(stages).where(and(eq(stages.account_id, scope.accountId), eq(stages.id, id)))
}

/** A pipeline goes with its stages; the account keeps one, and a default. */
export async function deletePipeline(scope: Scope, id: number, destinationId: number | null) {
  await lockPipelines(scope)
  await lockPipeline(scope, id)
  if ((await countPipelines(scope)) === 1) throw ruled('last_pipeline')
  const going = await scope.db
    .select({ id: stages.id })
    .from(stages)
    .where(and(eq(stages.account_id, scope.accountId), eq(stages.pipeline_id, id)))
    .orderBy(asc(stages.id))
    .for('update')
  await emptyStages(
    scope,
    going.map((stage) => stage.id),
    destinationId,
  )
  const { default_pipeline_id } = await findAccount(scope)
  if (default_pipeline_id === id) {
    const [next] = await scope.db
      .select({ id: pipelines.id })
      .from(pipelines)
      .where(and(eq(pipelines.account_id, scope.accountId), ne(pipelines.id, id)))
      .orderBy(asc(pipelines.position), asc(pipelines.id))
      .limit(1)
    await changeAccount(scope, { default_pipeline_id: next!.id })
  }
  await scope.db.delete(pipelines).where(and(eq(pipelines.account_id, scope.accountId), eq(pipelines.id, id)))
}

/** Two deletions at once must not leave the account without a pipeline. */
const lockPipelines = (scope: Scope) =>
  scope.db
    .select({ id: pipelines.id })
    .from(pipelines)
    .where(eq(pipelines.account_id, scope.accountId))
    .orderBy(asc(pipelines.id))
    .for('update')

async function emptyStages(scope: Scope, stageIds: number[], destinationId: number | null) {
  const ids = await leadsIn(scope, stageIds)
  if (ids.length === 0) return
  if (!destinationId) throw ruled('stage_has_leads')
  if (stageIds.includes(destinationId)) throw ruled('destination_goes_too')
  const destination = await firstPlace(scope, { stageId: destinationId })
  if (!destination) throw invalid({ move_to_stage_id: [selectedInvalid('move_to_stage_id')] })
  for (let from = 0; from < ids.length; from += movedAtOnce) {
    const leads = await lockLeads(scope, ids.slice(from, from + movedAtOnce))
    const standing = leads.filter((lead) => stageIds.includes(lead.stage_id))
    const { counts } = await moveAll(
      scope,
      standing.map((lead) => ({ lead, to: destination })),
    )
    await changeCounts(scope, counts)
  }
}
