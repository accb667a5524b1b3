import { Anchor, Button, Group, Menu, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Play } from 'lucide-react'
import { Link } from 'wouter'
import { useChange } from '../api/change.tsx'
import { look } from '../api/look.ts'
import { useCan } from '../api/session.ts'
import type { SequenceRun as Run } from '../api/types.ts'
import { Asked } from '../parts/asked.tsx'
import { useFormat } from '../parts/format.ts'
import { useOpenRun } from '../settings/sequences/runs/open-run.ts'
import { RunBadge } from '../settings/sequences/runs/run-badge.tsx'
import { StopButton } from '../settings/sequences/runs/stop-button.tsx'
import { Story } from '../settings/sequences/runs/story.tsx'
import { useWords } from '../words/words.ts'
import type { ShownLead } from './lead-cache.ts'
import { runsOf } from './lead-looks.ts'

const shownRuns = 5

/** What is sent to this lead by itself: under way, and how it ended. */
export function LeadSequences({ lead }: { lead: ShownLead }) {
  const { leads } = useWords()
  const mayRead = useCan('sequences:read')
  const asked = useQuery({ ...runsOf(lead.id), enabled: mayRead })
  const openRun = useOpenRun()
  const open = asked.data?.data.find(({ id }) => id === openRun.id)
  if (!mayRead) return null
  return (
    <section className="lead-box" aria-label={leads.sequences}>
      <Group justify="space-between" mb="xs">
        <Title order={2}>{leads.sequences}</Title>
        <StartMenu lead={lead} />
      </Group>
      <Asked of={asked}>
        {({ data }) =>
          data.length === 0 ? (
            <Text size="sm" c="dimmed">
              {leads.sequenceNone}
            </Text>
          ) : (
            data
              .slice(0, shownRuns)
              .map((run) => <OneRun key={run.id} run={run} href={openRun.hrefOf(run.id)} />)
          )
        }
      </Asked>
      {open && <Story sequenceId={open.sequence_id} runId={open.id} close={openRun.close} />}
    </section>
  )
}

function StartMenu({ lead }: { lead: ShownLead }) {
  const { leads } = useWords()
  const asked = useQuery(look('GET /sequences', { query: { per_page: 200 } }))
  const start = useChange<'POST /leads/{id}/sequences', { name: string }>('POST /leads/{id}/sequences', {
    touches: ['sequences'],
    said: (_, { name }) => ({ text: leads.sequenceStarted(name) }),
  })
  const mayWrite = useCan('sequences:write')
  const active = (asked.data?.data ?? []).filter(({ status }) => status === 'active')
  if (!mayWrite || active.length === 0) return null
  return (
    <Menu position="bottom-end" shadow="md">
      <Menu.Target>
        <Button size="compact-sm" variant="subtle" leftSection={<Play size={14} aria-hidden />}>
          {leads.sequenceStart}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {active.map(({ id, name }) => (
          <Menu.Item
            key={id}
            onClick={() => start.mutate({ params: { id: lead.id }, body: { sequence_id: id }, name })}
          >
            {name}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}

function OneRun({ run, href }: { run: Run; href: string }) {
  const { leads } = useWords()
  const { moment } = useFormat()
  const isActive = run.status === 'active'
  const next = isActive && run.next_at ? leads.sequenceNext(moment(run.next_at)) : moment(run.started_at)
  const mayStop = useCan('sequences:write') && isActive
  return (
    <Group justify="space-between" wrap="nowrap" gap="xs" py={4}>
      <div style={{ minWidth: 0 }}>
        <Anchor component={Link} href={href} size="sm" c="inherit" display="block" truncate>
          {run.sequence.name}
        </Anchor>
        <Text size="xs" c="dimmed">
          {next}
        </Text>
      </div>
      {mayStop ? <StopButton run={run} /> : <RunBadge status={run.status} />}
    </Group>
  )
}
