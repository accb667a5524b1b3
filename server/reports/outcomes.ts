import { type SQL, sql } from 'drizzle-orm'
import type { Scope } from '#platform/scope.ts'
import { byPeriod, byRecord, byWord, type Facts, type Group, isPeriodUnit, ratio } from '#reports/groups.ts'
import { type Period, periodOf } from '#reports/period.ts'
import type { OutcomeCounts, OutcomesAsked } from '#reports/schema.ts'

type Counts = Omit<OutcomeCounts, 'win_rate'>
type Row = Group & Counts & { [K in keyof Counts as `all_${K}`]: number }
const measures = ['won_count', 'won_value', 'lost_count', 'lost_value'] as const

/** What was won and lost in the period and still is: what was reopened since is no outcome any more. */
export async function reportOutcomes(scope: Scope, asked: OutcomesAsked) {
  const period = await periodOf(scope, asked)
  const { rows } = await scope.db.execute<Row>(statement(scope, asked, period))
  return {
    period,
    totals: withRate((measure) => rows[0]?.[`all_${measure}`] ?? 0),
    data: rows.map((row) => ({ id: row.id, name: row.name, ...withRate((measure) => row[measure]) })),
  }
}

function withRate(of: (measure: keyof Counts) => number): OutcomeCounts {
  const counts = Object.fromEntries(measures.map((measure) => [measure, of(measure)])) as Counts
  return { ...counts, win_rate: ratio(counts.won_count, counts.won_count + counts.lost_count) }
}

function statement(scope: Scope, asked: OutcomesAsked, period: Period) {
  const columns = measures.map(
    (measure) => `${measure}, coalesce(sum(${measure}) over (), 0) as all_${measure}`,
  )
  return sql`
    select id, name, ${sql.raw(columns.join(', '))}
    from (${groupsOf(scope, asked, period)}) groups
    order by ${isPeriodUnit(asked.group_by ?? usual) ? sql`name` : sql`won_value desc, lost_value desc, id, name`}`
}

function groupsOf(scope: Scope, asked: OutcomesAsked, period: Period) {
  const by = asked.group_by ?? usual
  const facts: Facts = { table: 'outcomes', measures: counting, fits: fitting(asked) }
  if (isPeriodUnit(by)) return byPeriod(scope, facts, by, period)
  if (by === 'source') return byWord(scope, facts, 'source', period)
  return byRecord(scope, facts, records[by], period)
}

const usual = 'month'
const records = {
  reason: ['reason_id', 'lost_reasons'],
  owner: ['assigned_to', 'users'],
  pipeline: ['pipeline_id', 'pipelines'],
} as const

const counting = sql`
  count(*) filter (where outcome = 'won') as won_count,
  coalesce(sum(value) filter (where outcome = 'won'), 0) as won_value,
  count(*) filter (where outcome = 'lost') as lost_count,
  coalesce(sum(value) filter (where outcome = 'lost'), 0) as lost_value`

const fitting = (asked: OutcomesAsked) =>
  (['pipeline_id', 'assigned_to', 'source'] as const).reduce<SQL>(
    (all, column) =>
      asked[column] === undefined ? all : sql`${all} and ${sql.identifier(column)} = ${asked[column]}`,
    sql`reopened_at is null`,
  )
