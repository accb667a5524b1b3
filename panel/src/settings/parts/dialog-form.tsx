import { Button, Group, Modal, Stack } from '@mantine/core'
import type { FormEvent, ReactNode } from 'react'
import { useWords } from '../../words/words.ts'

type Wanted = {
  title: string
  submit: (event?: FormEvent<HTMLFormElement>) => void
  action: string
  isBusy: boolean
  close: () => void
  size?: string
  children: ReactNode
}

/** A form in a dialog: its fields, and the way out on either side. */
export function DialogForm({ title, submit, action, isBusy, close, size, children }: Wanted) {
  const { common } = useWords()
  return (
    <Modal opened onClose={close} title={title} size={size}>
      <form onSubmit={submit} noValidate>
        <Stack>
          {children}
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              {common.cancel}
            </Button>
            <Button type="submit" loading={isBusy}>
              {action}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
