import { Alert, Button, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { useChange } from '../api/change.tsx'
import { inWords } from '../api/failure.ts'
import type { Session } from '../api/session.ts'
import { useWords } from '../words/words.ts'

type Wanted = { token: string; enter: (session: Session) => void; instead: () => void }

/** A link that is only looked at, by a mail scanner or a preview, stays good: the button uses it. */
export function LinkForm({ token, enter, instead }: Wanted) {
  const words = useWords()
  const { signIn } = words
  const [refused, setRefused] = useState('')
  const use = useChange('POST /session/link', {
    done: enter,
    failed(error) {
      setRefused(inWords(error, words))
      return true
    },
  })
  if (refused)
    return (
      <Stack>
        <Alert color="red" role="alert">
          {refused}
        </Alert>
        <Button variant="default" onClick={instead}>
          {signIn.back}
        </Button>
      </Stack>
    )
  return (
    <Stack>
      <Text c="dimmed">{signIn.linkHelp}</Text>
      <Button loading={use.isPending} onClick={() => use.mutate({ body: { token } })} data-autofocus>
        {signIn.submit}
      </Button>
    </Stack>
  )
}
