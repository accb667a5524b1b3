import { Drawer, Group, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { look } from '../../../api/look.ts'
import { Asked } from '../../../parts/asked.tsx'
import { useFormat } from '../../../parts/format.ts'
import { useWords } from '../../../words/words.ts'
import { placesOf, type RunTold } from './places.ts'
import { RunBadge } from './run-badge.tsx'
import { RunLead } from './run-row.tsx'
import { StopButton } from './stop-button.tsx'
import './story.css'
import { StoryStep } from './story-step.tsx'

type Wanted = { sequenceId: number; runId: number; close: () => void }

/** All that a run did and left out, and why; where it stands, and what is still ahead. */
export function Story({ sequenceId, runId, close }: Wanted) {
  const { runs } = useWords().settings
  // Escape then answers the question, and leaves what stands below it.
  const [isAsking, asks] = useState(false)
  const asked = useQuery(
    look('GET /sequences/{id}/runs/{run_id}', { params: { id: sequenceId, run_id: runId } }),
  )
  return (
    <Drawer
      opened
      onClose={close}
      position="right"
      size="min(100%, 30rem)"
      closeOnEscape={!isAsking}
      trapFocus={!isAsking}
      title={asked.data?.run.sequence.name ?? runs.story}
    >
      <Asked of={asked}>{({ run }) => <Told run={run} asks={asks} />}</Asked>
    </Drawer>
  )
}

function Told({ run, asks }: { run: RunTold; asks: (isAsking: boolean) => void }) {
  const { runs } = useWords().settings
  const { moment } = useFormat()
  const stand = useStand()
  const places = placesOf(run)
  return (
    <Stack gap="md">
      <div>
        <Group justify="space-between" wrap="nowrap" gap="xs">
          <RunLead run={run} />
          <RunBadge status={run.status} />
        </Group>
        <Text size="sm" c="dimmed">
          {runs.startedAt(moment(run.started_at))}
          {run.finished_at && ` · ${runs.finishedAt(moment(run.finished_at))}`}
        </Text>
      </div>
      <Group justify="space-between" wrap="nowrap" gap="xs" className="story-stand">
        <Text size="sm" role="status">
          {stand(run)}
        </Text>
        <StopButton run={run} asks={asks} />
      </Group>
      <ol className="story" aria-label={runs.story}>
        {places.map((place) => (
          <StoryStep key={place.id} place={place} run={run} />
        ))}
      </ol>
    </Stack>
  )
}

/** Where it stands now, and until when; or how it ended. */
function useStand() {
  const { runs } = useWords().settings
  const { moment } = useFormat()
  return ({ status, next_at, waiting_for }: RunTold) => {
    if (status !== 'active') return runs.ended[status]
    if (!next_at) return runs.stands.paused
    if (waiting_for) return runs.stands[waiting_for](moment(next_at))
    return Date.parse(next_at) <= Date.now() ? runs.stands.soon : runs.stands.next(moment(next_at))
  }
}
