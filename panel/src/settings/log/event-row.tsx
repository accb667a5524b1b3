import { ActionIcon, Anchor, Collapse, Group, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { ChevronDown, ChevronRight } from 'lucide-react'
import { Link } from 'wouter'
import type { Event } from '../../api/types.ts'
import { useFormat } from '../../parts/format.ts'
import { useWords } from '../../words/words.ts'
import { CodeBlock } from '../parts/code-block.tsx'
import { useEventWords } from '../webhooks/event-words.ts'

/** What happened, to whom, by whom; opened, all that is known of it. */
export function EventRow({ event }: { event: Event }) {
  const words = useWords().settings.account
  const inWords = useEventWords()
  const { moment } = useFormat()
  const [isOpen, { toggle }] = useDisclosure(false)
  const name = inWords(event.type)
  const Arrow = isOpen ? ChevronDown : ChevronRight
  return (
    <li>
      <div className="settings-row">
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={words.about(name, event.id)}
          aria-expanded={isOpen}
          onClick={toggle}
        >
          <Arrow size={16} aria-hidden />
        </ActionIcon>
        <div className="settings-row-main">
          <Group gap="xs" style={{ rowGap: 2 }}>
            <Text fw={500}>{name}</Text>
            {event.lead_id && (
              <Anchor component={Link} href={`/leads/${event.lead_id}`} size="sm">
                {leadName(event) ?? `#${event.lead_id}`}
              </Anchor>
            )}
          </Group>
          <Text size="sm" c="dimmed">
            {moment(event.occurred_at)} · {event.actor.name || words.actors[actorOf(event)]}
          </Text>
        </div>
      </div>
      <Collapse expanded={isOpen}>
        {isOpen && (
          <div style={{ padding: '0 1rem 1rem' }}>
            <CodeBlock
              text={JSON.stringify(
                {
                  id: event.id,
                  type: event.type,
                  request_id: event.request_id,
                  data: event.data,
                  previous: event.previous,
                },
                null,
                2,
              )}
            />
          </div>
        )}
      </Collapse>
    </li>
  )
}

const leadName = ({ data }: Event) => {
  const lead = (data as { lead?: { name?: unknown } }).lead
  return typeof lead?.name === 'string' ? lead.name : null
}

const actorOf = ({ actor }: Event) => (actor.type === 'user' || actor.type === 'key' ? actor.type : 'system')
