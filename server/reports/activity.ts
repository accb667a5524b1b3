import { sql } from 'drizzle-orm'
import type { EventType } from '#events/catalog.ts'
import type { Scope } from '#platform/scope.ts'
import { byPeriod, byRecord, type Facts, type Group, isPeriodUnit } from '#reports/groups.ts'
import { type Period, periodOf } from '#reports/period.ts'
import type { ActivityAsked, ActivityCounts } from '#reports/schema.ts'

const counted: Record<keyof ActivityCounts, EventType> = {
  leads_created: 'lead.created',
  stage_changes: 'lead.stage_changed',
  leads_won: 'lead.won',
  leads_lost: 'lead.lost',
  tasks_created: 'task.created',
  tasks_completed: 'task.completed',
}
const measures = Object.keys(counted) as (keyof ActivityCounts)[]

/** What was done in the period, whatever became of it later: a lead that was won twice counts twice. */
export async function reportActivity(scope: Scope, asked: ActivityAsked) {
  const period = await periodOf(scope, asked)
  const { rows } = await scope.db.execute<Group & ActivityCounts>(statement(scope, asked, period))
  const total = (measure: keyof ActivityCounts) => rows.reduce((sum, row) => sum + row[measure], 0)
  const totals = Object.fromEntries(measures.map((measure) => [measure, total(measure)])) as ActivityCounts
  return { period, totals, data: rows }
}

function statement(scope: Scope, { group_by: by = 'day' }: ActivityAsked, period: Period) {
  const groups = isPeriodUnit(by)
    ? byPeriod(scope, facts, by, period)
    : byRecord(scope, facts, ['user_id', 'users'], period)
  return sql`
    select id, name, ${sql.raw(measures.join(', '))}
    from (${groups}) groups
    order by ${isPeriodUnit(by) ? sql`name` : sql`stage_changes desc, tasks_completed desc, id`}`
}

const counts = measures.map(
  (measure) => sql`count(*) filter (where type = ${counted[measure]}) as ${sql.identifier(measure)}`,
)
const facts: Facts = {
  table: 'events',
  measures: sql.join(counts, sql`, `),
  fits: sql`type = any (${sql.param(Object.values(counted))}::text[])`,
}
