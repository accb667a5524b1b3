import { useInfiniteQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { lookOn } from '../../api/look.ts'
import { Asked } from '../../parts/asked.tsx'
import { useWho } from '../views.ts'
import type { Doing } from './calendar.tsx'
import { Hours } from './hours.tsx'
import type { Period } from './period.ts'

/** All tasks of a day, however many. */
export function Day({ period, doing }: { period: Period; doing?: Doing }) {
  const { assigned_to } = useWho()
  const { first: day, addressOf } = period
  const query = { status: 'pending', assigned_to, due_from: day, due_to: day, per_page: 200 } as const
  const asked = useInfiniteQuery(lookOn('GET /tasks', { query }))
  const { hasNextPage, isFetching, isError, fetchNextPage } = asked
  useEffect(() => {
    if (hasNextPage && !isFetching && !isError) fetchNextPage()
  }, [hasNextPage, isFetching, isError, fetchNextPage])
  return (
    <Asked of={asked}>
      {(tasks) => <Hours days={[{ day, total: tasks.length, tasks }]} addressOf={addressOf} doing={doing} />}
    </Asked>
  )
}
