import { Alert, Button, Group, Paper, Progress, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useChange } from '../api/change.tsx'
import { look } from '../api/look.ts'
import { useCan } from '../api/session.ts'
import type { Start as Done } from '../api/types.ts'
import { Asked } from '../parts/asked.tsx'
import { Screen } from '../parts/screen.tsx'
import { useWords } from '../words/words.ts'
import { StepRow } from './step-row.tsx'
import { countDone, steps } from './steps.ts'
import '../settings/settings.css'

export default function Start() {
  const { start } = useWords()
  const asked = useQuery({ ...look('GET /account/start'), staleTime: 0 })
  return (
    <Screen title={start.title}>
      <Asked of={asked}>{({ start: done }) => <Steps done={done} />}</Asked>
    </Screen>
  )
}

function Steps({ done }: { done: Done }) {
  const { start } = useWords()
  const count = countDone(done)
  const progress = start.progress(count, steps.length)
  return (
    <Stack maw="46rem" gap="sm">
      <Text c="dimmed">{start.help}</Text>
      <Group gap="sm" wrap="nowrap">
        <Progress.Root size="md" flex={1}>
          <Progress.Section value={(100 * count) / steps.length} aria-label={progress} />
        </Progress.Root>
        <Text size="sm">{progress}</Text>
      </Group>
      {count === steps.length && <Alert color="teal">{start.allDone}</Alert>}
      <Paper withBorder component="ol" className="settings-rows">
        {steps.map((step) => (
          <StepRow key={step} step={step} isDone={done[step]} />
        ))}
      </Paper>
      {useCan('users:write') && <PutAway isDismissed={done.is_dismissed} />}
    </Stack>
  )
}

function PutAway({ isDismissed }: { isDismissed: boolean }) {
  const { start } = useWords()
  const back = useChange('PUT /account/start')
  const change = useChange('PUT /account/start', {
    said: (_, { body }) =>
      body.is_dismissed
        ? { text: start.dismissed, undo: () => back.mutate({ body: { is_dismissed: false } }) }
        : undefined,
  })
  return (
    <Group justify="flex-end">
      <Button
        variant="subtle"
        color="gray"
        loading={change.isPending}
        onClick={() => change.mutate({ body: { is_dismissed: !isDismissed } })}
      >
        {isDismissed ? start.bringBack : start.dismiss}
      </Button>
    </Group>
  )
}
