import { TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useChange } from '../../api/change.tsx'
import type { WhatsAppInstanceDetail } from '../../api/types.ts'
import { useWords } from '../../words/words.ts'
import { DialogForm } from '../parts/dialog-form.tsx'
import { toFields } from '../parts/form-failure.ts'

export function RenameNumber({ number, close }: { number: WhatsAppInstanceDetail; close: () => void }) {
  const words = useWords()
  const { settings, common } = words
  const form = useForm({ initialValues: { display_name: number.display_name } })
  const save = useChange('PUT /whatsapp/instances/{id}', {
    done: close,
    said: () => ({ text: settings.saved }),
    failed: toFields(form, words),
  })
  return (
    <DialogForm
      title={settings.rename}
      action={common.save}
      isBusy={save.isPending}
      close={close}
      submit={form.onSubmit((body) => save.mutate({ params: { id: number.id }, body }))}
    >
      <TextInput
        label={settings.whatsapp.displayName}
        data-autofocus
        {...form.getInputProps('display_name')}
      />
    </DialogForm>
  )
}
