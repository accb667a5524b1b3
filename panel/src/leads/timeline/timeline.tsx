import { Button, SegmentedControl, Stack, Text } from '@mantine/core'
import { useQueries } from '@tanstack/react-query'
import { useState } from 'react'
import type { AnswerOf } from '../../api/call.ts'
import { look } from '../../api/look.ts'
import { useFormat } from '../../parts/format.ts'
import { Waiting } from '../../parts/waiting.tsx'
import { useWords } from '../../words/words.ts'
import type { ShownLead } from '../lead-cache.ts'
import { useSentence } from './sentence.ts'

export type Event = AnswerOf<'GET /leads/{id}/events'>['data'][number]
type Kind = 'all' | 'lead' | 'task' | 'message'
const pageSize = 50

/** What happened to this lead, newest first, as one would tell it. */
export function Timeline({ lead }: { lead: ShownLead }) {
  const { leads, common } = useWords()
  const [kind, setKind] = useState<Kind>('all')
  const [shown, setShown] = useState(1)
  const pages = useQueries({
    queries: Array.from({ length: shown }, (_, at) =>
      look('GET /leads/{id}/events', {
        params: { id: lead.id },
        query: { page: at + 1, per_page: pageSize },
      }),
    ),
  })
  const events = pages
    .flatMap(({ data }) => data?.data ?? [])
    .filter(({ type }) => kind === 'all' || type.startsWith(`${kind}.`))
  const last = pages.at(-1)!
  const kinds = (Object.keys(leads.historyKinds) as Kind[]).map((value) => ({
    value,
    label: leads.historyKinds[value],
  }))
  return (
    <Stack gap="sm">
      <SegmentedControl
        size="xs"
        aria-label={leads.historyFilter}
        value={kind}
        onChange={(value) => setKind(value as Kind)}
        data={kinds}
      />
      <ol className="timeline">
        {events.map((event) => (
          <Moment key={event.id} event={event} lead={lead} />
        ))}
      </ol>
      {last.isPending && <Waiting />}
      {!last.isPending && events.length === 0 && (
        <Text size="sm" c="dimmed">
          {leads.historyNone}
        </Text>
      )}
      {last.data?.meta.has_more && (
        <Button variant="default" onClick={() => setShown(shown + 1)}>
          {common.loadMore}
        </Button>
      )}
    </Stack>
  )
}

function Moment({ event, lead }: { event: Event; lead: ShownLead }) {
  const { moment, ago } = useFormat()
  const sentence = useSentence()(event)
  if (!sentence) return null
  return (
    <li>
      <div>
        <strong>{event.type === 'message.received' ? lead.name : event.actor.name}</strong> {sentence}
      </div>
      <time dateTime={event.occurred_at} title={moment(event.occurred_at)}>
        {ago(event.occurred_at)}
      </time>
    </li>
  )
}
