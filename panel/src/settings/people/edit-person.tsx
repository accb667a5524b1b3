import { useForm } from '@mantine/form'
import { useChange } from '../../api/change.tsx'
import type { User } from '../../api/types.ts'
import { useWords } from '../../words/words.ts'
import { DialogForm } from '../parts/dialog-form.tsx'
import { toFields } from '../parts/form-failure.ts'
import { PersonFields } from './person-fields.tsx'

export function EditPerson({ user, close }: { user: User; close: () => void }) {
  const words = useWords()
  const { name, email, role } = user
  const form = useForm({ initialValues: { name, email, role } })
  const save = useChange('PUT /users/{id}', {
    touches: ['session'],
    done: close,
    said: () => ({ text: words.settings.saved }),
    failed: toFields(form, words),
  })
  return (
    <DialogForm
      title={user.name}
      action={words.common.save}
      isBusy={save.isPending}
      close={close}
      submit={form.onSubmit((body) => save.mutate({ params: { id: user.id }, body }))}
    >
      <PersonFields form={form} />
    </DialogForm>
  )
}
