import { Select, Stack, Switch, TagsInput, Title } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useQuery } from '@tanstack/react-query'
import { useChange } from '../../api/change.tsx'
import { look } from '../../api/look.ts'
import type { Pipeline } from '../../api/types.ts'
import { Asked } from '../../parts/asked.tsx'
import { useWords } from '../../words/words.ts'
import { toFields } from '../parts/form-failure.ts'
import { SaveBar } from '../parts/save-bar.tsx'

/** What happens when somebody writes. */
export function ArrivalSettings({ mayChange }: { mayChange: boolean }) {
  const { whatsapp } = useWords().settings
  const asked = useQuery(look('GET /whatsapp/settings'))
  const pipelines = useQuery(look('GET /pipelines')).data?.pipelines
  return (
    <section>
      <Title order={2} mb="sm">
        {whatsapp.arrival.title}
      </Title>
      <Asked of={asked}>
        {({ settings }) => <Form chosen={settings} pipelines={pipelines ?? []} mayChange={mayChange} />}
      </Asked>
    </section>
  )
}

type Chosen = {
  takes_up_leads: boolean
  pipeline_id: number | null
  opt_out_words: string[]
  opt_in_words: string[]
}

function Form({
  chosen,
  pipelines,
  mayChange,
}: {
  chosen: Chosen
  pipelines: Pipeline[]
  mayChange: boolean
}) {
  const words = useWords()
  const { arrival } = words.settings.whatsapp
  const form = useForm({ initialValues: { ...chosen, pipeline_id: text(chosen.pipeline_id) } })
  const save = useChange('PUT /whatsapp/settings', {
    done: () => form.resetDirty(),
    said: () => ({ text: words.settings.saved }),
    failed: toFields(form, words),
  })
  function submit({ pipeline_id, ...written }: typeof form.values) {
    save.mutate({ body: { ...written, pipeline_id: pipeline_id ? Number(pipeline_id) : null } })
  }
  return (
    <form onSubmit={form.onSubmit(submit)} noValidate>
      <Stack maw="40rem">
        <Switch
          label={arrival.takesUp}
          description={arrival.takesUpHelp}
          disabled={!mayChange}
          {...form.getInputProps('takes_up_leads', { type: 'checkbox' })}
        />
        {form.values.takes_up_leads && (
          <Select
            label={arrival.pipeline}
            placeholder={arrival.defaultPipeline}
            data={pipelines.map(({ id, name }) => ({ value: String(id), label: name }))}
            clearable
            disabled={!mayChange}
            {...form.getInputProps('pipeline_id')}
          />
        )}
        <TagsInput
          label={arrival.optOut}
          description={arrival.optOutHelp}
          disabled={!mayChange}
          {...form.getInputProps('opt_out_words')}
        />
        <TagsInput
          label={arrival.optIn}
          description={arrival.optInHelp}
          disabled={!mayChange}
          {...form.getInputProps('opt_in_words')}
        />
      </Stack>
      <SaveBar isDirty={form.isDirty()} isSaving={save.isPending} discard={form.reset} />
    </form>
  )
}

const text = (id: number | null) => (id === null ? null : String(id))
