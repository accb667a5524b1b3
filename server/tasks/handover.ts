import { and, eq } from 'drizzle-orm'
import { record } from '#events/record.ts'
import { tasks } from '#pipelines/tables.ts'
import { taskColumns } from '#pipelines/task-rows.ts'
import type { Scope } from '#platform/scope.ts'

const recordedAtOnce = 1000

/** What one user still has to do becomes another's, or nobody's; what is done stays theirs. */
export async function handOverTasks(scope: Scope, fromUserId: number, toUserId: number | null) {
  const handed = await scope.db
    .update(tasks)
    .set({ assigned_to: toUserId })
    .where(
      and(
        eq(tasks.account_id, scope.accountId),
        eq(tasks.assigned_to, fromUserId),
        eq(tasks.status, 'pending'),
      ),
    )
    .returning(taskColumns)
  const previous = { assigned_to: fromUserId }
  for (let from = 0; from < handed.length; from += recordedAtOnce) {
    const happenings = handed
      .slice(from, from + recordedAtOnce)
      .map((task) => ({ type: 'task.updated' as const, leadId: task.lead_id, data: { task }, previous }))
    await record(scope, ...happenings)
  }
}
