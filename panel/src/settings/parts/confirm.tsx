import { Button, Group, Modal, Stack, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { useWords } from '../../words/words.ts'

type Wanted = {
  title: string
  text: ReactNode
  /** What the button does, as a verb. */
  action: string
  isBusy: boolean
  confirm: () => void
  close: () => void
  color?: string
  children?: ReactNode
}

/** Asked before what cannot be taken back. */
export function Confirm({ title, text, action, isBusy, confirm, close, color = 'red', children }: Wanted) {
  const { common } = useWords()
  return (
    <Modal opened onClose={close} title={title}>
      <Stack>
        <Text size="sm" component="div">
          {text}
        </Text>
        {children}
        <Group justify="flex-end">
          <Button variant="default" onClick={close} data-autofocus>
            {common.cancel}
          </Button>
          <Button color={color} loading={isBusy} onClick={confirm}>
            {action}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
