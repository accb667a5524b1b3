import { useState } from 'react'
import { useCan } from '../../api/session.ts'
import type { Task } from '../../api/types.ts'
import { TaskDialog } from '../task-dialog.tsx'
import { Day } from './day.tsx'
import { Month } from './month.tsx'
import { type Due, useMove } from './moving.ts'
import { usePeriod } from './period.ts'
import { PeriodBar } from './period-bar.tsx'
import { Week } from './week.tsx'
import './calendar.css'

/** What somebody does here with tasks; nothing for who may only read. */
export type Doing = {
  open: (task: Task) => void
  add: (day: string, time?: string) => void
  move: (task: Task, due: Due) => void
}

const views = { month: Month, week: Week, day: Day }

/** Pending tasks by month, week or day; one is moved by dragging it, or by its own date when opened. */
export default function Calendar() {
  const period = usePeriod()
  const move = useMove()
  const mayWrite = useCan('tasks:write')
  const [opened, open] = useState<{ task?: Task; day?: string; time?: string } | null>(null)
  const doing: Doing = {
    open: (task) => open({ task }),
    add: (day, time) => open({ day, time }),
    move,
  }
  const View = views[period.span]
  return (
    <>
      <PeriodBar period={period} />
      <View period={period} doing={mayWrite ? doing : undefined} />
      {opened && <TaskDialog {...opened} close={() => open(null)} />}
    </>
  )
}
