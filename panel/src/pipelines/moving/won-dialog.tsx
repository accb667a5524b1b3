import { Button, Group, Modal, Stack } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import type { Lead } from '../../leads/pages.ts'
import { MoneyInput } from '../../parts/money-input.tsx'
import { useWords } from '../../words/words.ts'

type Wanted = { lead: Lead; close: () => void; win: (value: number) => void }

export default function WonDialog({ lead, close, win }: Wanted) {
  const { pipelines, common } = useWords()
  const [value, setValue] = useState<number | string>(lead.value)
  function submit(event: FormEvent) {
    event.preventDefault()
    win(Number(value) || 0)
  }
  return (
    <Modal opened onClose={close} title={pipelines.wonTitle(lead.name)}>
      <form onSubmit={submit}>
        <Stack>
          <MoneyInput label={pipelines.wonValue} value={value} onChange={setValue} data-autofocus />
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              {common.cancel}
            </Button>
            <Button type="submit">{pipelines.wonSubmit}</Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
