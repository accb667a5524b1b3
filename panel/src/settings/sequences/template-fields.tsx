import { Select } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { look } from '../../api/look.ts'
import { useWords } from '../../words/words.ts'
import type { SequenceForm } from './editor.tsx'
import { approved } from './step-words.ts'
import { TextWithVariables } from './text-with-variables.tsx'

type At = `steps.${number}` | `steps.${number}.fallback`

/** A template that was approved, and what its variables say. */
export function TemplateFields({ form, at }: { form: SequenceForm; at: At }) {
  const { settings } = useWords()
  const words = settings.sequences
  const found = useQuery(look('GET /whatsapp/templates', approved)).data
  const templates = found?.data ?? []
  const { template_id, variables } = form.getInputProps(at).value as {
    template_id: string | null
    variables: string[]
  }
  const template = templates.find(({ id }) => String(id) === template_id)
  // A list of errors for the whole of its variables, or of the fallback.
  const error = form.errors[`${at}.template_id`] ?? form.errors[at] ?? form.errors[`${at}.variables`]
  return (
    <>
      <Select
        label={words.template}
        placeholder={templates.length === 0 && found ? words.noTemplates : undefined}
        data={templates.map(({ id, name, language }) => ({
          value: String(id),
          label: `${name} (${language})`,
        }))}
        searchable
        value={template_id}
        onChange={(chosen) => {
          form.setFieldValue(`${at}.template_id`, chosen)
          form.setFieldValue(`${at}.variables`, [])
        }}
        error={error}
      />
      {template?.variables.map(({ name }, place) => (
        <TextWithVariables
          key={name}
          label={settings.whatsapp.templates.variable(name)}
          value={variables[place] ?? ''}
          change={(text) => {
            const all = template.variables.map((_, each) => (each === place ? text : (variables[each] ?? '')))
            form.setFieldValue(`${at}.variables`, all)
          }}
        />
      ))}
    </>
  )
}
