import type { TaskDay } from '../../api/types.ts'
import { useDayName } from '../use-day-name.ts'
import { AddButton } from './add-button.tsx'
import type { Doing } from './calendar.tsx'
import { useDrop } from './dragging.ts'
import { MoreLink } from './more-link.tsx'
import { TaskChip } from './task-chip.tsx'

type Wanted = {
  day: string
  isToday: boolean
  isOutside: boolean
  found?: TaskDay
  address: string
  doing?: Doing
}

export function MonthDay({ day, isToday, isOutside, found, address, doing }: Wanted) {
  const name = useDayName()(day)
  const { total = 0, tasks = [] } = found ?? {}
  return (
    <section
      className="calendar-cell"
      aria-label={name}
      data-today={isToday || undefined}
      data-outside={isOutside || undefined}
      data-empty={total === 0 || undefined}
      {...useDrop((task) => doing?.move(task, { due_date: day }))}
    >
      <div className="calendar-cell-head">
        <span>{Number(day.slice(8))}</span>
        <span className="calendar-cell-name">{name}</span>
        {doing && <AddButton dayName={name} add={() => doing.add(day)} />}
      </div>
      {tasks.map((task) => (
        <TaskChip key={task.id} task={task} doing={doing} />
      ))}
      <MoreLink count={total - tasks.length} dayName={name} address={address} />
    </section>
  )
}
