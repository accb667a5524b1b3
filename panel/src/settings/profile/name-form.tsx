import { Stack, Text, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useChange } from '../../api/change.tsx'
import { useCan, useSession } from '../../api/session.ts'
import { useWords } from '../../words/words.ts'
import { toFields } from '../parts/form-failure.ts'
import { SaveBar } from '../parts/save-bar.tsx'

/** Who I am; who is no administrator asks one to change it. */
export function NameForm() {
  const words = useWords()
  const { access, name, saved } = words.settings
  const { user } = useSession()
  const mayChange = useCan('users:write')
  const form = useForm({ initialValues: { name: user.name, email: user.email } })
  const save = useChange('PUT /users/{id}', {
    touches: ['session'],
    done: () => form.resetDirty(),
    said: () => ({ text: saved }),
    failed: toFields(form, words),
  })
  return (
    <form onSubmit={form.onSubmit((body) => save.mutate({ params: { id: user.id }, body }))} noValidate>
      <Stack>
        <TextInput label={name} disabled={!mayChange} autoComplete="name" {...form.getInputProps('name')} />
        <TextInput
          label={access.email}
          type="email"
          disabled={!mayChange}
          autoComplete="email"
          {...form.getInputProps('email')}
        />
        <Text size="sm" c="dimmed">
          {access.myRole(access.roles[user.role])} {!mayChange && access.askAdmin}
        </Text>
      </Stack>
      <SaveBar isDirty={form.isDirty()} isSaving={save.isPending} discard={form.reset} />
    </form>
  )
}
