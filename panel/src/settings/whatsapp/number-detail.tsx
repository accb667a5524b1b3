import { Alert, Badge, Group, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { TriangleAlert } from 'lucide-react'
import { call } from '../../api/call.ts'
import { client, look } from '../../api/look.ts'
import { useCan } from '../../api/session.ts'
import type { WhatsAppInstanceDetail } from '../../api/types.ts'
import { Asked } from '../../parts/asked.tsx'
import { useFormat } from '../../parts/format.ts'
import { useWords } from '../../words/words.ts'
import { Section } from '../parts/section.tsx'
import { CloudPanel } from './cloud-panel.tsx'
import { NumberMenu } from './number-menu.tsx'
import { StatusBadge, useStatusSentence } from './number-status.tsx'
import { SandboxPanel } from './sandbox-panel.tsx'
import { WahaPanel } from './waha-panel.tsx'

const underWay = new Set(['connecting', 'waiting_scan'])
const againMs = 4_000

export function NumberDetail({ id }: { id: number }) {
  const { settings } = useWords()
  const mayChange = useCan('whatsapp:write')
  const asked = useQuery(look('GET /whatsapp/instances/{id}', { params: { id } }))
  const number = asked.data?.instance
  useWatching(id, mayChange && underWay.has(number?.status ?? ''))
  return (
    <Section
      title={number?.display_name ?? settings.sections.numbers}
      from={{ path: '/settings/whatsapp', name: settings.sections.numbers }}
      isLocked={!mayChange}
      beside={number && mayChange && <NumberMenu number={number} />}
    >
      <Asked of={asked}>
        {({ instance }) => (
          <Stack maw="40rem">
            <Facts number={instance} />
            <Trouble number={instance} />
            {instance.connection && <Connection number={instance} />}
          </Stack>
        )}
      </Asked>
    </Section>
  )
}

/** While it connects, the provider is asked: its own word may come late, or not at all. */
function useWatching(id: number, isOn: boolean) {
  const params = { id }
  useQuery({
    queryKey: ['whatsapp', 'watching', id],
    queryFn: async () => {
      const answer = await call('POST /whatsapp/instances/{id}/refresh', { params })
      client.setQueryData(look('GET /whatsapp/instances/{id}', { params }).queryKey, answer)
      return answer
    },
    enabled: isOn,
    refetchInterval: againMs,
    gcTime: 0,
  })
}

function Facts({ number }: { number: WhatsAppInstanceDetail }) {
  const words = useWords().settings.whatsapp
  const { ago, phone } = useFormat()
  return (
    <div>
      <Group gap="xs">
        <StatusBadge number={number} />
        {number.is_primary && (
          <Badge variant="light" tt="none">
            {words.primary}
          </Badge>
        )}
      </Group>
      <Text size="sm" c="dimmed" mt="xs">
        {[number.phone_number && phone(number.phone_number), words.providers[number.provider]]
          .filter(Boolean)
          .join(' · ')}
        <br />
        {number.last_heard_at ? words.lastHeard(ago(number.last_heard_at)) : words.neverHeard}
      </Text>
    </div>
  )
}

function Trouble({ number }: { number: WhatsAppInstanceDetail }) {
  const words = useWords().settings.whatsapp
  const sentence = useStatusSentence()(number)
  if (!sentence) return null
  return (
    <Alert
      color={number.status === 'failed' ? 'red' : 'yellow'}
      icon={<TriangleAlert size={16} aria-hidden />}
      role="status"
    >
      <div>{sentence}</div>
      {number.status_detail && number.status_detail !== sentence && (
        <Text size="sm" mt={4}>
          {words.inTheirWords(number.status_detail)}
        </Text>
      )}
    </Alert>
  )
}

function Connection({ number }: { number: WhatsAppInstanceDetail }) {
  if (number.provider === 'cloud_api') return <CloudPanel number={number} />
  if (number.provider === 'waha') return <WahaPanel number={number} />
  return <SandboxPanel number={number} />
}
