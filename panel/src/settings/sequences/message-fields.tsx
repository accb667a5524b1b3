import { Select } from '@mantine/core'
import { useWords } from '../../words/words.ts'
import type { FieldsOf } from './step-fields.tsx'
import { TemplateFields } from './template-fields.tsx'
import { TextWithVariables } from './text-with-variables.tsx'

const ways = ['skip', 'wait', 'template'] as const

export function MessageFields({ form, index }: FieldsOf) {
  const words = useWords().settings.sequences
  const step = form.values.steps[index]!
  return (
    <>
      <TextWithVariables
        label={words.text}
        placeholder={words.textExample}
        isLong
        value={step.text}
        change={(text) => form.setFieldValue(`steps.${index}.text`, text)}
        error={form.errors[`steps.${index}.text`]}
      />
      <Select
        label={words.windowClosed}
        description={words.windowClosedHelp}
        data={ways.map((way) => ({ value: way, label: words.ways[way] }))}
        allowDeselect={false}
        {...form.getInputProps(`steps.${index}.when_window_closed`)}
      />
      {step.when_window_closed === 'template' && (
        <TemplateFields form={form} at={`steps.${index}.fallback`} />
      )}
    </>
  )
}
