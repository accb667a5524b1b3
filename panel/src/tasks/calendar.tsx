import { ActionIcon, Button, Group, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { ChevronLeft, ChevronRight } from 'lucide-react'
import { useState } from 'react'
import { useSearchParams } from 'wouter'
import { useChange } from '../api/change.tsx'
import { look } from '../api/look.ts'
import { useCan } from '../api/session.ts'
import type { Task } from '../api/types.ts'
import { useFormat } from '../parts/format.ts'
import { useWords } from '../words/words.ts'
import { CalendarDay } from './calendar-day.tsx'
import { byDay, daysAfter, weekdayOf } from './days.ts'
import { TaskDialog } from './task-dialog.tsx'
import { useDayName } from './use-day-name.ts'
import { useWho } from './views.ts'

type Move = { id: number; from: string; subject: string }

/** A month of pending tasks; one is moved by dragging it to another day, or by its own date when opened. */
export function Calendar() {
  const { tasks } = useWords()
  const { today } = useFormat()
  const { assigned_to } = useWho()
  const { month, turn } = useMonth()
  const dayName = useDayName()
  const [opened, open] = useState<{ task?: Task; day?: string } | null>(null)
  const mayWrite = useCan('tasks:write')
  const first = daysAfter(`${month}-01`, -weekdayOf(`${month}-01`))
  const days = Array.from({ length: weeksOf(month) * 7 }, (_, at) => daysAfter(first, at))
  const asked = useQuery(
    look('GET /tasks', {
      query: { status: 'pending', assigned_to, due_from: days[0], due_to: days.at(-1), per_page: 100 },
    }),
  )
  const found = byDay(asked.data?.data ?? [])
  const move = useChange<'PATCH /tasks/{id}', { moved: Move }>('PATCH /tasks/{id}', {
    touches: ['leads'],
    said: (_, { params, body, moved }) => ({
      text: tasks.moved(moved.subject, dayName(body?.due_date ?? moved.from)),
      undo: () => move.mutate({ params, body: { due_date: moved.from }, moved }),
    }),
  })
  return (
    <>
      <MonthBar month={month} turn={turn} />
      <div className="tasks-month">
        <Weekdays first={first} />
        {days.map((day) => (
          <CalendarDay
            key={day}
            day={day}
            isToday={day === today()}
            isOutside={!day.startsWith(month)}
            tasks={found.get(day) ?? []}
            open={(task) => mayWrite && open({ task })}
            add={mayWrite ? () => open({ day }) : undefined}
            drop={({ id, from, subject }) =>
              from !== day &&
              move.mutate({ params: { id }, body: { due_date: day }, moved: { id, from, subject } })
            }
          />
        ))}
      </div>
      {opened && <TaskDialog {...opened} close={() => open(null)} />}
    </>
  )
}

function useMonth() {
  const today = useFormat().today()
  const [search, setSearch] = useSearchParams()
  const asked = search.get('month') ?? ''
  const month = /^\d{4}-(0[1-9]|1[0-2])$/.test(asked) ? asked : today.slice(0, 7)
  function turn(by: number) {
    const day = new Date(`${by === 0 ? today.slice(0, 7) : month}-01T00:00Z`)
    day.setUTCMonth(day.getUTCMonth() + by)
    setSearch(
      (before) => {
        const after = new URLSearchParams(before)
        after.set('month', day.toISOString().slice(0, 7))
        return after
      },
      { replace: true },
    )
  }
  return { month, turn }
}

function weeksOf(month: string) {
  const next = new Date(`${month}-01T00:00Z`)
  next.setUTCMonth(next.getUTCMonth() + 1)
  const days = (next.getTime() - Date.parse(`${month}-01T00:00Z`)) / 86_400_000
  return Math.ceil((weekdayOf(`${month}-01`) + days) / 7)
}

function MonthBar({ month, turn }: { month: string; turn: (by: number) => void }) {
  const { tasks, locale } = useWords()
  const name = new Intl.DateTimeFormat(locale, { month: 'long', year: 'numeric', timeZone: 'UTC' })
  return (
    <Group gap="xs" mb="xs">
      <Title order={2} style={{ flex: 1 }}>
        {name.format(new Date(`${month}-01T00:00Z`))}
      </Title>
      <ActionIcon variant="default" size={36} aria-label={tasks.previous} onClick={() => turn(-1)}>
        <ChevronLeft size={18} aria-hidden />
      </ActionIcon>
      <Button variant="default" onClick={() => turn(0)}>
        {tasks.today}
      </Button>
      <ActionIcon variant="default" size={36} aria-label={tasks.next} onClick={() => turn(1)}>
        <ChevronRight size={18} aria-hidden />
      </ActionIcon>
    </Group>
  )
}

function Weekdays({ first }: { first: string }) {
  const { locale } = useWords()
  const name = new Intl.DateTimeFormat(locale, { weekday: 'short', timeZone: 'UTC' })
  return Array.from({ length: 7 }, (_, at) => daysAfter(first, at)).map((day) => (
    <span key={day} className="tasks-weekday" aria-hidden>
      {name.format(new Date(`${day}T00:00Z`))}
    </span>
  ))
}
