import { Anchor, PasswordInput, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useState } from 'react'
import type { Input } from '../../api/call.ts'
import { useChange } from '../../api/change.tsx'
import { useWords } from '../../words/words.ts'
import { DialogForm } from '../parts/dialog-form.tsx'
import { toFields } from '../parts/form-failure.ts'
import { EventPicker } from './event-picker.tsx'

export type EventName = Input<'POST /webhooks'>['body']['events'][number]
type Wanted = {
  events: string[]
  close: () => void
  show: (made: { id: number; secret: string }) => void
}

export function WebhookForm({ events, close, show }: Wanted) {
  const words = useWords()
  const { create, createIt, url, urlHelp, ownSecret, ownSecretHelp, giveSecret } = words.settings.webhooks
  const [hasSecret, giveOne] = useState(false)
  const form = useForm({
    initialValues: { target_url: '', events: ['lead.created'] as EventName[], secret: '' },
  })
  const add = useChange('POST /webhooks', {
    touches: ['account'],
    failed: toFields(form, words),
    done({ id, secret }) {
      close()
      show({ id, secret })
    },
  })
  return (
    <DialogForm
      title={create}
      action={createIt}
      isBusy={add.isPending}
      close={close}
      size="lg"
      submit={form.onSubmit(({ secret, ...body }) =>
        add.mutate({ body: { ...body, ...(secret ? { secret } : {}) } }),
      )}
    >
      <TextInput
        label={url}
        description={urlHelp}
        placeholder="https://"
        type="url"
        data-autofocus
        {...form.getInputProps('target_url')}
      />
      <EventPicker
        all={events}
        chosen={form.values.events}
        change={(chosen) => form.setFieldValue('events', chosen)}
        error={form.errors.events}
      />
      {hasSecret ? (
        <PasswordInput
          label={ownSecret}
          description={ownSecretHelp}
          autoComplete="off"
          {...form.getInputProps('secret')}
        />
      ) : (
        <Anchor component="button" type="button" size="sm" ta="left" onClick={() => giveOne(true)}>
          {giveSecret}
        </Anchor>
      )}
    </DialogForm>
  )
}
