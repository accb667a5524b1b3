import { and, asc, eq } from 'drizzle-orm'
import { createMandatoryTasks, lockDemands } from '#pipelines/mandatory.ts'
import { moveToPosition, nextPosition } from '#pipelines/positions.ts'
import { leadsIn } from '#pipelines/queries.ts'
import type { NewRequiredTask, RequiredTaskChanges } from '#pipelines/schema.ts'
import { requiredTasks } from '#pipelines/tables.ts'
import { notFound } from '#platform/errors.ts'
import type { Scope } from '#platform/scope.ts'

const shownColumns = {
  id: requiredTasks.id,
  stage_id: requiredTasks.stage_id,
  subject: requiredTasks.subject,
  description: requiredTasks.description,
  type: requiredTasks.type,
  priority: requiredTasks.priority,
  due_in_days: requiredTasks.due_in_days,
  position: requiredTasks.position,
}

export const listRequiredTasks = (scope: Scope, stageId: number) =>
  scope.db
    .select(shownColumns)
    .from(requiredTasks)
    .where(and(eq(requiredTasks.account_id, scope.accountId), eq(requiredTasks.stage_id, stageId)))
    .orderBy(asc(requiredTasks.position), asc(requiredTasks.id))

/** A new demand holds for the leads that already stand in the stage, too: each gets its task now. */
export async function createRequiredTask(
  scope: Scope,
  stageId: number,
  { position, ...input }: NewRequiredTask,
) {
  if (!(await lockDemands(scope, stageId))) throw notFound('stage')
  const ofStage = eq(requiredTasks.stage_id, stageId)
  const [made] = await scope.db
    .insert(requiredTasks)
    .values({
      ...input,
      account_id: scope.accountId,
      stage_id: stageId,
      position: await nextPosition(scope, requiredTasks, ofStage),
    })
    .returning({ id: requiredTasks.id })
  if (position) await moveToPosition(scope, requiredTasks, made!.id, position, ofStage)
  await createMandatoryTasks(scope, await leadsIn(scope, [stageId]))
  return findRequiredTask(scope, made!.id)
}

/** Changes what will be asked from now on; tasks that were already given stay as they are. */
export async function changeRequiredTask(
  scope: Scope,
  id: number,
  { position, ...input }: RequiredTaskChanges,
) {
  const { stage_id } = await findRequiredTask(scope, id)
  if (Object.keys(input).length > 0) {
    await scope.db.update(requiredTasks).set(input).where(itself(scope, id))
  }
  if (position) await moveToPosition(scope, requiredTasks, id, position, eq(requiredTasks.stage_id, stage_id))
  return findRequiredTask(scope, id)
}

/** Nothing is demanded any more: the tasks that it made stay, as ordinary ones that hold nobody back. */
export async function deleteRequiredTask(scope: Scope, id: number) {
  const { stage_id } = await findRequiredTask(scope, id)
  await lockDemands(scope, stage_id)
  await scope.db.delete(requiredTasks).where(itself(scope, id))
}

export async function findRequiredTask(scope: Scope, id: number) {
  const [found] = await scope.db.select(shownColumns).from(requiredTasks).where(itself(scope, id))
  if (!found) throw notFound('record')
  return found
}

const itself = (scope: Scope, id: number) =>
  and(eq(requiredTasks.account_id, scope.accountId), eq(requiredTasks.id, id))
