import { Badge, Button, Group, Select, Text } from '@mantine/core'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { RefreshCw } from 'lucide-react'
import { useState } from 'react'
import { useChange } from '../../api/change.tsx'
import { look, lookOn } from '../../api/look.ts'
import { useCan } from '../../api/session.ts'
import type { WhatsAppTemplate } from '../../api/types.ts'
import { Asked } from '../../parts/asked.tsx'
import { Notice } from '../../parts/notice.tsx'
import { useWords } from '../../words/words.ts'
import { Row, Rows } from '../parts/rows.tsx'
import { Section } from '../parts/section.tsx'
import { Preview } from './preview.tsx'

const colors: Record<string, string> = { APPROVED: 'teal', PENDING: 'yellow', REJECTED: 'red' }

export default function Templates() {
  const { settings, common } = useWords()
  const words = settings.whatsapp.templates
  const [number, setNumber] = useState<string | null>(null)
  const [status, setStatus] = useState<string | null>(null)
  const [shown, show] = useState<WhatsAppTemplate | null>(null)
  const numbers = (useQuery(look('GET /whatsapp/instances')).data?.data ?? []).filter(
    ({ supports_templates }) => supports_templates,
  )
  const query = {
    per_page: 50,
    ...(number ? { instance_id: Number(number) } : {}),
    ...(status ? { status } : {}),
  }
  const asked = useInfiniteQuery(lookOn('GET /whatsapp/templates', { query }))
  const isFiltered = number !== null || status !== null
  return (
    <Section
      title={settings.sections.templates}
      help={words.help}
      beside={useCan('whatsapp:write') && <SyncButton ids={numbers.map(({ id }) => id)} />}
    >
      <Group mb="sm" gap="xs">
        <Select
          aria-label={words.number}
          placeholder={words.allNumbers}
          data={numbers.map(({ id, display_name }) => ({ value: String(id), label: display_name }))}
          value={number}
          onChange={setNumber}
          clearable
          w="14rem"
        />
        <Select
          aria-label={words.status}
          placeholder={words.allStatuses}
          data={Object.entries(words.statuses).map(([value, label]) => ({ value, label }))}
          value={status}
          onChange={setStatus}
          clearable
          w="12rem"
        />
      </Group>
      <Asked of={asked}>
        {(found) =>
          found.length === 0 ? (
            isFiltered ? (
              <Text c="dimmed">{words.noneFound}</Text>
            ) : (
              <Notice title={words.none} text={words.noneHelp} />
            )
          ) : (
            <Rows label={settings.sections.templates}>
              {found.map((template) => (
                <TemplateRow key={template.id} template={template} show={() => show(template)} />
              ))}
            </Rows>
          )
        }
      </Asked>
      {asked.hasNextPage && (
        <Button
          variant="default"
          mt="md"
          loading={asked.isFetchingNextPage}
          onClick={() => asked.fetchNextPage()}
        >
          {common.loadMore}
        </Button>
      )}
      {shown && <Preview template={shown} close={() => show(null)} />}
    </Section>
  )
}

function TemplateRow({ template, show }: { template: WhatsAppTemplate; show: () => void }) {
  const words = useWords().settings.whatsapp.templates
  const { name, language, category, status, rejected_reason } = template
  return (
    <Row
      title={name}
      badges={
        <Badge variant="light" color={colors[status] ?? 'gray'} tt="none">
          {words.statuses[status as keyof typeof words.statuses] ?? status}
        </Badge>
      }
      detail={
        <>
          {words.categories[category as keyof typeof words.categories] ?? category} · {language}
          {status === 'REJECTED' && rejected_reason && <div>{words.rejected(rejected_reason)}</div>}
        </>
      }
    >
      <Button size="xs" variant="default" aria-label={`${words.preview}: ${name}`} onClick={show}>
        {words.preview}
      </Button>
    </Row>
  )
}

function SyncButton({ ids }: { ids: number[] }) {
  const words = useWords().settings.whatsapp.templates
  const sync = useChange('POST /whatsapp/instances/{id}/templates/sync', {
    said: ({ synced }) => ({ text: words.synced(synced) }),
  })
  if (ids.length === 0) return null
  return (
    <Button
      variant="default"
      leftSection={<RefreshCw size={16} aria-hidden />}
      loading={sync.isPending}
      onClick={() => {
        for (const id of ids) sync.mutate({ params: { id } })
      }}
    >
      {words.sync}
    </Button>
  )
}
