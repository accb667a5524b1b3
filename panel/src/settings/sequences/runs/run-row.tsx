import { Anchor, Badge, Text } from '@mantine/core'
import { Link } from 'wouter'
import type { SequenceRun, SequenceStep } from '../../../api/types.ts'
import { useFormat } from '../../../parts/format.ts'
import { useWords } from '../../../words/words.ts'

const colors: Partial<Record<SequenceRun['status'], string>> = {
  active: 'blue',
  done: 'teal',
  won: 'teal',
  replied: 'teal',
  failed: 'red',
}

/** One lead's way through it: where it stands, or how it ended. */
export function RunRow({ run, steps }: { run: SequenceRun; steps: SequenceStep[] }) {
  const words = useWords().settings.sequences
  const { moment } = useFormat()
  const place = steps.findIndex(({ id }) => id === run.step_id)
  const next = place < 0 ? null : `${place + 1}. ${words.types[steps[place]!.type]}`
  const about = run.finished_at
    ? words.finishedAt(moment(run.finished_at))
    : run.waiting_for
      ? words.waitingFor[run.waiting_for]
      : [next && words.nextStep(next), run.next_at && moment(run.next_at)].filter(Boolean).join(' · ')
  return (
    <li className="settings-row">
      <div className="settings-row-main">
        <LeadLink run={run} />
        <Text size="sm" c="dimmed">
          {words.startedAt(moment(run.started_at))} · {about}
        </Text>
      </div>
      <Badge variant="light" color={colors[run.status] ?? 'gray'} tt="none">
        {words.runStatuses[run.status]}
      </Badge>
    </li>
  )
}

function LeadLink({ run: { lead, lead_id } }: { run: SequenceRun }) {
  const words = useWords().settings.sequences
  if (!lead) return <Text c="dimmed">{words.goneLead(lead_id)}</Text>
  return (
    <Anchor component={Link} href={`/leads/${lead.id}`} fw={500} c="inherit">
      {lead.name}
    </Anchor>
  )
}
