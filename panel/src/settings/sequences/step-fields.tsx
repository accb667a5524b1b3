import { Select, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { look } from '../../api/look.ts'
import { useWords } from '../../words/words.ts'
import { DurationInput } from './duration-input.tsx'
import type { SequenceForm } from './editor.tsx'
import { MessageFields } from './message-fields.tsx'
import { useStepWords } from './step-words.ts'
import { TaskFields } from './task-fields.tsx'
import { TemplateFields } from './template-fields.tsx'

export type FieldsOf = { form: SequenceForm; index: number }

/** What a step of this type says. */
export function StepFields({ form, index }: FieldsOf) {
  const words = useWords().settings.sequences
  const at = `steps.${index}` as const
  switch (form.values.steps[index]!.type) {
    case 'message':
      return <MessageFields form={form} index={index} />
    case 'template':
      return <TemplateFields form={form} at={at} />
    case 'wait_reply':
      return <WaitFields form={form} index={index} />
    case 'create_task':
      return <TaskFields form={form} index={index} />
    case 'move_stage':
      return <StageField form={form} index={index} />
    case 'add_tag':
    case 'remove_tag':
      return <TextInput label={words.tag} maxLength={50} {...form.getInputProps(`${at}.tag`)} />
    case 'webhook':
      return (
        <TextInput
          label={words.url}
          description={words.urlHelp}
          placeholder="https://"
          type="url"
          {...form.getInputProps(`${at}.url`)}
        />
      )
  }
}

function WaitFields({ form, index }: FieldsOf) {
  const words = useWords().settings.sequences
  const { branch } = useStepWords()
  const { steps } = form.values
  const step = steps[index]!
  const choices = ['next', 'end', ...steps.slice(index + 2).map(({ id }) => id)].map((value) => ({
    value,
    label: branch(value, steps),
  }))
  return (
    <>
      <DurationInput
        label={words.timeout}
        value={step.timeout}
        change={(timeout) => form.setFieldValue(`steps.${index}.timeout`, timeout)}
        error={form.errors[`steps.${index}.timeout`]}
      />
      <Select
        label={words.onReply}
        data={choices}
        allowDeselect={false}
        {...form.getInputProps(`steps.${index}.on_reply`)}
      />
      <Select
        label={words.onTimeout}
        data={choices}
        allowDeselect={false}
        {...form.getInputProps(`steps.${index}.on_timeout`)}
      />
    </>
  )
}

function StageField({ form, index }: FieldsOf) {
  const words = useWords().settings.sequences
  const pipelines = useQuery(look('GET /pipelines')).data?.pipelines ?? []
  return (
    <Select
      label={words.stage}
      data={pipelines.map(({ name, stages }) => ({
        group: name,
        items: stages.map(({ id, name }) => ({ value: String(id), label: name })),
      }))}
      searchable
      {...form.getInputProps(`steps.${index}.stage_id`)}
    />
  )
}
