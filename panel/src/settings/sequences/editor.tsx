import { Radio, Select, Stack, Switch, TextInput, Title } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import { useQuery } from '@tanstack/react-query'
import { look } from '../../api/look.ts'
import { useWords } from '../../words/words.ts'
import { SaveBar } from '../parts/save-bar.tsx'
import type { Values } from './draft.ts'
import { SendingHours } from './sending-hours.tsx'
import { Steps } from './steps.tsx'

export type SequenceForm = UseFormReturnType<Values>
type Wanted = {
  form: SequenceForm
  isSaving: boolean
  save: (values: Values) => void
  /** How many leads are in it now. */
  runs?: number
}

/** The whole sequence on one page: its name, its steps in order, and when it sends and stops. */
export function Editor({ form, isSaving, save, runs = 0 }: Wanted) {
  const { settings } = useWords()
  const words = settings.sequences
  const numbers = useQuery(look('GET /whatsapp/instances')).data?.data ?? []
  return (
    <form onSubmit={form.onSubmit(save)} noValidate>
      <Stack maw="44rem" gap="lg">
        <TextInput label={settings.name} placeholder={words.nameExample} {...form.getInputProps('name')} />
        <section>
          <Title order={2} mb="xs">
            {words.stepsTab}
          </Title>
          <Steps form={form} />
        </section>
        <Stack gap="sm">
          <Title order={2}>{words.rules}</Title>
          <SendingHours form={form} />
          <Switch
            label={words.stopOnReply}
            description={words.stopOnReplyHelp}
            {...form.getInputProps('stop_on_reply', { type: 'checkbox' })}
          />
          <Switch
            label={words.stopOnStage}
            {...form.getInputProps('stop_on_stage_change', { type: 'checkbox' })}
          />
          <Select
            label={words.number}
            placeholder={words.primaryNumber}
            data={numbers.map(({ id, display_name }) => ({ value: String(id), label: display_name }))}
            clearable
            maw="20rem"
            {...form.getInputProps('instance_id')}
          />
        </Stack>
        {runs > 0 && form.isDirty('steps') && (
          <Radio.Group
            label={words.applyTitle(runs)}
            description={words.applyHelp}
            {...form.getInputProps('apply_to_runs')}
          >
            <Stack gap="xs" mt={6}>
              <Radio value="finish" label={words.applyFinish} />
              <Radio value="move" label={words.applyMove} />
            </Stack>
          </Radio.Group>
        )}
      </Stack>
      <SaveBar isDirty={form.isDirty()} isSaving={isSaving} discard={form.reset} />
    </form>
  )
}
