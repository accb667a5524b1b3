import { Alert, Anchor, Button, Group, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Copy } from 'lucide-react'
import { Link, useLocation } from 'wouter'
import type { AnswerOf } from '../api/call.ts'
import { useChange } from '../api/change.tsx'
import { useCan } from '../api/session.ts'
import { useFormat } from '../parts/format.ts'
import { useWords } from '../words/words.ts'
import type { ShownLead } from './lead-cache.ts'
import { duplicatesOf } from './lead-looks.ts'

type Pair = AnswerOf<'GET /leads/duplicates'>['data'][number]

/** Who looks like the same person, offered for merge. */
export function Duplicates({ lead }: { lead: ShownLead }) {
  const asked = useQuery(duplicatesOf(lead.id))
  return (asked.data?.data ?? []).map((pair) => (
    <Duplicate key={`${pair.lead.id} ${pair.duplicate.id}`} lead={lead} pair={pair} />
  ))
}

/** The older one stays, and takes up what the other has. */
function Duplicate({ lead, pair }: { lead: ShownLead; pair: Pair }) {
  const { leads } = useWords()
  const { phone } = useFormat()
  const [, go] = useLocation()
  const mayWrite = useCan('leads:write')
  const other = pair.lead.id === lead.id ? pair.duplicate : pair.lead
  const params = { id: pair.lead.id }
  const body = { duplicate_id: pair.duplicate.id }
  const part = useChange('POST /leads/{id}/unmerge', {
    touches: ['pipelines', 'tasks'],
    said: () => ({ text: leads.unmerged(pair.duplicate.name) }),
  })
  const merge = useChange('POST /leads/{id}/merge', {
    touches: ['pipelines', 'tasks'],
    done: () => pair.lead.id !== lead.id && go(`/leads/${pair.lead.id}`, { replace: true }),
    said: () => ({ text: leads.merged(pair.duplicate.name), undo: () => part.mutate({ params, body }) }),
  })
  const reasons = pair.reasons.map((reason) =>
    reason in leads.duplicateOf
      ? leads.duplicateOf[reason as keyof typeof leads.duplicateOf]
      : leads.duplicateOf.other,
  )
  return (
    <Alert color="yellow" icon={<Copy size={18} aria-hidden />} title={leads.duplicates} mb="md">
      <Group justify="space-between">
        <Text size="sm">
          <Anchor component={Link} href={`/leads/${other.id}`} size="sm" underline="always">
            {other.name}
          </Anchor>
          {[other.phone && phone(other.phone), other.email, other.stage.name]
            .filter(Boolean)
            .map((fact) => ` · ${fact}`)}
          {` (${[...new Set(reasons)].join(', ')})`}
        </Text>
        {mayWrite && (
          <Button
            size="compact-sm"
            variant="default"
            loading={merge.isPending}
            onClick={() => merge.mutate({ params, body })}
          >
            {leads.merge}
          </Button>
        )}
      </Group>
    </Alert>
  )
}
