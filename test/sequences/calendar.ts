import type { Duration, SendingHours } from '#sequences/schema.ts'

// A second way to reckon: it asks what the clock on the wall shows, and tries until it shows what is wanted.
const hourMs = 3_600_000
const formats = new Map<string, Intl.DateTimeFormat>()

/** `2026-03-02 09:00:00`. */
function shownAt(at: number, zone: string): string {
  const format =
    formats.get(zone) ??
    new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' })
  formats.set(zone, format)
  return format.format(at)
}

function whenShown(wall: string, zone: string): number {
  const utc = Date.parse(`${wall.replace(' ', 'T')}Z`)
  const tries = Array.from({ length: 29 }, (_, n) => utc + (n - 14) * hourMs)
  const found = tries.find((at) => shownAt(at, zone) === wall)
  // The hour that summer time leaves out: everything in it comes an hour later.
  return found ?? whenShown(wallOf(utc + hourMs), zone)
}

const wallOf = (utc: number) => new Date(utc).toISOString().slice(0, 19).replace('T', ' ')
const dayAfter = (day: string, days: number) =>
  wallOf(Date.parse(`${day}T00:00:00Z`) + days * 24 * hourMs).slice(0, 10)

export function after(at: number, { days = 0, hours = 0, minutes = 0 }: Duration, zone: string): number {
  const [day, time] = shownAt(at, zone).split(' ') as [string, string]
  const moved = days === 0 ? at : whenShown(`${dayAfter(day, days)} ${time}`, zone)
  return moved + hours * hourMs + minutes * 60_000
}

const names = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const

export function openFrom(at: number, hours: SendingHours | null, zone: string): number {
  if (!hours) return at
  const isOpen = (day: string) => hours.days.includes(names[new Date(`${day}T00:00:00Z`).getUTCDay()]!)
  const [today, time] = shownAt(at, zone).split(' ') as [string, string]
  if (isOpen(today) && time >= `${hours.from}:00` && time < `${hours.to}:00`) return at
  for (let ahead = 0; ahead < 9; ahead++) {
    const day = dayAfter(today, ahead)
    const opening = whenShown(`${day} ${hours.from}:00`, zone)
    if (isOpen(day) && opening > at) return opening
  }
  throw new Error('It never opens.')
}
