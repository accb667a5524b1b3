import { Button, Tabs } from '@mantine/core'
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
import { AddLeads } from './enrollments/add-leads.tsx'
import { PauseButton } from './pause-button.tsx'
import { Runs } from './runs/runs.tsx'
import { SequenceMenu } from './sequence-menu.tsx'

const views = ['steps', 'runs', 'add'] as const
type View = (typeof views)[number]

export function SequenceDetail({ id }: { id: number }) {
  const { settings } = useWords()
  const words = settings.sequences
  const mayChange = useCan('sequences:write')
  const [search, setSearch] = useSearchParams()
  const view = mayChange ? viewIn(search) : 'runs'
  const show = (chosen: View) => setSearch(addressOf(chosen), { replace: true })
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
          <Tabs value={view} onChange={(chosen) => show(chosen as View)} keepMounted={false}>
            <Tabs.List mb="md" className="settings-tabs">
              {mayChange && <Tabs.Tab value="steps">{words.stepsTab}</Tabs.Tab>}
              <Tabs.Tab value="runs">{words.runsTab(sequence.runs.active)}</Tabs.Tab>
              {mayChange && <Tabs.Tab value="add">{settings.enrollments.tab}</Tabs.Tab>}
            </Tabs.List>
            {mayChange && (
              <Tabs.Panel value="steps">
                <Saved key={sequence.version} sequence={sequence} />
              </Tabs.Panel>
            )}
            <Tabs.Panel value="runs">
              <Runs
                sequence={sequence}
                add={
                  mayChange && (
                    <Button size="compact-sm" variant="subtle" onClick={() => show('add')}>
                      {settings.enrollments.tab}
                    </Button>
                  )
                }
              />
            </Tabs.Panel>
            {mayChange && (
              <Tabs.Panel value="add">
                <AddLeads sequence={sequence} />
              </Tabs.Panel>
            )}
          </Tabs>
        )}
      </Asked>
    </Section>
  )
}

const viewIn = (search: URLSearchParams) => views.find((each) => each === search.get('view')) ?? 'steps'

/** Whoever adds leads begins with those that one still sells to. */
const addressOf = (view: View): Record<string, string> =>
  view === 'steps' ? {} : view === 'runs' ? { view } : { view, status: 'open' }

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
