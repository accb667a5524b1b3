import { Button, Checkbox, Group, Text, Title } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import type { AnswerOf } from '../api/call.ts'
import { useChange } from '../api/change.tsx'
import { useCan } from '../api/session.ts'
import { Asked } from '../parts/asked.tsx'
import { useFormat } from '../parts/format.ts'
import { taskIcons } from '../tasks/task-icons.ts'
import { useWords } from '../words/words.ts'
import type { ShownLead } from './lead-cache.ts'
import { pendingTasksOf } from './lead-looks.ts'
import { NewTask } from './new-task.tsx'

type Task = AnswerOf<'GET /tasks'>['data'][number]

/** What is still to be done for this lead, soonest first. */
export function LeadTasks({ lead }: { lead: ShownLead }) {
  const { leads } = useWords()
  const [isAdding, { open, close }] = useDisclosure(false)
  const mayWrite = useCan('tasks:write')
  const asked = useQuery({ ...pendingTasksOf(lead.id), enabled: useCan('tasks:read') })
  return (
    <section className="lead-box" aria-label={leads.tasks}>
      <Group justify="space-between" mb="xs">
        <Title order={2}>{leads.tasks}</Title>
        {mayWrite && !isAdding && (
          <Button
            size="compact-sm"
            variant="subtle"
            leftSection={<Plus size={14} aria-hidden />}
            onClick={open}
          >
            {leads.newTask}
          </Button>
        )}
      </Group>
      {isAdding && <NewTask lead={lead} close={close} />}
      <Asked of={asked}>
        {({ data }) =>
          data.length === 0 && !isAdding ? (
            <Text size="sm" c="dimmed">
              {leads.taskNone}
            </Text>
          ) : (
            data.map((task) => <OneTask key={task.id} task={task} mayWrite={mayWrite} />)
          )
        }
      </Asked>
    </section>
  )
}

function OneTask({ task, mayWrite }: { task: Task; mayWrite: boolean }) {
  const { leads, tasks } = useWords()
  const { day } = useFormat()
  const params = { id: task.id }
  const reopen = useChange('PUT /tasks/{id}/reopen', { touches: ['leads'] })
  const complete = useChange('PUT /tasks/{id}/complete', {
    touches: ['leads'],
    said: () => ({ text: leads.taskDone(task.subject), undo: () => reopen.mutate({ params }) }),
  })
  const Icon = taskIcons[task.type]
  const facts = [
    task.due_time ? `${day(task.due_date)}, ${task.due_time.slice(0, 5)}` : day(task.due_date),
    task.is_overdue && leads.taskLate,
    task.is_mandatory && leads.taskMandatory,
    task.assigned_user?.name,
  ]
  return (
    <Group wrap="nowrap" gap="xs" py={6} align="flex-start">
      <Checkbox
        mt={2}
        aria-label={leads.taskComplete(task.subject)}
        checked={complete.isPending || complete.isSuccess}
        disabled={!mayWrite || complete.isPending}
        onChange={() => complete.mutate({ params })}
      />
      <div style={{ minWidth: 0 }}>
        <Text size="sm">{task.subject}</Text>
        <Group gap={4} c={task.is_overdue ? 'var(--mantine-color-error)' : 'dimmed'} fz="xs" wrap="nowrap">
          <Icon size={14} role="img" aria-label={tasks.types[task.type]} />
          {facts.filter(Boolean).join(' · ')}
        </Group>
      </div>
    </Group>
  )
}
