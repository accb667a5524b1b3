import { Button, Group, Modal, Radio, Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { look } from '../../api/look.ts'
import type { Lead } from '../../leads/pages.ts'
import { Asked } from '../../parts/asked.tsx'
import { useWords } from '../../words/words.ts'

type Wanted = { lead: Lead; close: () => void; lose: (reasonId: number | null) => void }

export default function LostDialog({ lead, close, lose }: Wanted) {
  const { pipelines, common } = useWords()
  const [reason, setReason] = useState(lead.lost_reason_id ? String(lead.lost_reason_id) : '')
  const asked = useQuery(look('GET /pipelines'))
  function submit(event: FormEvent) {
    event.preventDefault()
    lose(reason ? Number(reason) : null)
  }
  return (
    <Modal opened onClose={close} title={pipelines.lostTitle(lead.name)}>
      <form onSubmit={submit}>
        <Stack>
          <Asked of={asked}>
            {({ lost_reasons }) => (
              <Radio.Group label={pipelines.lostReason} value={reason} onChange={setReason}>
                <Stack gap="xs" mt="xs">
                  {lost_reasons.map(({ id, name }, index) => (
                    <Radio
                      key={id}
                      value={String(id)}
                      label={name}
                      data-autofocus={index === 0 || undefined}
                    />
                  ))}
                  <Radio value="" label={pipelines.lostNoReason} />
                </Stack>
              </Radio.Group>
            )}
          </Asked>
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              {common.cancel}
            </Button>
            <Button type="submit" color="red">
              {pipelines.lostSubmit}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
