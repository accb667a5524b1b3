import { sql } from 'drizzle-orm'
import type { Scope } from '#platform/scope.ts'

/** Sets the database's clock to this instant until the transaction ends: what is stamped from here on lies then. */
export const travelTo = (scope: Scope, instant: Date) =>
  scope.db.execute(sql`select set_config('funil.now', ${instant.toISOString()}, true)`)

export const timeZone = 'America/Sao_Paulo'
// Brazil gave up summer time in 2019.
const offset = '-03:00'

export const instantOf = (day: string, time = '00:00') => new Date(`${day}T${time}:00${offset}`)

export const dayOf = (instant: Date) => new Date(instant.getTime() - 3 * hourMs).toISOString().slice(0, 10)

const minuteMs = 60_000
const hourMs = 60 * minuteMs
const dayMs = 24 * hourMs

export const daysAfter = (instant: Date, days: number) => new Date(instant.getTime() + days * dayMs)

export const minutesAfter = (instant: Date, minutes: number) =>
  new Date(instant.getTime() + minutes * minuteMs)

/** Hours of the wall's clock, and the days of the week that have them. */
type Hours = { opens: number; closes: number; days: number[] }
const office: Hours = { opens: 8, closes: 19, days: [1, 2, 3, 4, 5] }
/** Who answers customers, and when those are up. */
export const counter: Hours = { opens: 8, closes: 20, days: [1, 2, 3, 4, 5, 6] }
export const waking: Hours = { opens: 7, closes: 23, days: [0, 1, 2, 3, 4, 5, 6] }

/** This instant when somebody is at work, else the next working morning, some minutes after it opens. */
export function atWork(instant: Date, minutes: number, hours = office): Date {
  const { opens, closes, days } = hours
  const local = new Date(instant.getTime() - 3 * hourMs)
  const hour = local.getUTCHours()
  const isWorkday = days.includes(local.getUTCDay())
  if (isWorkday && hour >= opens && hour < closes) return instant
  const morning = minutesAfter(instantOf(dayOf(instant), `0${opens}:00`), minutes)
  return isWorkday && hour < opens ? morning : atWork(daysAfter(morning, 1), minutes, hours)
}

/** This instant when customers are up, else some minutes before they went to bed. */
export function beforeBed(instant: Date, minutes: number): Date {
  if (atWork(instant, 0, waking) === instant) return instant
  const midnight = instantOf(dayOf(minutesAfter(instant, 60)))
  return minutesAfter(midnight, -60 - minutes)
}
