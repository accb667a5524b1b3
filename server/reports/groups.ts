import { type SQL, sql } from 'drizzle-orm'
import type { Scope } from '#platform/scope.ts'
import { type Period, within } from '#reports/period.ts'
import { periodUnits } from '#reports/schema.ts'

export type Group = { id: number | null; name: string | null }

/** What a report counts: `measures` of the account's rows in this table that fit, by when they happened. */
export type Facts = { table: 'outcomes' | 'events'; measures: SQL; fits: SQL }

type PeriodUnit = (typeof periodUnits)[number]
export const isPeriodUnit = (word: string): word is PeriodUnit =>
  (periodUnits as readonly string[]).includes(word)

const steps = { day: '1 day', week: '1 week', month: '1 month', quarter: '3 months', year: '1 year' }

/** By the account's own days, weeks, months…, named by their first day; those in which nothing happened are there too. */
export function byPeriod(scope: Scope, facts: Facts, unit: PeriodUnit, period: Period) {
  const { from, to, time_zone } = period
  const step = sql`${steps[unit]}::interval`
  // One look at the index for each of them: cheaper than asking every row for its day.
  return sql`
    select null::bigint as id, to_char(first, 'YYYY-MM-DD') as name, counted.*
    from generate_series(date_trunc(${unit}, ${from}::date::timestamp), ${to}::date::timestamp, ${step}) as first
    cross join lateral (
      select ${facts.measures} from ${sql.identifier(facts.table)}
      where account_id = ${scope.accountId} and ${facts.fits}
        and occurred_at >= greatest(first, ${from}::date::timestamp) at time zone ${time_zone}
        and occurred_at < least(first + ${step}, (${to}::date + 1)::timestamp) at time zone ${time_zone}
    ) counted`
}

/** By the record that a column points at; null is a group of its own. */
export const byRecord = (
  scope: Scope,
  facts: Facts,
  [column, table]: readonly [column: string, table: 'lost_reasons' | 'users' | 'pipelines'],
  period: Period,
) => sql`
  select counted.key as id, named.name, counted.*
  from (${keyed(scope, facts, column, period)}) counted
  left join ${sql.identifier(table)} named on named.account_id = ${scope.accountId} and named.id = counted.key`

/** By what a column says; null is a group of its own. */
export const byWord = (scope: Scope, facts: Facts, column: string, period: Period) => sql`
  select null::bigint as id, counted.key as name, counted.* from (${keyed(scope, facts, column, period)}) counted`

const keyed = (scope: Scope, { table, measures, fits }: Facts, column: string, period: Period) => sql`
  select ${sql.identifier(column)} as key, ${measures} from ${sql.identifier(table)}
  where account_id = ${scope.accountId} and ${fits} and ${within('occurred_at', period)}
  group by 1`

/** Part of a whole, to four decimals; null of nothing. */
export const ratio = (part: number, whole: number) =>
  whole === 0 ? null : Math.round((part / whole) * 10_000) / 10_000
