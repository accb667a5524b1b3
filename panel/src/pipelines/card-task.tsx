import type { Lead } from '../leads/pages.ts'
import { useFormat } from '../parts/format.ts'
import { taskIcons } from '../tasks/task-icons.ts'
import { useWords } from '../words/words.ts'

/** What is to be done next, and whether it is late. */
export function CardTask({ lead }: { lead: Lead }) {
  const { pipelines, tasks } = useWords()
  const { shortDay, today } = useFormat()
  const task = lead.next_task
  if (!task) return <span className="board-card-task">{lead.status === 'open' && pipelines.noTask}</span>
  const Icon = taskIcons[task.type]
  const now = today()
  const when = task.due_date < now ? 'late' : task.due_date === now ? 'today' : undefined
  return (
    <span className="board-card-task" data-when={when} title={task.subject}>
      <Icon size={14} role="img" aria-label={tasks.types[task.type]} />
      <span>
        {shortDay(task.due_date)} · {task.subject}
      </span>
    </span>
  )
}
