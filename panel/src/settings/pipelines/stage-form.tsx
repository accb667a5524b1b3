import { ColorInput, Input, SegmentedControl, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useChange } from '../../api/change.tsx'
import type { Pipeline, Stage } from '../../api/types.ts'
import { useWords } from '../../words/words.ts'
import { DialogForm } from '../parts/dialog-form.tsx'
import { toFields } from '../parts/form-failure.ts'

const colors = [
  '#64748b',
  '#0ea5e9',
  '#6366f1',
  '#a855f7',
  '#ec4899',
  '#f59e0b',
  '#f97316',
  '#16a34a',
  '#dc2626',
]
const kinds = ['open', 'won', 'lost'] as const
type Kind = (typeof kinds)[number]

/** A new stage, or one that is there. */
export function StageForm({
  pipeline,
  stage,
  close,
}: {
  pipeline: Pipeline
  stage?: Stage
  close: () => void
}) {
  const words = useWords()
  const { process, name } = words.settings
  const form = useForm({
    initialValues: { name: stage?.name ?? '', color: stage?.color ?? colors[1]!, kind: kindOf(stage) },
  })
  const wanted = {
    touches: ['pipelines' as const],
    done: close,
    failed: toFields(form, words),
  }
  const create = useChange('POST /pipelines/{id}/stages', wanted)
  const save = useChange('PUT /stages/{id}', { ...wanted, said: () => ({ text: words.settings.saved }) })
  function submit({ name, color, kind }: typeof form.values) {
    const outcome = { is_won: kind === 'won', is_lost: kind === 'lost' }
    if (!stage) {
      // A new step of the way stands before its ends.
      const place = pipeline.stages.findIndex(({ is_won, is_lost }) => is_won || is_lost)
      const position = kind === 'open' && place >= 0 ? { position: place + 1 } : {}
      return create.mutate({ params: { id: pipeline.id }, body: { name, color, ...outcome, ...position } })
    }
    const changes = kind === kindOf(stage) ? { name, color } : { name, color, ...outcome }
    save.mutate({ params: { id: stage.id }, body: changes })
  }
  return (
    <DialogForm
      title={stage ? stage.name : process.newStage}
      action={stage ? words.common.save : process.create}
      isBusy={create.isPending || save.isPending}
      close={close}
      submit={form.onSubmit(submit)}
    >
      <TextInput label={name} data-autofocus {...form.getInputProps('name')} />
      <ColorInput
        label={process.color}
        swatches={colors}
        swatchesPerRow={9}
        withPicker={false}
        withEyeDropper={false}
        {...form.getInputProps('color')}
      />
      <Input.Wrapper label={process.kind} description={process.kindHelp} labelElement="div">
        <SegmentedControl
          fullWidth
          mt={6}
          aria-label={process.kind}
          data={kinds.map((kind) => ({ value: kind, label: process.kinds[kind] }))}
          value={form.values.kind}
          onChange={(kind) => form.setFieldValue('kind', kind as Kind)}
        />
      </Input.Wrapper>
    </DialogForm>
  )
}

const kindOf = (stage: Stage | undefined): Kind => (stage?.is_won ? 'won' : stage?.is_lost ? 'lost' : 'open')
