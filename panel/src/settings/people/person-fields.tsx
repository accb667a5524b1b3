import { Radio, Stack, TextInput } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import type { User } from '../../api/types.ts'
import { useWords } from '../../words/words.ts'

type Values = { name: string; email: string; role: User['role'] }

export function PersonFields({ form }: { form: UseFormReturnType<Values> }) {
  const { access, name } = useWords().settings
  return (
    <>
      <TextInput label={name} data-autofocus autoComplete="off" {...form.getInputProps('name')} />
      <TextInput label={access.email} type="email" autoComplete="off" {...form.getInputProps('email')} />
      <Radio.Group label={access.role} {...form.getInputProps('role')}>
        <Stack gap="xs" mt={6}>
          {(['admin', 'manager', 'viewer'] as const).map((role) => (
            <Radio key={role} value={role} label={access.roles[role]} description={access.rolesMay[role]} />
          ))}
        </Stack>
      </Radio.Group>
    </>
  )
}
