import { sql } from 'drizzle-orm'
import { invalid } from '#platform/errors.ts'
import type { Scope } from '#platform/scope.ts'
import type { Asked } from '#reports/schema.ts'

/** Whole days in the account's own time zone, both of them included. */
export type Period = { from: string; to: string; time_zone: string }

const usualDays = 30
const mostYears = 2
const earliest = '0001-01-01'

/** What was asked for, or the last thirty days up to the day that was asked for or today. */
export async function periodOf(scope: Scope, asked: Pick<Asked, 'from' | 'to'>): Promise<Period> {
  const { today, time_zone } = await calendarOf(scope)
  const { from: given, to = given && given > today ? given : today } = asked
  const from = given ?? daysBefore(to, usualDays - 1)
  if (to < from) throw invalid({ to: ['The to field must be a date after or equal to from.'] })
  const last = yearsAfter(from, mostYears)
  if (last && to > last) throw invalid({ to: [`The to field must be a date before or equal to ${last}.`] })
  return { from, to, time_zone }
}

/** The instants of a period: midnight is the zone's, whatever the clocks did that night. */
export const within = (column: string, { from, to, time_zone }: Period) => {
  // A column's name, never what somebody sent.
  const at = sql.raw(column)
  return sql`${at} >= ${from}::date::timestamp at time zone ${time_zone}
    and ${at} < (${to}::date + 1)::timestamp at time zone ${time_zone}`
}

async function calendarOf(scope: Scope) {
  const { rows } = await scope.db.execute<{ today: string; time_zone: string }>(sql`
    select (now() at time zone time_zone)::date as today, time_zone from accounts where id = ${scope.accountId}`)
  return rows[0]!
}

function daysBefore(day: string, days: number) {
  const date = new Date(day)
  date.setUTCDate(date.getUTCDate() - days)
  return date < new Date(earliest) ? earliest : dayOf(date)
}

/** Null beyond the years that can be written with four digits. */
function yearsAfter(day: string, years: number) {
  const date = new Date(day)
  date.setUTCFullYear(date.getUTCFullYear() + years)
  return date.getUTCFullYear() > 9999 ? null : dayOf(date)
}

const dayOf = (date: Date) => date.toISOString().slice(0, 10)
