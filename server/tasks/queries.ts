import { and, asc, count, desc, eq, gte, lte, type SQL, sql } from 'drizzle-orm'
import { accounts, users } from '#accounts/tables.ts'
import { briefColumns } from '#leads/queries.ts'
import { leads } from '#leads/tables.ts'
import { tasks } from '#pipelines/tables.ts'
import { taskColumns } from '#pipelines/task-rows.ts'
import { invalid, notFound, selectedInvalid } from '#platform/errors.ts'
import { decodeCursor, encodeCursor, type Meta, metaOf, offsetOf, perPageOf } from '#platform/pages.ts'
import type { Scope } from '#platform/scope.ts'
import { readDay } from '#platform/values.ts'
import { type Task, type TaskFilters, taskSorts } from '#tasks/schema.ts'

// Without a time, a task is due until its day ends, in the account's own time zone.
const isOverdue = sql<boolean>`${tasks.status} = 'pending'
  and ${tasks.due_date} + coalesce(${tasks.due_time}, time '24:00')
    <= now() at time zone (select ${accounts.time_zone} from ${accounts} where ${accounts.id} = ${tasks.account_id})`

export async function findTask(scope: Scope, id: number): Promise<Task> {
  const [task] = await shown(scope, and(eq(tasks.account_id, scope.accountId), eq(tasks.id, id)))
  if (!task) throw notFound('task')
  return task
}

/** The task, held until the transaction ends, with its lead held before it as every move does. */
export async function lockTask(scope: Scope, id: number) {
  const itself = and(eq(tasks.account_id, scope.accountId), eq(tasks.id, id))
  const [seen] = await scope.db.select({ lead_id: tasks.lead_id }).from(tasks).where(itself)
  if (seen?.lead_id) {
    await scope.db
      .select({ id: leads.id })
      .from(leads)
      .where(and(eq(leads.account_id, scope.accountId), eq(leads.id, seen.lead_id)))
      .for('no key update')
  }
  const [task] = await scope.db
    .select({ ...taskColumns, required_task_id: tasks.required_task_id })
    .from(tasks)
    .where(itself)
    .for('no key update')
  if (!task) throw notFound('task')
  return task
}

/** One page of tasks by when they are due; ids part those of one day. */
export async function listTasks(scope: Scope, filters: TaskFilters): Promise<{ data: Task[]; meta: Meta }> {
  const position = filters.cursor === undefined ? null : positionOf(filters.cursor)
  const where = and(...conditionsOf(scope, filters))
  const limit = perPageOf(filters)
  const sort = position?.sort ?? filters.sort ?? 'due_date'
  const [direction, beyond] = sort === 'due_date' ? [asc, sql`>`] : [desc, sql`<`]
  const after = position?.id
    ? sql`(${tasks.due_date}, ${tasks.id}) ${beyond} (${position.due}::date, ${position.id}::bigint)`
    : undefined
  const [found, total] = await Promise.all([
    shown(scope, and(where, after))
      .orderBy(direction(tasks.due_date), direction(tasks.id))
      .limit(limit + 1)
      .offset(position ? 0 : offsetOf(filters)),
    position?.total ?? countTasks(scope, where),
  ])
  const data: Task[] = found.slice(0, limit)
  if (!position) return { data, meta: metaOf(filters, total) }
  const has_more = found.length > limit
  const last = data.at(-1)
  const next_cursor =
    has_more && last
      ? encodeCursor({ sort, due: last.due_date, id: last.id, page: position.page + 1, total })
      : null
  return { data, meta: { ...metaOf({ ...filters, page: position.page }, total), has_more, next_cursor } }
}

/** Tasks as they are shown, with their lead and their owner. */
export const shown = (scope: Scope, where: SQL | undefined) =>
  scope.db
    .select({
      ...taskColumns,
      lead: briefColumns,
      assigned_user: { id: users.id, name: users.name },
      is_overdue: isOverdue,
      is_mandatory: sql<boolean>`${tasks.required_task_id} is not null`,
    })
    .from(tasks)
    .leftJoin(leads, and(eq(leads.account_id, tasks.account_id), eq(leads.id, tasks.lead_id)))
    .leftJoin(users, and(eq(users.account_id, tasks.account_id), eq(users.id, tasks.assigned_to)))
    .where(where)

export function conditionsOf(scope: Scope, filters: Partial<TaskFilters>): SQL[] {
  const conditions = [eq(tasks.account_id, scope.accountId)]
  for (const column of ['lead_id', 'assigned_to', 'status', 'type', 'priority'] as const) {
    const value = filters[column]
    if (value !== undefined && value !== null) conditions.push(eq(tasks[column], value))
  }
  if (filters.due_from) conditions.push(gte(tasks.due_date, filters.due_from))
  if (filters.due_to) conditions.push(lte(tasks.due_date, filters.due_to))
  return conditions
}

async function countTasks(scope: Scope, where: SQL | undefined) {
  const [row] = await scope.db.select({ total: count() }).from(tasks).where(where)
  return row!.total
}

type Position = {
  /** As the first page was asked for; null where it is still to be said. */
  sort: TaskFilters['sort'] | null
  due: string | null
  id: number | null
  page: number
  total: number | null
}

function positionOf(cursor: string): Position {
  if (cursor === '') return { sort: null, due: null, id: null, page: 1, total: null }
  const held = decodeCursor(cursor)
  const numbers = [held?.id, held?.page, held?.total]
  const isSort = taskSorts.some((sort) => sort === held?.sort)
  if (!isSort || !readDay(held?.due) || !numbers.every(Number.isSafeInteger)) {
    throw invalid({ cursor: [selectedInvalid('cursor')] })
  }
  return held as Position
}
