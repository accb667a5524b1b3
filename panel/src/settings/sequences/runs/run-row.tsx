import { Anchor, Button, Text } from '@mantine/core'
import { Link } from 'wouter'
import type { SequenceRun, SequenceStep } from '../../../api/types.ts'
import { useFormat } from '../../../parts/format.ts'
import { useWords } from '../../../words/words.ts'
import { RunBadge } from './run-badge.tsx'

type Wanted = { run: SequenceRun; steps: SequenceStep[]; href: string }

/** One lead's way through it: where it stands, or how it ended; `href` opens its story. */
export function RunRow({ run, steps, href }: Wanted) {
  const { runs, sequences } = useWords().settings
  const { moment } = useFormat()
  const place = steps.findIndex(({ id }) => id === run.step_id)
  const next = place < 0 ? null : `${place + 1}. ${sequences.types[steps[place]!.type]}`
  const about = run.finished_at
    ? runs.finishedAt(moment(run.finished_at))
    : run.waiting_for
      ? runs.waitingFor[run.waiting_for]
      : [next && runs.nextStep(next), run.next_at && moment(run.next_at)].filter(Boolean).join(' · ')
  return (
    <li className="settings-row">
      <div className="settings-row-main">
        <RunLead run={run} />
        <Text size="sm" c="dimmed">
          {runs.startedAt(moment(run.started_at))} · {about}
        </Text>
      </div>
      <RunBadge status={run.status} />
      <Button
        component={Link}
        href={href}
        size="compact-sm"
        variant="subtle"
        aria-label={runs.openOf(run.lead?.name ?? runs.goneLead(run.lead_id))}
      >
        {runs.open}
      </Button>
    </li>
  )
}

/** Whose run it is, as far as they are still there. */
export function RunLead({ run: { lead, lead_id } }: { run: SequenceRun }) {
  const { runs } = useWords().settings
  if (!lead) return <Text c="dimmed">{runs.goneLead(lead_id)}</Text>
  return (
    <Anchor component={Link} href={`/leads/${lead.id}`} fw={500} c="inherit">
      {lead.name}
    </Anchor>
  )
}
