import { Alert, Anchor, Button, Stack, Text, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useChange } from '../api/change.tsx'
import { fieldErrors } from '../api/failure.ts'
import { useWords } from '../words/words.ts'

export function ForgottenForm({ back }: { back: () => void }) {
  const words = useWords()
  const { signIn } = words
  const form = useForm({ initialValues: { email: '' } })
  const ask = useChange('POST /session/forgotten', {
    failed(error) {
      form.setErrors(fieldErrors(error, words))
      return error.body.errors !== undefined
    },
  })
  return (
    <form onSubmit={form.onSubmit((body) => ask.mutate({ body }))} noValidate>
      <Stack>
        {ask.isSuccess ? (
          <Alert role="status">{signIn.forgottenDone}</Alert>
        ) : (
          <>
            <Text c="dimmed">{signIn.forgottenHelp}</Text>
            <TextInput
              label={signIn.email}
              type="email"
              autoComplete="username"
              {...form.getInputProps('email')}
            />
            <Button type="submit" loading={ask.isPending}>
              {signIn.forgottenSubmit}
            </Button>
          </>
        )}
        <Anchor component="button" type="button" size="sm" onClick={back}>
          {signIn.back}
        </Anchor>
      </Stack>
    </form>
  )
}
