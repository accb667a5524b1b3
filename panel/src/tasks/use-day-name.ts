import { useMemo } from 'react'
import { useFormat } from '../parts/format.ts'
import { useWords } from '../words/words.ts'
import { daysAfter } from './days.ts'

/** "Hoje", "Amanhã", or "seg., 30 de jun." */
export function useDayName() {
  const { tasks, locale } = useWords()
  const today = useFormat().today()
  return useMemo(() => {
    const near = new Map([
      [today, tasks.today],
      [daysAfter(today, 1), tasks.tomorrow],
      [daysAfter(today, -1), tasks.yesterday],
    ])
    const far = (day: string) =>
      new Intl.DateTimeFormat(locale, {
        weekday: 'long',
        day: 'numeric',
        month: 'long',
        timeZone: 'UTC',
        ...(day.slice(0, 4) === today.slice(0, 4) ? {} : { year: 'numeric' }),
      }).format(new Date(`${day}T00:00Z`))
    return (day: string) => near.get(day) ?? capital(far(day))
  }, [tasks, locale, today])
}

export const capital = (text: string) => text[0]!.toUpperCase() + text.slice(1)
