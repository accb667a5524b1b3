export const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const
export type Duration = { days?: number; hours?: number; minutes?: number }
/** The same hours on each of these days, `HH:MM`; `to` at midnight is the end of the day. */
export type Hours = { days: (typeof weekdays)[number][]; from: string; to: string }

/** A moment as a clock on the wall shows it. */
type Wall = { year: number; month: number; day: number; hour: number; minute: number; second: number }

const minuteMs = 60_000
const dayMs = 24 * 60 * minuteMs

/** Days are the calendar's: the same time of day, however long the days between. Hours and minutes are exact. */
export function later(from: Date, delay: Duration | null | undefined, zone: string): Date {
  const { days: count = 0, hours = 0, minutes = 0 } = delay ?? {}
  const wall = wallOf(from, zone)
  const ms = from.getTime() - Math.floor(from.getTime() / 1000) * 1000
  const moved =
    count > 0 ? instantOf({ ...wall, day: wall.day + count }, zone).getTime() + ms : from.getTime()
  return new Date(moved + (hours * 60 + minutes) * minuteMs)
}

/** This moment if it lies within the hours, else when they begin next. */
export function nextOpening(from: Date, hours: Hours | null, zone: string): Date {
  if (!hours) return from
  const wall = wallOf(from, zone)
  // Eight days: today's hours may be over, and its weekday the only one.
  for (let ahead = 0; ahead <= 7; ahead++) {
    const day = { ...wall, day: wall.day + ahead, second: 0 }
    if (!hours.days.includes(weekdayOf(day))) continue
    const [opens, closes] = [hours.from, endOf(hours)].map((time) =>
      instantOf({ ...day, ...timeOf(time) }, zone),
    )
    if (from < opens!) return opens!
    if (from < closes!) return from
  }
  // Only where summer time swallows the whole of them.
  return new Date(from.getTime() + dayMs)
}

/** Midnight as an end is the day's. */
export const endOf = ({ to }: Hours) => (to === '00:00' ? '24:00' : to)

function timeOf(text: string) {
  const [hour, minute] = text.split(':').map(Number)
  return { hour: hour!, minute: minute! }
}

const weekdayOf = ({ year, month, day }: Wall) =>
  weekdays[(new Date(Date.UTC(year, month - 1, day)).getUTCDay() + 6) % 7]!

/** The day of this moment, by the calendar of the zone. */
export function dayIn(zone: string, at: Date, ahead = 0): string {
  const { year, month, day } = wallOf(at, zone)
  return new Date(Date.UTC(year, month - 1, day + ahead)).toISOString().slice(0, 10)
}

const formats = new Map<string, Intl.DateTimeFormat>()

function wallOf(at: Date, zone: string): Wall {
  const format = formats.get(zone) ?? formatOf(zone)
  formats.set(zone, format)
  const parts = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]))
  const { year, month, day, hour, minute, second } = parts as Wall
  return { year, month, day, hour, minute, second }
}

const formatOf = (timeZone: string) =>
  new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  })

/** A time that comes twice is the first one; one that is left out is as much later as the clock is put forward. */
function instantOf(wall: Wall, zone: string): Date {
  const utc = utcOf(wall)
  const [before, after] = [utc - dayMs, utc + dayMs].map((at) => offsetAt(at, zone))
  const fits = [before!, after!].map((offset) => utc - offset).filter((at) => at + offsetAt(at, zone) === utc)
  return new Date(fits.length > 0 ? Math.min(...fits) : utc - before!)
}

const utcOf = ({ year, month, day, hour, minute, second }: Wall) =>
  Date.UTC(year, month - 1, day, hour, minute, second)

const offsetAt = (at: number, zone: string) =>
  utcOf(wallOf(new Date(at), zone)) - Math.floor(at / 1000) * 1000
