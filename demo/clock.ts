import { sql } from 'drizzle-orm'
import type { Scope } from '#platform/scope.ts'

/** Sets the database's clock to this instant until the transaction ends: what is stamped from here on lies then. */
export const travelTo = (scope: Scope, instant: Date) =>
  scope.db.execute(sql`select set_config('funil.now', ${instant.toISOString()}, true)`)

export const timeZone = 'America/Sao_Paulo'
// Brazil gave up summer time in 2019.
const offset = '-03:00'

export const today = () => new Intl.DateTimeFormat('en-CA', { timeZone }).format(new Date())

export const instantOf = (day: string, time = '00:00') => new Date(`${day}T${time}:00${offset}`)

export const dayOf = (instant: Date) => new Date(instant.getTime() - 3 * hourMs).toISOString().slice(0, 10)

const hourMs = 3_600_000
const dayMs = 24 * hourMs

export const daysAfter = (instant: Date, days: number) => new Date(instant.getTime() + days * dayMs)

const opens = 8
const closes = 19

/** This instant when somebody is at work, else the next working morning, some minutes after it opens. */
export function atWork(instant: Date, minutes: number): Date {
  const local = new Date(instant.getTime() - 3 * hourMs)
  const hour = local.getUTCHours()
  const isWeekend = local.getUTCDay() === 0 || local.getUTCDay() === 6
  if (!isWeekend && hour >= opens && hour < closes) return instant
  const day = dayOf(instant)
  const morning = new Date(instantOf(day, '08:00').getTime() + minutes * 60_000)
  return !isWeekend && hour < opens ? morning : atWork(daysAfter(morning, 1), minutes)
}
