import { Tabs } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useQuery } from '@tanstack/react-query'
import { useSearchParams } from 'wouter'
import { useChange } from '../../api/change.tsx'
import { look } from '../../api/look.ts'
import { useCan } from '../../api/session.ts'
import type { Sequence } from '../../api/types.ts'
import { Asked } from '../../parts/asked.tsx'
import { useWords } from '../../words/words.ts'
import { toFields } from '../parts/form-failure.ts'
import { Section } from '../parts/section.tsx'
import { bodyOf, type Values, valuesOf } from './draft.ts'
import { Editor } from './editor.tsx'
import { PauseButton } from './pause-button.tsx'
import { Runs } from './runs/runs.tsx'
import { SequenceMenu } from './sequence-menu.tsx'

export function SequenceDetail({ id }: { id: number }) {
  const { settings } = useWords()
  const words = settings.sequences
  const mayChange = useCan('sequences:write')
  const [search, setSearch] = useSearchParams()
  const view = search.get('view') === 'runs' || !mayChange ? 'runs' : 'steps'
  const asked = useQuery(look('GET /sequences/{id}', { params: { id } }))
  const sequence = asked.data?.sequence
  return (
    <Section
      title={sequence?.name ?? settings.sections.sequences}
      from={{ path: '/settings/sequences', name: settings.sections.sequences }}
      isLocked={!mayChange}
      beside={
        sequence &&
        mayChange && (
          <>
            <PauseButton sequence={sequence} size="sm" />
            <SequenceMenu sequence={sequence} />
          </>
        )
      }
    >
      <Asked of={asked}>
        {({ sequence }) => (
          <Tabs
            value={view}
            onChange={(chosen) => setSearch(chosen === 'runs' ? { view: 'runs' } : {}, { replace: true })}
            keepMounted={false}
          >
            <Tabs.List mb="md">
              {mayChange && <Tabs.Tab value="steps">{words.stepsTab}</Tabs.Tab>}
              <Tabs.Tab value="runs">{words.runsTab(sequence.runs.active)}</Tabs.Tab>
            </Tabs.List>
            {mayChange && (
              <Tabs.Panel value="steps">
                <Saved key={sequence.version} sequence={sequence} />
              </Tabs.Panel>
            )}
            <Tabs.Panel value="runs">
              <Runs sequence={sequence} />
            </Tabs.Panel>
          </Tabs>
        )}
      </Asked>
    </Section>
  )
}

function Saved({ sequence }: { sequence: Sequence }) {
  const words = useWords()
  const form = useForm({ initialValues: valuesOf(sequence) })
  const save = useChange('PUT /sequences/{id}', {
    done: () => form.resetDirty(),
    said: () => ({ text: words.settings.saved }),
    failed: toFields(form, words),
  })
  function send(values: Values) {
    const { steps, ...settings } = bodyOf(values)
    // New steps are a new version; whoever changes only the name makes none.
    const changes = form.isDirty('steps') ? { steps, apply_to_runs: values.apply_to_runs } : {}
    save.mutate({ params: { id: sequence.id }, body: { ...settings, ...changes } })
  }
  return <Editor form={form} isSaving={save.isPending} save={send} runs={sequence.runs.active} />
}
