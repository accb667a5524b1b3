import { Anchor, Badge, Checkbox, Tooltip, UnstyledButton } from '@mantine/core'
import { Flag } from 'lucide-react'
import { Link } from 'wouter'
import { useCan } from '../api/session.ts'
import type { Task } from '../api/types.ts'
import { useWords } from '../words/words.ts'
import { taskIcons } from './task-icons.ts'
import { useDone } from './use-done.ts'

export function TaskRow({ task, edit }: { task: Task; edit: () => void }) {
  const { tasks } = useWords()
  const mayWrite = useCan('tasks:write')
  const { isPending, complete, reopen } = useDone(task)
  const isDone = task.status === 'completed'
  const Icon = taskIcons[task.type]
  return (
    <li className="tasks-row" data-late={task.is_overdue || undefined} data-done={isDone || undefined}>
      <Checkbox
        aria-label={isDone ? tasks.reopen(task.subject) : tasks.complete(task.subject)}
        checked={isDone !== isPending}
        disabled={!mayWrite || isPending}
        onChange={isDone ? reopen : complete}
      />
      <span className="tasks-type" title={tasks.types[task.type]}>
        <Icon size={16} role="img" aria-label={tasks.types[task.type]} />
      </span>
      <span className="tasks-what">
        {mayWrite ? (
          <UnstyledButton className="tasks-subject" aria-label={tasks.open(task.subject)} onClick={edit}>
            {task.subject}
          </UnstyledButton>
        ) : (
          <span className="tasks-subject">{task.subject}</span>
        )}
        <Marks task={task} />
      </span>
      <span className="tasks-lead">
        {task.lead && (
          <Anchor component={Link} href={`/leads/${task.lead.id}`} size="sm">
            {task.lead.name}
          </Anchor>
        )}
      </span>
      <span className="tasks-person">{task.assigned_user?.name}</span>
      <span className="tasks-time">
        {task.due_time?.slice(0, 5)} {task.is_overdue && <span>{tasks.isLate}</span>}
      </span>
    </li>
  )
}

function Marks({ task }: { task: Task }) {
  const { tasks } = useWords()
  const high = `${tasks.priority}: ${tasks.priorities.high}`
  return (
    <>
      {task.priority === 'high' && (
        <span className="tasks-flag" title={high}>
          <Flag size={14} role="img" aria-label={high} />
        </span>
      )}
      {task.is_mandatory && (
        <Tooltip label={tasks.mandatoryHelp} multiline maw={280} withArrow events={touched}>
          <Badge variant="light" color="yellow" size="sm" tt="none" fw={500} style={{ flex: 'none' }}>
            {tasks.mandatory}
          </Badge>
        </Tooltip>
      )}
    </>
  )
}

const touched = { hover: true, focus: true, touch: true }
