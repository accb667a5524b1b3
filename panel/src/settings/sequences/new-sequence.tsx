import { useForm } from '@mantine/form'
import { useLocation } from 'wouter'
import { useChange } from '../../api/change.tsx'
import { letLeave } from '../../parts/leaving.tsx'
import { useWords } from '../../words/words.ts'
import { toFields } from '../parts/form-failure.ts'
import { Section } from '../parts/section.tsx'
import { bodyOf, emptyValues } from './draft.ts'
import { Editor } from './editor.tsx'

export function NewSequence() {
  const words = useWords()
  const { sequences, sections } = words.settings
  const [, go] = useLocation()
  const form = useForm({ initialValues: emptyValues })
  const create = useChange('POST /sequences', {
    touches: ['account'],
    failed: toFields(form, words),
    said: () => ({ text: sequences.created }),
    done({ sequence }) {
      letLeave()
      go(`/settings/sequences/${sequence.id}`)
    },
  })
  return (
    <Section
      title={sequences.create}
      help={sequences.newHelp}
      from={{ path: '/settings/sequences', name: sections.sequences }}
    >
      <Editor
        form={form}
        isSaving={create.isPending}
        save={(values) => create.mutate({ body: bodyOf(values) })}
      />
    </Section>
  )
}
