import { Badge, Button, Progress, Text } from '@mantine/core'
import { useChange } from '../../../api/change.tsx'
import { useCan } from '../../../api/session.ts'
import type { SequenceEnrollment } from '../../../api/types.ts'
import { useFormat } from '../../../parts/format.ts'
import { useWords } from '../../../words/words.ts'
import { useFiltersInWords } from './filters-in-words.ts'

const colors = { running: 'blue', done: 'teal', stopped: 'gray', failed: 'red' }

/** One enrollment: whom it takes, how far it is, and what came of it. */
export function EnrollmentRow({ enrollment }: { enrollment: SequenceEnrollment }) {
  const { enrollments } = useWords().settings
  const { moment } = useFormat()
  const inWords = useFiltersInWords()
  const { status, filters, actor, created_at } = enrollment
  const isRunning = status === 'running'
  return (
    <li className="settings-row">
      <div className="settings-row-main">
        <Text fw={500}>{inWords(filters)}</Text>
        <Text size="sm" c="dimmed">
          {enrollments.by(actor.name, moment(created_at))}
        </Text>
        {isRunning ? <HowFar enrollment={enrollment} /> : <WhatCame enrollment={enrollment} />}
      </div>
      <Badge variant="light" color={colors[status]} tt="none" flex="none">
        {enrollments.statuses[status]}
      </Badge>
      {isRunning && <StopButton enrollment={enrollment} />}
    </li>
  )
}

function HowFar({ enrollment: { seen, total } }: { enrollment: SequenceEnrollment }) {
  const { enrollments } = useWords().settings
  const { number } = useFormat()
  const said = enrollments.progress(number(seen), number(total))
  return (
    <>
      <Text size="sm" role="status">
        {said}
      </Text>
      <Progress.Root size="md" mt={4}>
        <Progress.Section value={total === 0 ? 0 : Math.min((100 * seen) / total, 100)} aria-label={said} />
      </Progress.Root>
    </>
  )
}

function WhatCame({ enrollment: { status, seen, started, failure } }: { enrollment: SequenceEnrollment }) {
  const { enrollments } = useWords().settings
  const why = enrollments.failures[failure as keyof typeof enrollments.failures] ?? enrollments.failures.other
  return (
    <Text size="sm">
      {[
        enrollments.started(started),
        seen > started && enrollments.already(seen - started),
        status === 'failed' && why,
      ]
        .filter(Boolean)
        .join(' ')}
    </Text>
  )
}

/** Who has entered goes on; the rest can be put in again, for who is in it stays where they are. */
function StopButton({ enrollment }: { enrollment: SequenceEnrollment }) {
  const { enrollments } = useWords().settings
  const { id, sequence_id, filters } = enrollment
  const again = useChange('POST /sequences/{id}/enroll')
  const stop = useChange('DELETE /sequences/{id}/enrollments/{enrollment_id}', {
    said: ({ enrollment: { started, status } }) =>
      status === 'stopped'
        ? {
            text: enrollments.wasStopped(started),
            undo: () => again.mutate({ params: { id: sequence_id }, body: { filters } }),
          }
        : undefined,
  })
  if (!useCan('sequences:write')) return null
  return (
    <Button
      size="compact-sm"
      variant="default"
      loading={stop.isPending}
      onClick={() => stop.mutate({ params: { id: sequence_id, enrollment_id: id } })}
    >
      {enrollments.stop}
    </Button>
  )
}
