import { Button } from '@mantine/core'
import { useState } from 'react'
import { ShownOnce } from '../settings/parts/shown-once.tsx'
import { InviteForm } from '../settings/people/invite-form.tsx'
import type { NewLink } from '../settings/people/people.tsx'
import { useWords } from '../words/words.ts'

/** What is shown once stays when the step is done by it. */
export function Invite({ isDone }: { isDone: boolean }) {
  const { access } = useWords().settings
  const [isInviting, invite] = useState(false)
  const [shown, show] = useState<NewLink | null>(null)
  return (
    <>
      {!isDone && (
        <Button variant="light" onClick={() => invite(true)}>
          {access.invite}
        </Button>
      )}
      {isInviting && <InviteForm close={() => invite(false)} show={show} />}
      {shown && (
        <ShownOnce
          title={access.linkFor(shown.name)}
          warning={access.linkOnce}
          label={access.link}
          value={shown.link}
          close={() => show(null)}
        />
      )}
    </>
  )
}
