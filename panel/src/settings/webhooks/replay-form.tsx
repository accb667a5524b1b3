import { Checkbox, Group, Text, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useChange } from '../../api/change.tsx'
import { useWords } from '../../words/words.ts'
import { DialogForm } from '../parts/dialog-form.tsx'
import { toFields } from '../parts/form-failure.ts'

const dayMs = 86_400_000

/** What happened in a stretch of time, sent once more. */
export function ReplayForm({ id, close }: { id: number; close: () => void }) {
  const words = useWords()
  const { webhooks } = words.settings
  const form = useForm({
    initialValues: { since: local(new Date(Date.now() - dayMs)), until: '', only_failed: true },
  })
  const replay = useChange('POST /webhooks/{id}/replay', {
    done: close,
    said: ({ queued }) => ({ text: webhooks.replayed(queued) }),
    failed: toFields(form, words),
  })
  function submit({ since, until, only_failed }: typeof form.values) {
    if (!since) return form.setFieldError('since', words.failures.field.required)
    const body = { since: instant(since), until: until ? instant(until) : null, only_failed }
    replay.mutate({ params: { id }, body })
  }
  return (
    <DialogForm
      title={webhooks.replay}
      action={webhooks.replayIt}
      isBusy={replay.isPending}
      close={close}
      submit={form.onSubmit(submit)}
    >
      <Text size="sm" c="dimmed">
        {webhooks.replayHelp}
      </Text>
      <Group grow align="flex-start">
        <TextInput
          label={webhooks.since}
          type="datetime-local"
          data-autofocus
          {...form.getInputProps('since')}
        />
        <TextInput label={webhooks.until} type="datetime-local" {...form.getInputProps('until')} />
      </Group>
      <Checkbox label={webhooks.onlyFailed} {...form.getInputProps('only_failed', { type: 'checkbox' })} />
    </DialogForm>
  )
}

// The browser's own field speaks of local time, without a zone.
const local = (date: Date) =>
  new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16)
const instant = (written: string) => new Date(written).toISOString()
