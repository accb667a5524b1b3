import { and, asc, count, eq, inArray, lte, sql } from 'drizzle-orm'
import { tasks } from '#pipelines/tables.ts'
import { invalid } from '#platform/errors.ts'
import type { Scope } from '#platform/scope.ts'
import { conditionsOf, shown } from '#tasks/queries.ts'
import { type DaysAsked, mostDays, mostPerDay, type Task, type TaskDay } from '#tasks/schema.ts'

/** A period day by day, for a calendar: exact counts, and the first tasks of each day that has any. */
export async function listDays(scope: Scope, { per_day, ...asked }: DaysAsked): Promise<TaskDay[]> {
  ensurePeriod(asked)
  const where = and(...conditionsOf(scope, asked))
  const [days, found] = await Promise.all([
    scope.db
      .select({ day: tasks.due_date, total: count() })
      .from(tasks)
      .where(where)
      .groupBy(tasks.due_date)
      .orderBy(asc(tasks.due_date)),
    firstOfEach(scope, where, Math.min(per_day, mostPerDay)),
  ])
  const byDay = Map.groupBy(found, ({ due_date }) => due_date)
  return days.map(({ day, total }) => ({ day, total, tasks: byDay.get(day) ?? [] }))
}

function ensurePeriod({ due_from, due_to }: Pick<DaysAsked, 'due_from' | 'due_to'>) {
  const last = new Date(due_from)
  last.setUTCDate(last.getUTCDate() + mostDays - 1)
  if (due_to < due_from)
    throw invalid({ due_to: ['The due to field must be a date after or equal to due from.'] })
  if (new Date(due_to) > last)
    throw invalid({
      due_to: [`The due to field must be a date before or equal to ${last.toISOString().slice(0, 10)}.`],
    })
}

function firstOfEach(scope: Scope, where: ReturnType<typeof and>, perDay: number): Promise<Task[]> {
  const placed = scope.db
    .select({
      id: tasks.id,
      place: sql<number>`row_number() over (
        partition by ${tasks.due_date} order by ${tasks.due_time}, ${tasks.id})`.as('place'),
    })
    .from(tasks)
    .where(where)
    .as('placed')
  const first = scope.db.select({ id: placed.id }).from(placed).where(lte(placed.place, perDay))
  return shown(scope, and(eq(tasks.account_id, scope.accountId), inArray(tasks.id, first))).orderBy(
    asc(tasks.due_date),
    asc(tasks.due_time),
    asc(tasks.id),
  )
}
