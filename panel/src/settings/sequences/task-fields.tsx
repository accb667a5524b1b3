import { Group, NumberInput, Select } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { look } from '../../api/look.ts'
import { useWords } from '../../words/words.ts'
import type { FieldsOf } from './step-fields.tsx'
import { TextWithVariables } from './text-with-variables.tsx'

const types = ['call', 'whatsapp', 'email', 'meeting', 'visit', 'task'] as const

export function TaskFields({ form, index }: FieldsOf) {
  const { settings } = useWords()
  const { process, sequences: words } = settings
  const people = useQuery(look('GET /users')).data?.data ?? []
  const { task } = form.values.steps[index]!
  return (
    <>
      <TextWithVariables
        label={process.subject}
        value={task.subject}
        change={(subject) => form.setFieldValue(`steps.${index}.task.subject`, subject)}
        error={form.errors[`steps.${index}.task.subject`]}
      />
      <Group grow align="flex-start">
        <Select
          label={process.type}
          data={types.map((type) => ({ value: type, label: process.types[type] }))}
          allowDeselect={false}
          {...form.getInputProps(`steps.${index}.task.type`)}
        />
        <NumberInput
          label={process.dueDays}
          min={0}
          max={366}
          {...form.getInputProps(`steps.${index}.task.due_in_days`)}
        />
      </Group>
      <Select
        label={words.assignedTo}
        placeholder={words.leadOwner}
        data={people.map(({ id, name }) => ({ value: String(id), label: name }))}
        clearable
        {...form.getInputProps(`steps.${index}.task.assigned_to`)}
      />
    </>
  )
}
