import { ActionIcon, UnstyledButton } from '@mantine/core'
import { Plus } from 'lucide-react'
import { useState } from 'react'
import type { Task } from '../api/types.ts'
import { useWords } from '../words/words.ts'
import { useDayName } from './use-day-name.ts'

type Move = { id: number; from: string; subject: string }
type Wanted = {
  day: string
  isToday: boolean
  isOutside: boolean
  tasks: Task[]
  open: (task: Task) => void
  add?: () => void
  drop: (move: Move) => void
}

const kind = 'application/x-task'

export function CalendarDay({ day, isToday, isOutside, tasks: found, open, add, drop }: Wanted) {
  const { tasks } = useWords()
  const name = useDayName()(day)
  const [isOver, over] = useState(false)
  return (
    <section
      className="tasks-cell"
      aria-label={name}
      data-today={isToday || undefined}
      data-outside={isOutside || undefined}
      data-empty={found.length === 0 || undefined}
      data-over={isOver || undefined}
      onDragOver={(event) => {
        if (!event.dataTransfer.types.includes(kind)) return
        event.preventDefault()
        over(true)
      }}
      onDragLeave={() => over(false)}
      onDrop={(event) => {
        over(false)
        const moved = event.dataTransfer.getData(kind)
        if (moved) drop(JSON.parse(moved))
      }}
    >
      <div className="tasks-cell-head">
        <span>{Number(day.slice(8))}</span>
        <span className="tasks-cell-name">{name}</span>
        {add && (
          <ActionIcon variant="subtle" color="gray" size={24} aria-label={tasks.addOn(name)} onClick={add}>
            <Plus size={14} aria-hidden />
          </ActionIcon>
        )}
      </div>
      {found.map((task) => (
        <UnstyledButton
          key={task.id}
          className="tasks-chip"
          title={[task.subject, task.lead?.name].filter(Boolean).join(' · ')}
          data-late={task.is_overdue || undefined}
          draggable={add !== undefined}
          onDragStart={(event) => event.dataTransfer.setData(kind, JSON.stringify(moveOf(task)))}
          onClick={() => open(task)}
        >
          {task.due_time?.slice(0, 5)} {task.subject}
        </UnstyledButton>
      ))}
    </section>
  )
}

const moveOf = ({ id, due_date, subject }: Task): Move => ({ id, from: due_date, subject })
