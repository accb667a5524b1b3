const dayMs = 86_400_000

/** A day of the calendar, `2026-06-30`, so many days later. */
export const daysAfter = (day: string, count: number) =>
  new Date(Date.parse(`${day}T00:00Z`) + count * dayMs).toISOString().slice(0, 10)

/** Monday is 0. */
export const weekdayOf = (day: string) => (new Date(`${day}T00:00Z`).getUTCDay() + 6) % 7

/** Whatever has a day, by its day, in the order in which it came. */
export function byDay<T extends { due_date: string }>(items: T[]) {
  const days = new Map<string, T[]>()
  for (const item of items) days.set(item.due_date, [...(days.get(item.due_date) ?? []), item])
  return days
}

/** Those with a time first, by their time. */
export const inOrder = <T extends { due_time: string | null }>(tasks: T[]) =>
  tasks.toSorted((one, other) => (one.due_time ?? '99').localeCompare(other.due_time ?? '99'))
