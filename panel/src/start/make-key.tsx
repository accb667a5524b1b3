import { Button, Text } from '@mantine/core'
import { useState } from 'react'
import { KeyForm } from '../settings/keys/key-form.tsx'
import { CodeBlock } from '../settings/parts/code-block.tsx'
import { ShownOnce } from '../settings/parts/shown-once.tsx'
import { useWords } from '../words/words.ts'

/** What is shown once stays when the step is done by it. */
export function MakeKey({ isDone }: { isDone: boolean }) {
  const { access } = useWords().settings
  const [isMaking, make] = useState(false)
  const [made, show] = useState<{ name: string; key: string } | null>(null)
  return (
    <>
      {!isDone && (
        <Button variant="light" onClick={() => make(true)}>
          {access.newKey}
        </Button>
      )}
      {isMaking && <KeyForm close={() => make(false)} show={show} />}
      {made && (
        <ShownOnce
          title={access.keyReady(made.name)}
          warning={access.keyOnce}
          label={access.key}
          value={made.key}
          close={() => show(null)}
        >
          <Text size="sm">{access.keyTry}</Text>
          <CodeBlock text={`curl ${location.origin}/api/v1/leads -H "X-API-Key: ${made.key}"`} />
        </ShownOnce>
      )}
    </>
  )
}
