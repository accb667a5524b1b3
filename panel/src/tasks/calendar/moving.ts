import type { InfiniteData } from '@tanstack/react-query'
import type { AnswerOf } from '../../api/call.ts'
import { useChange } from '../../api/change.tsx'
import { client } from '../../api/look.ts'
import type { Task } from '../../api/types.ts'
import { useWords } from '../../words/words.ts'
import { inOrder } from '../days.ts'
import { useDayName } from '../use-day-name.ts'

/** A month moves the day alone. */
export type Due = { due_date: string; due_time?: string | null }

/** To another day or hour, and back. */
export function useMove() {
  const { tasks } = useWords()
  const dayName = useDayName()
  const nameOf = ({ due_date, due_time }: Due) =>
    due_time ? tasks.at(dayName(due_date), due_time) : dayName(due_date)
  const change = useChange<'PATCH /tasks/{id}', { task: Task; due: Due }>('PATCH /tasks/{id}', {
    touches: ['leads'],
    ahead: ({ task, due }) => showMoved(task.id, due),
    said: (_, { task, due }) => ({
      text: tasks.moved(task.subject, nameOf(due)),
      undo: () => move({ ...task, ...due }, { due_date: task.due_date, due_time: task.due_time }),
    }),
  })
  function move(task: Task, due: Due) {
    const after = { ...task, ...due }
    if (after.due_date !== task.due_date || after.due_time !== task.due_time)
      change.mutate({ params: { id: task.id }, body: due, task, due })
  }
  return move
}

/** Where it was dropped, before the server has said so. */
function showMoved(id: number, due: Due) {
  client.setQueriesData<AnswerOf<'GET /tasks/days'>>({ queryKey: ['tasks', 'GET /tasks/days'] }, (before) => {
    const task = before?.data.flatMap((day) => day.tasks).find((each) => each.id === id)
    if (!task) return before
    const moved = { ...task, ...due }
    const days = before!.data.some(({ day }) => day === due.due_date)
      ? before!.data
      : [...before!.data, { day: due.due_date, total: 0, tasks: [] }]
    return { ...before!, data: days.map((day) => dayWith(dayWithout(day, task), moved)) }
  })
  type Listed = InfiniteData<AnswerOf<'GET /tasks'>> | { pages?: undefined }
  client.setQueriesData<Listed>({ queryKey: ['tasks', 'GET /tasks'] }, (before) => {
    if (!before?.pages) return before
    const moved = (task: Task) => (task.id === id ? { ...task, ...due } : task)
    return { ...before, pages: before.pages.map((page) => ({ ...page, data: page.data.map(moved) })) }
  })
}

type TaskDay = AnswerOf<'GET /tasks/days'>['data'][number]

const dayWithout = (day: TaskDay, { id, due_date }: Task) =>
  day.day === due_date
    ? { ...day, total: day.total - 1, tasks: day.tasks.filter((task) => task.id !== id) }
    : day

const dayWith = (day: TaskDay, task: Task) =>
  day.day === task.due_date ? { ...day, total: day.total + 1, tasks: inOrder([...day.tasks, task]) } : day
