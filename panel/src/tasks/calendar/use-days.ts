import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { look } from '../../api/look.ts'
import { useWho } from '../views.ts'

/** What is to be done on these days: how many tasks each has, and the first of them. */
export function useDays(days: string[], per_day: number) {
  const { assigned_to } = useWho()
  const query = { status: 'pending', assigned_to, due_from: days[0]!, due_to: days.at(-1)!, per_day } as const
  return useQuery({ ...look('GET /tasks/days', { query }), placeholderData: keepPreviousData })
}
