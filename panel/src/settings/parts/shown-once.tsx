import { Alert, Button, Group, Modal, Stack } from '@mantine/core'
import { KeyRound } from 'lucide-react'
import type { ReactNode } from 'react'
import { useWords } from '../../words/words.ts'
import { Copyable } from './copyable.tsx'

type Wanted = {
  title: string
  warning: string
  label: string
  value: string
  close: () => void
  children?: ReactNode
}

/** What is never shown again: it closes only where somebody says that they have it. */
export function ShownOnce({ title, warning, label, value, close, children }: Wanted) {
  const { settings } = useWords()
  return (
    <Modal
      opened
      onClose={close}
      title={title}
      size="lg"
      closeOnClickOutside={false}
      closeOnEscape={false}
      withCloseButton={false}
    >
      <Stack>
        <Alert color="yellow" icon={<KeyRound size={16} aria-hidden />}>
          {warning}
        </Alert>
        <Copyable label={label} value={value} />
        {children}
        <Group justify="flex-end">
          <Button onClick={close}>{settings.haveIt}</Button>
        </Group>
      </Stack>
    </Modal>
  )
}
