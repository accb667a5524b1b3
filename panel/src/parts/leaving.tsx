import { Button, Group, Modal, Stack, Text } from '@mantine/core'
import { useEffect, useState } from 'react'
import type { AroundNavHandler } from 'wouter'
import { useWords } from '../words/words.ts'

type Hold = (go: () => void) => void

let hold: Hold | null = null

/** Around every step to another screen: whoever would lose what they wrote is asked first. */
export const aroundNav: AroundNavHandler = (navigate, to, options) => {
  const go = () => navigate(to, options)
  return hold ? hold(go) : go()
}

/** What was written is saved: whoever goes now is not asked. */
export function letLeave() {
  hold = null
}

/** While `isDirty`, nobody leaves this screen or closes the window without being asked. */
export function KeepsUnsaved({ isDirty }: { isDirty: boolean }) {
  const { common } = useWords()
  const [going, setGoing] = useState<{ go: () => void } | null>(null)
  useEffect(() => {
    if (!isDirty) return
    const own: Hold = (go) => setGoing({ go })
    hold = own
    addEventListener('beforeunload', ask)
    return () => {
      if (hold === own) hold = null
      removeEventListener('beforeunload', ask)
    }
  }, [isDirty])
  function leave() {
    letLeave()
    going?.go()
  }
  return (
    <Modal opened={going !== null} onClose={() => setGoing(null)} title={common.leaveTitle}>
      <Stack>
        <Text size="sm">{common.leaveHelp}</Text>
        <Group justify="flex-end">
          <Button variant="default" onClick={leave}>
            {common.leave}
          </Button>
          <Button data-autofocus onClick={() => setGoing(null)}>
            {common.stay}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}

const ask = (event: BeforeUnloadEvent) => event.preventDefault()
