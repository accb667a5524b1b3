import { Button, Group, PasswordInput, Stack, Text, Title } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useChange } from '../../api/change.tsx'
import { useWords } from '../../words/words.ts'
import { toFields } from '../parts/form-failure.ts'

export function PasswordForm() {
  const words = useWords()
  const { access } = words.settings
  const form = useForm({ initialValues: { current_password: '', password: '' } })
  const save = useChange('PUT /session/password', {
    done: form.reset,
    said: () => ({ text: access.passwordChanged }),
    failed: toFields(form, words),
  })
  const show = { visibilityToggleButtonProps: { 'aria-label': words.signIn.showPassword } }
  return (
    <form
      onSubmit={form.onSubmit(({ current_password, password }) =>
        save.mutate({ body: { password, ...(current_password ? { current_password } : {}) } }),
      )}
      noValidate
    >
      <Stack>
        <Title order={2}>{access.password}</Title>
        <Text size="sm" c="dimmed">
          {access.passwordHelp}
        </Text>
        <PasswordInput
          label={access.currentPassword}
          description={access.currentPasswordHelp}
          autoComplete="current-password"
          {...show}
          {...form.getInputProps('current_password')}
        />
        <PasswordInput
          label={access.newPassword}
          autoComplete="new-password"
          {...show}
          {...form.getInputProps('password')}
        />
        <Group>
          <Button type="submit" variant="default" loading={save.isPending}>
            {access.changePassword}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
