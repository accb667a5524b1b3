import { useForm } from '@mantine/form'
import { useChange } from '../../api/change.tsx'
import type { User } from '../../api/types.ts'
import { useWords } from '../../words/words.ts'
import { DialogForm } from '../parts/dialog-form.tsx'
import { toFields } from '../parts/form-failure.ts'
import type { NewLink } from './people.tsx'
import { PersonFields } from './person-fields.tsx'

export function InviteForm({ close, show }: { close: () => void; show: (link: NewLink) => void }) {
  const words = useWords()
  const { invite } = words.settings.access
  const form = useForm({ initialValues: { name: '', email: '', role: 'manager' as User['role'] } })
  const create = useChange('POST /users', {
    touches: ['account'],
    failed: toFields(form, words),
    done({ user, sign_in_link }) {
      close()
      show({ name: user.name, link: sign_in_link })
    },
  })
  return (
    <DialogForm
      title={invite}
      action={words.settings.access.inviteSubmit}
      isBusy={create.isPending}
      close={close}
      submit={form.onSubmit((body) => create.mutate({ body }))}
    >
      <PersonFields form={form} />
    </DialogForm>
  )
}
