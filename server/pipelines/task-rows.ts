import { and, asc, eq, inArray, sql } from 'drizzle-orm'
import { tasks } from '#pipelines/tables.ts'
import type { Scope } from '#platform/scope.ts'

/** A task's own columns, as events carry them. */
export const taskColumns = {
  id: tasks.id,
  subject: tasks.subject,
  description: tasks.description,
  type: tasks.type,
  status: tasks.status,
  priority: tasks.priority,
  due_date: tasks.due_date,
  due_time: sql<string | null>`to_char(${tasks.due_time}, 'HH24:MI')`.as('due_time'),
  completed_at: tasks.completed_at,
  lead_id: tasks.lead_id,
  assigned_to: tasks.assigned_to,
  notes: tasks.notes,
  created_at: tasks.created_at,
  updated_at: tasks.updated_at,
}

export const tasksById = (scope: Scope, ids: number[]) =>
  scope.db
    .select(taskColumns)
    .from(tasks)
    .where(and(eq(tasks.account_id, scope.accountId), inArray(tasks.id, ids)))
    .orderBy(asc(tasks.id))

/** The tasks of these leads, soonest due first. */
export const tasksOfLeads = (scope: Scope, leadIds: number[]) =>
  scope.db
    .select(taskColumns)
    .from(tasks)
    .where(and(eq(tasks.account_id, scope.accountId), inArray(tasks.lead_id, leadIds)))
    .orderBy(asc(tasks.due_date), asc(tasks.id))

/** The soonest pending task of each of these leads: one step into the index for each. */
export async function nextTasks(scope: Scope, leadIds: number[]) {
  if (leadIds.length === 0) return []
  const { rows } = await scope.db.execute<{ id: number }>(sql`
    select next.id from unnest(${sql.param(leadIds)}::bigint[]) as lead (id)
    cross join lateral (
      select t.id from tasks t
      where t.account_id = ${scope.accountId} and t.lead_id = lead.id and t.status = 'pending'
      order by t.due_date, t.due_time, t.id limit 1
    ) next`)
  return tasksById(
    scope,
    rows.map((row) => row.id),
  )
}
