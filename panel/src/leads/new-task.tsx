import { Button, Group, Select, SimpleGrid, Stack, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import type { Input } from '../api/call.ts'
import { useChange } from '../api/change.tsx'
import { fieldErrors } from '../api/failure.ts'
import { useSession } from '../api/session.ts'
import { useFormat } from '../parts/format.ts'
import { useWords } from '../words/words.ts'
import type { ShownLead } from './lead-cache.ts'

type Body = Input<'POST /tasks'>['body']

/** The next step, in one line and a day. */
export function NewTask({ lead, close }: { lead: ShownLead; close: () => void }) {
  const words = useWords()
  const { leads, tasks, common } = words
  const { user } = useSession()
  const { today } = useFormat()
  const form = useForm({
    initialValues: { subject: '', type: 'call' as Body['type'], due_date: today(), due_time: '' },
  })
  const add = useChange('POST /tasks', {
    touches: ['leads'],
    done: close,
    failed(error) {
      form.setErrors(fieldErrors(error, words))
      return error.body.errors !== undefined
    },
  })
  function submit({ due_time, ...written }: typeof form.values) {
    const whose = { lead_id: lead.id, assigned_to: lead.assigned_to ?? user.id }
    add.mutate({ body: { ...written, ...whose, due_time: due_time || null } })
  }
  return (
    <form onSubmit={form.onSubmit(submit)} noValidate>
      <Stack gap="xs" mb="sm">
        <TextInput label={leads.taskSubject} autoFocus {...form.getInputProps('subject')} />
        <Select
          label={leads.taskType}
          data={Object.entries(tasks.types).map(([value, label]) => ({ value, label }))}
          allowDeselect={false}
          {...form.getInputProps('type')}
        />
        <SimpleGrid cols={2} spacing="xs">
          <TextInput label={leads.taskDue} type="date" {...form.getInputProps('due_date')} />
          <TextInput label={leads.taskTime} type="time" {...form.getInputProps('due_time')} />
        </SimpleGrid>
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={close}>
            {common.cancel}
          </Button>
          <Button type="submit" loading={add.isPending}>
            {leads.taskAdd}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
