import { Button } from '@mantine/core'
import { useState } from 'react'
import { useChange } from '../../api/change.tsx'
import { useWords } from '../../words/words.ts'
import { Confirm } from '../parts/confirm.tsx'
import type { ApiKey } from './keys.tsx'

export function RevokeButton({ apiKey }: { apiKey: ApiKey }) {
  const words = useWords().settings.access
  const [isAsking, ask] = useState(false)
  const revoke = useChange('DELETE /api-keys/{id}', {
    done: () => ask(false),
    said: () => ({ text: words.revoked(apiKey.name) }),
  })
  return (
    <>
      <Button size="xs" variant="default" aria-label={words.revokeIt(apiKey.name)} onClick={() => ask(true)}>
        {words.revoke}
      </Button>
      {isAsking && (
        <Confirm
          title={words.revokeTitle(apiKey.name)}
          text={words.revokeHelp}
          action={words.revoke}
          isBusy={revoke.isPending}
          confirm={() => revoke.mutate({ params: { id: apiKey.id } })}
          close={() => ask(false)}
        />
      )}
    </>
  )
}
