import { TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useQuery } from '@tanstack/react-query'
import { useChange } from '../../api/change.tsx'
import { look } from '../../api/look.ts'
import { useWords } from '../../words/words.ts'
import { DialogForm } from '../parts/dialog-form.tsx'
import { toFields } from '../parts/form-failure.ts'
import { EventPicker } from './event-picker.tsx'
import type { ShownWebhook } from './webhook-detail.tsx'
import type { EventName } from './webhook-form.tsx'

export function EditWebhook({ webhook, close }: { webhook: ShownWebhook; close: () => void }) {
  const words = useWords()
  const { url, urlHelp } = words.settings.webhooks
  const known = useQuery(look('GET /webhooks')).data?.supported_events ?? webhook.events
  const form = useForm({
    initialValues: { target_url: webhook.target_url, events: webhook.events as EventName[] },
  })
  const save = useChange('PUT /webhooks/{id}', {
    done: close,
    said: () => ({ text: words.settings.saved }),
    failed: toFields(form, words),
  })
  return (
    <DialogForm
      title={words.settings.edit}
      action={words.common.save}
      isBusy={save.isPending}
      close={close}
      size="lg"
      submit={form.onSubmit((body) => save.mutate({ params: { id: webhook.id }, body }))}
    >
      <TextInput
        label={url}
        description={urlHelp}
        type="url"
        data-autofocus
        {...form.getInputProps('target_url')}
      />
      <EventPicker
        all={known}
        chosen={form.values.events}
        change={(chosen) => form.setFieldValue('events', chosen)}
        error={form.errors.events}
      />
    </DialogForm>
  )
}
