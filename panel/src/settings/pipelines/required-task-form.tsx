import { Group, NumberInput, Select, Textarea, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useChange } from '../../api/change.tsx'
import type { RequiredTask, Stage } from '../../api/types.ts'
import { useWords } from '../../words/words.ts'
import { DialogForm } from '../parts/dialog-form.tsx'
import { toFields } from '../parts/form-failure.ts'
import { VariableMenu } from '../parts/variable-menu.tsx'

const types = ['call', 'whatsapp', 'email', 'meeting', 'visit', 'task'] as const
const priorities = ['high', 'medium', 'low'] as const
const variables = ['lead_name', 'stage_name'] as const

type Wanted = { stage: Stage; demand?: RequiredTask; close: () => void }

export function RequiredTaskForm({ stage, demand, close }: Wanted) {
  const words = useWords()
  const { process } = words.settings
  const form = useForm({
    initialValues: {
      subject: demand?.subject ?? '',
      description: demand?.description ?? '',
      type: demand?.type ?? ('call' as RequiredTask['type']),
      priority: demand?.priority ?? ('medium' as RequiredTask['priority']),
      due_in_days: demand?.due_in_days ?? 1,
    },
  })
  const wanted = {
    touches: ['stages' as const, 'tasks' as const],
    done: close,
    failed: toFields(form, words),
  }
  const create = useChange('POST /stages/{id}/required-tasks', wanted)
  const save = useChange('PUT /required-tasks/{id}', wanted)
  function submit(body: typeof form.values) {
    if (demand) save.mutate({ params: { id: demand.id }, body })
    else create.mutate({ params: { id: stage.id }, body })
  }
  return (
    <DialogForm
      title={demand ? words.settings.edit : process.newDemandFor(stage.name)}
      action={words.common.save}
      isBusy={create.isPending || save.isPending}
      close={close}
      submit={form.onSubmit(submit)}
    >
      <TextInput
        label={process.subject}
        description={demand ? process.demandKept : process.demandHelp}
        data-autofocus
        rightSection={
          <VariableMenu
            variables={variables.map((name) => ({ name, label: process.variables[name] }))}
            insert={(variable) =>
              form.setFieldValue('subject', `${form.values.subject.trimEnd()} ${variable}`.trimStart())
            }
          />
        }
        {...form.getInputProps('subject')}
      />
      <Group grow align="flex-start">
        <Select
          label={process.type}
          data={types.map((type) => ({ value: type, label: process.types[type] }))}
          allowDeselect={false}
          {...form.getInputProps('type')}
        />
        <Select
          label={process.priority}
          data={priorities.map((each) => ({ value: each, label: process.priorities[each] }))}
          allowDeselect={false}
          {...form.getInputProps('priority')}
        />
      </Group>
      <NumberInput
        label={process.dueDays}
        description={process.dueDaysHelp}
        min={0}
        max={365}
        {...form.getInputProps('due_in_days')}
      />
      <Textarea label={process.description} autosize minRows={2} {...form.getInputProps('description')} />
    </DialogForm>
  )
}
