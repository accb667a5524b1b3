import { Checkbox, Modal, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { useChange } from '../../api/change.tsx'
import type { Lead } from '../../leads/pages.ts'
import { useWords } from '../../words/words.ts'
import type { PendingTask } from './moving.tsx'

type Wanted = {
  lead: Lead
  to: { name: string }
  pending: PendingTask[]
  close: () => void
  done: () => void
}

/** The mandatory tasks that hold a lead back: the last one done lets it go. */
export default function BlockedDialog({ lead, to, pending, close, done }: Wanted) {
  const { pipelines, tasks } = useWords()
  const [finished, setFinished] = useState<number[]>([])
  const finish = useChange('PUT /tasks/{id}/complete', {
    touches: ['leads'],
    done(_, { params }) {
      const all = [...finished, params.id]
      setFinished(all)
      if (pending.every(({ id }) => all.includes(id))) done()
    },
  })
  return (
    <Modal opened onClose={close} title={pipelines.blockedTitle(lead.name)}>
      <Stack>
        <Text size="sm">{pipelines.blockedHelp(lead.stage.name, to.name)}</Text>
        {pending.map(({ id, subject, type }, index) => (
          <Checkbox
            key={id}
            label={subject}
            description={tasks.types[type as keyof typeof tasks.types]}
            checked={finished.includes(id) || (finish.isPending && finish.variables.params.id === id)}
            disabled={finish.isPending || finished.includes(id)}
            data-autofocus={index === 0 || undefined}
            onChange={() => finish.mutate({ params: { id } })}
          />
        ))}
      </Stack>
    </Modal>
  )
}
