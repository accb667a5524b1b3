import { Button, LoadingOverlay, Modal, Stack, Text, UnstyledButton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { say } from '../api/change.tsx'
import { look } from '../api/look.ts'
import type { Pipeline } from '../api/types.ts'
import { useWords } from '../words/words.ts'
import { openOf, useStages } from './use-stages.ts'

const colors = ['#64748b', '#0ea5e9', '#6366f1', '#a855f7', '#f59e0b', '#f97316']

/** Stages for the kind of business, while the only pipeline is still empty. */
export function ChooseKind() {
  const { start } = useWords()
  const [isChoosing, choose] = useState(false)
  const hasLeads = useQuery(look('GET /account/start')).data?.start.lead
  const [pipeline, ...others] = useQuery(look('GET /pipelines')).data?.pipelines ?? []
  if (!pipeline || others.length > 0 || hasLeads !== false) return null
  return (
    <>
      <Button variant="light" onClick={() => choose(true)}>
        {start.kinds.choose}
      </Button>
      {isChoosing && <Kinds pipeline={pipeline} close={() => choose(false)} />}
    </>
  )
}

function Kinds({ pipeline, close }: { pipeline: Pipeline; close: () => void }) {
  const { kinds } = useWords().start
  const [isBusy, setBusy] = useState(false)
  const give = useStages()
  async function take({ name, stages }: { name: string; stages: string }) {
    setBusy(true)
    try {
      const now = await give(
        pipeline,
        stages.split(' → ').map((name, index) => ({ name, color: colors[index % colors.length]! })),
      )
      close()
      // What went wrong, `useChange` says.
      say(kinds.chosen(name), () => void give(now, openOf(pipeline)).catch(() => {}))
    } catch {
      setBusy(false)
    }
  }
  return (
    <Modal opened onClose={close} title={kinds.title} size="lg">
      <Stack gap="xs" pos="relative">
        <LoadingOverlay visible={isBusy} />
        <Text size="sm" c="dimmed">
          {kinds.help(pipeline.name)}
        </Text>
        {Object.entries(kinds.of).map(([key, kind]) => (
          <UnstyledButton key={key} className="settings-choice" onClick={() => take(kind)}>
            <Text fw={600}>{kind.name}</Text>
            <Text size="sm" c="dimmed">
              {kind.stages}
            </Text>
          </UnstyledButton>
        ))}
      </Stack>
    </Modal>
  )
}
