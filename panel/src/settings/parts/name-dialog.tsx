import { TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import type { ReactNode } from 'react'
import type { ApiFailure } from '../../api/failure.ts'
import { useWords } from '../../words/words.ts'
import { DialogForm } from './dialog-form.tsx'
import { toFields } from './form-failure.ts'

type Wanted = {
  title: string
  label?: string
  name?: string
  action?: string
  isBusy: boolean
  /** `failed` puts what the API says of the name beside it. */
  save: (name: string, failed: (error: ApiFailure) => void) => void
  close: () => void
  children?: ReactNode
}

/** A name, asked in a dialog. */
export function NameDialog({ title, label, name = '', action, isBusy, save, close, children }: Wanted) {
  const words = useWords()
  const form = useForm({ initialValues: { name } })
  const failed = (error: ApiFailure) => void toFields(form, words)(error)
  return (
    <DialogForm
      title={title}
      action={action ?? words.common.save}
      isBusy={isBusy}
      close={close}
      submit={form.onSubmit((written) => save(written.name, failed))}
    >
      <TextInput label={label ?? words.settings.name} data-autofocus {...form.getInputProps('name')} />
      {children}
    </DialogForm>
  )
}
