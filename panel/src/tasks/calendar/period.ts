import { useLocation, useSearchParams } from 'wouter'
import { useFormat } from '../../parts/format.ts'
import { daysAfter, weekdayOf } from '../days.ts'

export const spans = ['month', 'week', 'day'] as const
export type Span = (typeof spans)[number]
export type Period = ReturnType<typeof usePeriod>

/** What the calendar shows stands in the address: `month=2026-06`, `week=2026-06-29`, `day=2026-06-30`. */
export function usePeriod() {
  const today = useFormat().today()
  const [search] = useSearchParams()
  const [, go] = useLocation()
  const span = spans.find((each) => dayIn(search.get(each))) ?? 'month'
  const first = firstOf(span, dayIn(search.get(span)) ?? today)
  const isNow = first === firstOf(span, today)
  function addressOf(other: Span, day: string) {
    const rest = [...search].filter(([name]) => !spans.some((each) => each === name))
    const value = other === 'month' ? day.slice(0, 7) : firstOf(other, day)
    return `/tasks/calendar?${new URLSearchParams([...rest, [other, value]])}`
  }
  return {
    span,
    first,
    days: daysOf(span, first),
    addressOf,
    show: (other: Span) => go(addressOf(other, isNow ? today : first)),
    /** So many months, weeks or days further; 0 is where today is. */
    turn: (by: number) => go(addressOf(span, by === 0 ? today : turned(span, first, by)), { replace: true }),
  }
}

/** A month is its first day. */
function dayIn(written: string | null) {
  const day = `${written}-01`.slice(0, 10)
  const date = new Date(`${day}T00:00Z`)
  return /^\d/.test(day) && !Number.isNaN(date.getTime()) && date.toISOString().startsWith(day) ? day : null
}

function firstOf(span: Span, day: string) {
  if (span === 'month') return `${day.slice(0, 7)}-01`
  return span === 'week' ? daysAfter(day, -weekdayOf(day)) : day
}

function turned(span: Span, first: string, by: number) {
  if (span !== 'month') return daysAfter(first, span === 'week' ? by * 7 : by)
  const date = new Date(`${first}T00:00Z`)
  date.setUTCMonth(date.getUTCMonth() + by)
  return date.toISOString().slice(0, 10)
}

/** A month in whole weeks, with days of those around it. */
function daysOf(span: Span, first: string) {
  const next = turned(span, first, 1)
  const days = [span === 'month' ? firstOf('week', first) : first]
  while (daysAfter(days.at(-1)!, 1) < next || (span === 'month' && days.length % 7 > 0))
    days.push(daysAfter(days.at(-1)!, 1))
  return days
}
