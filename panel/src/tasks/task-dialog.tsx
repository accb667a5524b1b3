import { Alert, Button, Group, Modal, Select, SimpleGrid, Stack, Textarea, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useQuery } from '@tanstack/react-query'
import { useChange } from '../api/change.tsx'
import { type ApiFailure, fieldErrors } from '../api/failure.ts'
import { look } from '../api/look.ts'
import { useCan, useSession } from '../api/session.ts'
import type { Task } from '../api/types.ts'
import { useFormat } from '../parts/format.ts'
import { useWords } from '../words/words.ts'
import { LeadPicker } from './lead-picker.tsx'
import { useDelete } from './use-delete.ts'

type Wanted = { task?: Task; day?: string; time?: string; close: () => void }

/** A new task, or one that is changed. */
export function TaskDialog({ task, day, time, close }: Wanted) {
  const words = useWords()
  const { tasks, common } = words
  const { user } = useSession()
  const { today } = useFormat()
  const form = useForm({ initialValues: valuesOf(task, { day: day ?? today(), time, me: user.id }) })
  function failed(error: ApiFailure) {
    form.setErrors(fieldErrors(error, words))
    return error.body.errors !== undefined
  }
  const shared = { touches: ['leads' as const], done: close, failed }
  const create = useChange('POST /tasks', {
    ...shared,
    said: (_, { body }) => ({ text: tasks.created(body.subject) }),
  })
  const save = useChange('PATCH /tasks/{id}', {
    ...shared,
    said: () => ({ text: tasks.saved }),
  })
  const remove = useDelete(close)
  function submit({ due_time, lead_id, assigned_to, ...written }: typeof form.values) {
    const [lead, person] = [lead_id, assigned_to].map((id) => (id ? Number(id) : null))
    const body = { ...written, due_time: due_time || null, lead_id: lead, assigned_to: person }
    if (task) save.mutate({ params: { id: task.id }, body })
    else create.mutate({ body })
  }
  return (
    <Modal opened onClose={close} title={task ? tasks.edit : tasks.new} size="lg">
      <form onSubmit={form.onSubmit(submit)} noValidate>
        <Stack>
          {task?.is_mandatory && <Alert color="yellow">{tasks.mandatoryHelp}</Alert>}
          <TextInput label={tasks.subject} required data-autofocus {...form.getInputProps('subject')} />
          <LeadPicker
            known={task?.lead ?? null}
            value={form.values.lead_id}
            onChange={(id) => form.setFieldValue('lead_id', id)}
            error={form.errors.lead_id}
          />
          <SimpleGrid cols={2}>
            <TextInput label={tasks.due} type="date" {...form.getInputProps('due_date')} />
            <TextInput label={tasks.time} type="time" {...form.getInputProps('due_time')} />
            <Select
              label={tasks.type}
              data={Object.entries(tasks.types).map(([value, label]) => ({ value, label }))}
              allowDeselect={false}
              {...form.getInputProps('type')}
            />
            <Select
              label={tasks.priority}
              data={Object.entries(tasks.priorities).map(([value, label]) => ({ value, label }))}
              allowDeselect={false}
              {...form.getInputProps('priority')}
            />
          </SimpleGrid>
          <Assignee {...form.getInputProps('assigned_to')} />
          <Textarea label={tasks.description} autosize minRows={2} {...form.getInputProps('description')} />
          <Group justify="flex-end">
            {task && !task.is_mandatory && (
              <Button
                variant="subtle"
                color="red"
                mr="auto"
                loading={remove.isPending}
                onClick={() => remove.mutate({ params: { id: task.id }, task })}
              >
                {tasks.delete}
              </Button>
            )}
            <Button variant="default" onClick={close}>
              {common.cancel}
            </Button>
            <Button type="submit" loading={create.isPending || save.isPending}>
              {task ? common.save : tasks.create}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}

type Planned = { day: string; time?: string; me: number }

const valuesOf = (task: Task | undefined, { day, time, me }: Planned) => ({
  subject: task?.subject ?? '',
  type: task?.type ?? ('call' as const),
  priority: task?.priority ?? ('medium' as const),
  due_date: task?.due_date ?? day,
  due_time: (task ? task.due_time : time) ?? '',
  lead_id: task?.lead_id ? String(task.lead_id) : null,
  assigned_to: task ? idOf(task.assigned_to) : String(me),
  description: task?.description ?? '',
})

const idOf = (id: number | null) => (id === null ? null : String(id))

function Assignee(props: object) {
  const { tasks, leads, common } = useWords()
  const { user } = useSession()
  const users = useQuery({ ...look('GET /users'), enabled: useCan('users:read') })
  const others = (users.data?.data ?? []).filter(({ id }) => id !== user.id)
  return (
    <Select
      label={tasks.assignee}
      placeholder={common.nobody}
      data={[
        { value: String(user.id), label: leads.me(user.name) },
        ...others.map(({ id, name }) => ({ value: String(id), label: name })),
      ]}
      searchable
      clearable
      {...props}
    />
  )
}
