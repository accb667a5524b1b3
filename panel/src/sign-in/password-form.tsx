import { Alert, Anchor, Button, PasswordInput, Select, Stack, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useState } from 'react'
import { useChange } from '../api/change.tsx'
import { type ApiFailure, fieldErrors, inWords } from '../api/failure.ts'
import type { Session } from '../api/session.ts'
import { useWords } from '../words/words.ts'

type Wanted = { enter: (session: Session) => void; forgotten: () => void }

export function PasswordForm({ enter, forgotten }: Wanted) {
  const words = useWords()
  const { signIn } = words
  const [refused, setRefused] = useState('')
  const [accounts, setAccounts] = useState<{ id: number; name: string }[]>([])
  const form = useForm({ initialValues: { email: '', password: '', account_id: '' } })

  function failed(error: ApiFailure) {
    form.setErrors(fieldErrors(error, words))
    setAccounts(error.body.accounts ?? [])
    setRefused(refusal(error))
    return true
  }
  function refusal(error: ApiFailure) {
    if (error.body.errors || error.body.accounts) return ''
    return inWords(error, words)
  }
  const open = useChange('POST /session', { done: enter, failed })

  function submit({ email, password, account_id }: typeof form.values) {
    setRefused('')
    open.mutate({ body: { email, password, ...(account_id ? { account_id: Number(account_id) } : {}) } })
  }

  return (
    <form onSubmit={form.onSubmit(submit)} noValidate>
      <Stack>
        {refused && (
          <Alert color="red" role="alert">
            {refused}
          </Alert>
        )}
        <TextInput
          label={signIn.email}
          type="email"
          autoComplete="username"
          {...form.getInputProps('email')}
        />
        <PasswordInput
          label={signIn.password}
          autoComplete="current-password"
          visibilityToggleButtonProps={{ 'aria-label': signIn.showPassword }}
          {...form.getInputProps('password')}
        />
        {accounts.length > 0 && (
          <>
            <Alert role="status">{signIn.chooseAccount}</Alert>
            <Select
              label={signIn.account}
              data={accounts.map(({ id, name }) => ({ value: String(id), label: name }))}
              allowDeselect={false}
              {...form.getInputProps('account_id')}
            />
          </>
        )}
        <Button type="submit" loading={open.isPending}>
          {signIn.submit}
        </Button>
        <Anchor component="button" type="button" size="sm" onClick={forgotten}>
          {signIn.forgotten}
        </Anchor>
      </Stack>
    </form>
  )
}
