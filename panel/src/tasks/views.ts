import { useMemo } from 'react'
import { useParams, useSearchParams } from 'wouter'
import type { Input } from '../api/call.ts'
import { useSession } from '../api/session.ts'
import { useFormat } from '../parts/format.ts'
import { daysAfter } from './days.ts'

export const lists = ['today', 'overdue', 'upcoming', 'done'] as const
export type ListName = (typeof lists)[number]
export type ViewName = ListName | 'calendar'
type Query = NonNullable<Input<'GET /tasks'>['query']>

export function useView(): ViewName {
  const { view } = useParams<{ view?: string }>()
  return view === 'calendar' ? view : (lists.find((each) => each === view) ?? 'today')
}

/** Whose tasks: mine unless the address says `all` or somebody. */
export function useWho() {
  const { user } = useSession()
  const [search, setSearch] = useSearchParams()
  const who = search.get('who') ?? String(user.id)
  const choose = (chosen: string) =>
    setSearch(
      (before) => {
        const rest = [...before].filter(([name]) => name !== 'who')
        return new URLSearchParams(chosen === String(user.id) ? rest : [...rest, ['who', chosen]])
      },
      { replace: true },
    )
  return { who, choose, assigned_to: who === 'all' ? undefined : Number(who) }
}

const doneDays = 30

/** What is asked of the API for a list. */
export function useTaskQuery(view: ListName): Query {
  const { assigned_to } = useWho()
  const today = useFormat().today()
  return useMemo(() => {
    const days: Record<ListName, Query> = {
      today: { status: 'pending', due_to: today },
      overdue: { status: 'pending', due_to: today },
      upcoming: { status: 'pending', due_from: daysAfter(today, 1) },
      done: { status: 'completed', due_from: daysAfter(today, -doneDays), sort: '-due_date' },
    }
    return { ...days[view], assigned_to, per_page: 100 }
  }, [view, assigned_to, today])
}
