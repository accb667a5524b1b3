import { Checkbox, UnstyledButton } from '@mantine/core'
import { CircleAlert } from 'lucide-react'
import type { Task } from '../../api/types.ts'
import { useWords } from '../../words/words.ts'
import { useDone } from '../use-done.ts'
import type { Doing } from './calendar.tsx'
import { draggable } from './dragging.ts'

type Wanted = { task: Task; doing?: Doing; hasLead?: boolean }

export function TaskChip({ task, doing, hasLead = false }: Wanted) {
  const { tasks } = useWords()
  const { subject, due_time, is_overdue, lead, assigned_user } = task
  const shown = {
    className: 'calendar-chip',
    title: [subject, lead?.name, assigned_user?.name].filter(Boolean).join(' · '),
    'data-late': is_overdue || undefined,
  }
  const text = (
    <>
      {is_overdue && <CircleAlert size={12} role="img" aria-label={tasks.isLate} />} {due_time} {subject}
      {hasLead && lead && <span className="calendar-lead"> {lead.name}</span>}
    </>
  )
  if (!doing) return <span {...shown}>{text}</span>
  return (
    <div {...shown} {...draggable(task)}>
      <Tick task={task} />
      <UnstyledButton className="calendar-text" onClick={() => doing.open(task)}>
        {text}
      </UnstyledButton>
    </div>
  )
}

/** Done, it leaves the calendar; what is said then takes it back. */
function Tick({ task }: { task: Task }) {
  const { tasks } = useWords()
  const { isPending, complete } = useDone(task)
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the checkbox within it is one, and has a name
    <label className="calendar-tick">
      <Checkbox
        size="xs"
        aria-label={tasks.complete(task.subject)}
        checked={isPending}
        disabled={isPending}
        onChange={complete}
      />
    </label>
  )
}
