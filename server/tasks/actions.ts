import { and, eq, sql } from 'drizzle-orm'
import { record } from '#events/record.ts'
import { tasks } from '#pipelines/tables.ts'
import { taskColumns } from '#pipelines/task-rows.ts'
import { ruled } from '#platform/errors.ts'
import type { Scope } from '#platform/scope.ts'
import { lockTask } from '#tasks/queries.ts'
import type { NewTask, TaskChanges } from '#tasks/schema.ts'

type Row = Omit<Awaited<ReturnType<typeof lockTask>>, 'required_task_id'>

export async function createTask(scope: Scope, input: NewTask): Promise<number> {
  const [task] = await scope.db
    .insert(tasks)
    .values({ ...input, account_id: scope.accountId })
    .returning(taskColumns)
  await record(scope, { type: 'task.created', leadId: task!.lead_id, data: { task: task! } })
  return task!.id
}

/** Writes what differs and says so; completing is an event of its own. */
export async function changeTask(scope: Scope, id: number, input: TaskChanges): Promise<void> {
  const { required_task_id, ...before } = await lockTask(scope, id)
  const changed = (Object.keys(input) as (keyof TaskChanges)[]).filter(
    (field) => input[field] !== before[field],
  )
  if (changed.length === 0) return
  if (required_task_id && changed.includes('lead_id')) throw ruled('mandatory_task')
  const [row] = await scope.db
    .update(tasks)
    .set({ ...input, ...(changed.includes('status') ? completion(input.status!) : {}) })
    .where(and(eq(tasks.account_id, scope.accountId), eq(tasks.id, id)))
    .returning(taskColumns)
  await recordChange(scope, before, row!, changed)
}

export const completeTask = (scope: Scope, id: number) => changeTask(scope, id, { status: 'completed' })

export const reopenTask = (scope: Scope, id: number) => changeTask(scope, id, { status: 'pending' })

/** A mandatory task is not deleted: the stage would wait for it for ever. */
export async function deleteTask(scope: Scope, id: number): Promise<void> {
  const { required_task_id } = await lockTask(scope, id)
  if (required_task_id) throw ruled('mandatory_task')
  await scope.db.delete(tasks).where(and(eq(tasks.account_id, scope.accountId), eq(tasks.id, id)))
}

const completion = (status: 'pending' | 'completed') => ({
  completed_at: status === 'completed' ? sql`now_ms()` : null,
})

async function recordChange(scope: Scope, before: Row, task: Row, changed: (keyof TaskChanges)[]) {
  const previous = Object.fromEntries(changed.map((field) => [field, before[field]]))
  const isCompleted = changed.includes('status') && task.status === 'completed'
  const isMore = changed.length > 1 || !isCompleted
  const leadId = task.lead_id
  await record(
    scope,
    ...(isMore ? [{ type: 'task.updated' as const, leadId, data: { task }, previous }] : []),
    ...(isCompleted ? [{ type: 'task.completed' as const, leadId, data: { task }, previous }] : []),
  )
}
