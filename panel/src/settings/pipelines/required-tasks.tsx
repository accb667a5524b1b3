import { ActionIcon, Button, Group, Stack, Text } from '@mantine/core'
import { Pencil, Plus, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useChange } from '../../api/change.tsx'
import type { RequiredTask, Stage } from '../../api/types.ts'
import { taskIcons } from '../../tasks/task-icons.ts'
import { useWords } from '../../words/words.ts'
import { Confirm } from '../parts/confirm.tsx'
import { RequiredTaskForm } from './required-task-form.tsx'

type Wanted = { stage: Stage; demands: RequiredTask[]; mayChange: boolean }

/** What every lead must have done before it leaves the stage. */
export function RequiredTasks({ stage, demands, mayChange }: Wanted) {
  const words = useWords().settings.process
  const [editing, edit] = useState<RequiredTask | 'new' | null>(null)
  return (
    <Stack gap="xs" px="md" pb="sm" pl={{ base: 'md', sm: 56 }}>
      {demands.length === 0 && (
        <Text size="sm" c="dimmed">
          {words.noDemands}
        </Text>
      )}
      {demands.map((demand) => (
        <Demand key={demand.id} demand={demand} edit={mayChange ? () => edit(demand) : undefined} />
      ))}
      {mayChange && (
        <div>
          <Button
            size="xs"
            variant="default"
            leftSection={<Plus size={14} aria-hidden />}
            onClick={() => edit('new')}
          >
            {words.newDemand}
          </Button>
        </div>
      )}
      {editing && (
        <RequiredTaskForm
          stage={stage}
          demand={editing === 'new' ? undefined : editing}
          close={() => edit(null)}
        />
      )}
    </Stack>
  )
}

function Demand({ demand, edit }: { demand: RequiredTask; edit?: () => void }) {
  const { settings } = useWords()
  const words = settings.process
  const [isRemoving, ask] = useState(false)
  const remove = useChange('DELETE /required-tasks/{id}', {
    touches: ['stages', 'tasks'],
    done: () => ask(false),
    said: () => ({ text: words.removed(demand.subject) }),
  })
  const Icon = taskIcons[demand.type]
  return (
    <Group gap="xs" wrap="nowrap">
      <Icon size={16} aria-hidden style={{ flex: 'none' }} />
      <div style={{ flex: 1, minWidth: 0 }}>
        <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
          {demand.subject}
        </Text>
        <Text size="xs" c="dimmed">
          {words.dueIn(demand.due_in_days)} · {words.priorities[demand.priority]}
        </Text>
      </div>
      {edit && (
        <>
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={`${settings.edit} ${demand.subject}`}
            onClick={edit}
          >
            <Pencil size={16} aria-hidden />
          </ActionIcon>
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={`${settings.remove} ${demand.subject}`}
            onClick={() => ask(true)}
          >
            <Trash2 size={16} aria-hidden />
          </ActionIcon>
        </>
      )}
      {isRemoving && (
        <Confirm
          title={words.removeTitle(demand.subject)}
          text={words.removeDemand}
          action={settings.remove}
          isBusy={remove.isPending}
          confirm={() => remove.mutate({ params: { id: demand.id } })}
          close={() => ask(false)}
        />
      )}
    </Group>
  )
}
