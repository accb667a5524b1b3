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
import { AddLeads } from './enrollments/add-leads.tsx'
import { PauseButton } from './pause-button.tsx'
import { Runs } from './runs/runs.tsx'
import { SequenceMenu } from './sequence-menu.tsx'

export function SequenceDetail({ id }: { id: number }) {
  const { settings } = useWords()
  const mayChange = useCan('sequences:write')
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
        {({ sequence }) => (mayChange ? <Views sequence={sequence} /> : <Runs sequence={sequence} />)}
      </Asked>
    </Section>
  )
}

const views = ['steps', 'runs', 'add'] as const
type View = (typeof views)[number]

/** Its steps, who is in it, and who else is to enter; which of them is seen stands in the address. */
function Views({ sequence }: { sequence: Sequence }) {
  const { sequences: words, enrollments } = useWords().settings
  const [search, setSearch] = useSearchParams()
  const show = (view: View) => setSearch(addressOf(view), { replace: true })
  return (
    <Tabs value={viewIn(search)} onChange={(chosen) => show(chosen as View)} keepMounted={false}>
      <Tabs.List mb="md" className="settings-tabs">
        <Tabs.Tab value="steps">{words.stepsTab}</Tabs.Tab>
        <Tabs.Tab value="runs">{words.runsTab(sequence.runs.active)}</Tabs.Tab>
        <Tabs.Tab value="add">{enrollments.tab}</Tabs.Tab>
      </Tabs.List>
      <Tabs.Panel value="steps">
        <Saved key={sequence.version} sequence={sequence} />
      </Tabs.Panel>
      <Tabs.Panel value="runs">
        <Runs sequence={sequence} add={() => show('add')} />
      </Tabs.Panel>
      <Tabs.Panel value="add">
        <AddLeads sequence={sequence} />
      </Tabs.Panel>
    </Tabs>
  )
}

const viewIn = (search: URLSearchParams): View =>
  search.has('run') ? 'runs' : (views.find((each) => each === search.get('view')) ?? 'steps')

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
