import { PasswordInput, Text, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useChange } from '../../api/change.tsx'
import type { WhatsAppInstanceDetail } from '../../api/types.ts'
import { useWords } from '../../words/words.ts'
import { DialogForm } from '../parts/dialog-form.tsx'
import { toFields } from '../parts/form-failure.ts'

const fieldsOf = { cloud_api: ['token', 'app_secret'], waha: ['base_url', 'api_key'], sandbox: [] } as const

/** New secrets for a number that has some; what stays empty stays as it is. */
export function NewSecrets({ number, close }: { number: WhatsAppInstanceDetail; close: () => void }) {
  const words = useWords()
  const { cloud, waha, changeSecrets, changeSecretsHelp, connectIt } = words.settings.whatsapp
  const form = useForm({ initialValues: { token: '', app_secret: '', base_url: '', api_key: '' } })
  const save = useChange('PUT /whatsapp/instances/{id}', { done: close, failed: toFields(form, words) })
  const labels = {
    token: cloud.token,
    app_secret: cloud.appSecret,
    base_url: waha.address,
    api_key: waha.key,
  }
  function submit(values: typeof form.values) {
    const written = Object.fromEntries(Object.entries(values).filter(([, value]) => value.trim()))
    save.mutate({ params: { id: number.id }, body: written })
  }
  return (
    <DialogForm
      title={changeSecrets}
      action={connectIt}
      isBusy={save.isPending}
      close={close}
      submit={form.onSubmit(submit)}
    >
      <Text size="sm" c="dimmed">
        {changeSecretsHelp}
      </Text>
      {fieldsOf[number.provider].map((field) =>
        field === 'base_url' ? (
          <TextInput
            key={field}
            label={labels[field]}
            placeholder={number.connection?.base_url ?? ''}
            type="url"
            {...form.getInputProps(field)}
          />
        ) : (
          <PasswordInput
            key={field}
            label={labels[field]}
            autoComplete="off"
            {...form.getInputProps(field)}
          />
        ),
      )}
    </DialogForm>
  )
}
