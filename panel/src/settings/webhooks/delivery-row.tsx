import { ActionIcon, Badge, Button, Collapse, Group, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { ChevronDown, ChevronRight } from 'lucide-react'
import { useChange } from '../../api/change.tsx'
import type { WebhookDelivery } from '../../api/types.ts'
import { useFormat } from '../../parts/format.ts'
import { useWords } from '../../words/words.ts'
import { Attempts } from './attempts.tsx'
import { useEventWords } from './event-words.ts'

const colors = { pending: 'blue', delivered: 'teal', failed: 'red' } as const
type Wanted = { webhookId: number; delivery: WebhookDelivery; mayChange: boolean }

/** One event on its way to a receiver: how it went, and, opened, every attempt. */
export function DeliveryRow({ webhookId, delivery, mayChange }: Wanted) {
  const words = useWords().settings.webhooks
  const inWords = useEventWords()
  const { moment, ago } = useFormat()
  const [isOpen, { toggle }] = useDisclosure(false)
  const resend = useChange('POST /webhooks/{id}/deliveries/{delivery_id}/resend', {
    said: () => ({ text: words.resent }),
  })
  const { id, event, event_id, status, attempts, created_at, next_attempt_at } = delivery
  const name = inWords(event)
  const last = attempts.at(-1)
  return (
    <li>
      <div className="settings-row">
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={words.attemptsOf(name, event_id)}
          aria-expanded={isOpen}
          onClick={toggle}
        >
          {isOpen ? <ChevronDown size={16} aria-hidden /> : <ChevronRight size={16} aria-hidden />}
        </ActionIcon>
        <div className="settings-row-main">
          <Group gap="xs" style={{ rowGap: 2 }}>
            <Text fw={500}>{name}</Text>
            <Badge variant="light" color={colors[status]} tt="none">
              {words.deliveryStatuses[status]}
            </Badge>
          </Group>
          <Text size="sm" c="dimmed">
            {moment(created_at)} · {words.attempts(attempts.length)}
            {last && ` · ${last.response ? last.response.status : words.noAnswer}`}
            {status === 'pending' && next_attempt_at && attempts.length > 0
              ? ` · ${words.nextAttempt(ago(next_attempt_at))}`
              : ''}
          </Text>
        </div>
        {mayChange && status !== 'pending' && (
          <Button
            size="xs"
            variant="default"
            loading={resend.isPending}
            aria-label={words.resendIt(name, event_id)}
            onClick={() => resend.mutate({ params: { id: webhookId, delivery_id: id } })}
          >
            {words.resend}
          </Button>
        )}
      </div>
      <Collapse expanded={isOpen}>{isOpen && <Attempts attempts={attempts} />}</Collapse>
    </li>
  )
}
