import {
  Anchor,
  Badge,
  Button,
  Checkbox,
  CopyButton,
  Group,
  Stack,
  TagsInput,
  Text,
  Title,
} from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { ArrowRightLeft, Copy } from 'lucide-react'
import type { ReactNode } from 'react'
import { Link } from 'wouter'
import { useChange } from '../../api/change.tsx'
import { look } from '../../api/look.ts'
import { useCan } from '../../api/session.ts'
import type { Lead } from '../../leads/pages.ts'
import { useTags } from '../../leads/use-tags.ts'
import { Asked } from '../../parts/asked.tsx'
import { useFormat } from '../../parts/format.ts'
import { useMoves } from '../../pipelines/moving/moving.tsx'
import { useWords } from '../../words/words.ts'
import type { Conversation } from '../talk.ts'

/** The lead in short, for whoever is talking to it. */
export function LeadBeside({ leadId, conversation }: { leadId: number; conversation: Conversation }) {
  const asked = useQuery(
    look('GET /leads/{id}', { params: { id: leadId }, query: { include: 'owner,next_task' } }),
  )
  return <Asked of={asked}>{({ lead }) => <Shown lead={lead as Lead} conversation={conversation} />}</Asked>
}

function Shown({ lead, conversation }: { lead: Lead; conversation: Conversation }) {
  const { leads, conversations } = useWords()
  const { money } = useFormat()
  return (
    <Stack gap="md">
      <div>
        <Title order={2} className="beside-name">
          {lead.name}
        </Title>
        {lead.company && <Text c="dimmed">{lead.company}</Text>}
      </div>
      <Stage lead={lead} />
      <dl className="beside-facts">
        <Fact name={leads.value}>{money(lead.value)}</Fact>
        <Phone phone={lead.phone ?? conversation.contact.phone} />
        {lead.email && (
          <Fact name={leads.email}>
            <Anchor href={`mailto:${lead.email}`} inherit>
              {lead.email}
            </Anchor>
          </Fact>
        )}
        {lead.source && <Fact name={leads.source}>{lead.source}</Fact>}
      </dl>
      <NextTask lead={lead} />
      <Tags lead={lead} />
      <Button component={Link} href={`/leads/${lead.id}`} variant="default">
        {conversations.openLead}
      </Button>
    </Stack>
  )
}

const Fact = ({ name, children }: { name: string; children: ReactNode }) => (
  <div>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </div>
)

function Phone({ phone }: { phone: string | null }) {
  const { leads } = useWords()
  const format = useFormat()
  if (!phone) return null
  return (
    <Fact name={leads.phone}>
      <Anchor href={`tel:${phone}`} inherit>
        {format.phone(phone)}
      </Anchor>
      <CopyButton value={phone}>
        {({ copied, copy }) => (
          <button
            type="button"
            className="beside-copy"
            onClick={copy}
            aria-label={leads.copy(leads.phone)}
            title={copied ? leads.copied : leads.copy(leads.phone)}
          >
            <Copy size={14} aria-hidden />
          </button>
        )}
      </CopyButton>
    </Fact>
  )
}

function Stage({ lead }: { lead: Lead }) {
  const { leads, pipelines } = useWords()
  const { choose } = useMoves()
  const mayMove = useCan('leads:write')
  return (
    <Group justify="space-between" wrap="nowrap" gap="xs" className="beside-stage">
      <div>
        <Text size="xs" c="dimmed" truncate>
          {lead.pipeline.name}
        </Text>
        <Text fw={600} size="sm" truncate>
          {lead.stage.name}
        </Text>
      </div>
      {lead.status !== 'open' ? (
        <Badge variant="light" color={lead.status === 'won' ? 'green' : 'gray'} tt="none" flex="none">
          {leads.isStatus[lead.status]}
        </Badge>
      ) : (
        mayMove && (
          <Button
            size="compact-sm"
            variant="default"
            flex="none"
            leftSection={<ArrowRightLeft size={14} aria-hidden />}
            onClick={() => choose(lead)}
          >
            {pipelines.move}
          </Button>
        )
      )}
    </Group>
  )
}

function NextTask({ lead }: { lead: Lead }) {
  const { conversations, leads, tasks } = useWords()
  const { shortDay, today } = useFormat()
  const mayDo = useCan('tasks:write')
  const task = lead.next_task
  const reopen = useChange('PUT /tasks/{id}/reopen', { touches: ['leads'] })
  const complete = useChange('PUT /tasks/{id}/complete', {
    touches: ['leads'],
    said: ({ task: done }) => ({
      text: leads.taskDone(done.subject),
      undo: () => reopen.mutate({ params: { id: done.id } }),
    }),
  })
  return (
    <div>
      <Text size="xs" c="dimmed" mb={4}>
        {conversations.nextTask}
      </Text>
      {task ? (
        <Checkbox
          size="sm"
          checked={complete.isPending}
          disabled={!mayDo || complete.isPending}
          onChange={() => complete.mutate({ params: { id: task.id } })}
          label={task.subject}
          description={`${tasks.types[task.type]} · ${shortDay(task.due_date)}${task.due_date < today() ? ` · ${leads.taskLate}` : ''}`}
        />
      ) : (
        <Text size="sm">{conversations.noTask}</Text>
      )}
    </div>
  )
}

function Tags({ lead }: { lead: Lead }) {
  const { leads } = useWords()
  const known = useTags()
  const mayWrite = useCan('leads:write')
  const add = useChange('POST /leads/{id}/tags')
  const remove = useChange('DELETE /leads/{id}/tags')
  const params = { id: lead.id }
  function change(tags: string[]) {
    const added = tags.filter((tag) => !lead.tags.includes(tag))
    const removed = lead.tags.filter((tag) => !tags.includes(tag))
    if (added.length > 0) add.mutate({ params, body: { tags: added } })
    if (removed.length > 0) remove.mutate({ params, body: { tags: removed } })
  }
  return (
    <TagsInput
      label={leads.tags}
      size="sm"
      data={known}
      value={lead.tags}
      onChange={change}
      placeholder={leads.addTag}
      readOnly={!mayWrite}
      maxLength={50}
    />
  )
}
