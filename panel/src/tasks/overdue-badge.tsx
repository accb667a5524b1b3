import { useQuery } from '@tanstack/react-query'
import { look } from '../api/look.ts'
import { useSession } from '../api/session.ts'
import { CountBadge } from '../parts/count-badge.tsx'
import { useFormat } from '../parts/format.ts'
import { useWords } from '../words/words.ts'
import { daysAfter } from './days.ts'

/** How many of my tasks are past their day, in the navigation. */
export function OverdueBadge() {
  const { tasks } = useWords()
  const { user } = useSession()
  const { today } = useFormat()
  const due_to = daysAfter(today(), -1)
  const asked = useQuery(
    look('GET /tasks', { query: { assigned_to: user.id, status: 'pending', due_to, per_page: 1 } }),
  )
  const count = asked.data?.meta.total ?? 0
  return <CountBadge count={count} label={tasks.late(count)} color="red" />
}
