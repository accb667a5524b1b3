import { Anchor, Button, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from 'wouter'
import { look } from '../../api/look.ts'
import { useWords } from '../../words/words.ts'
import type { Conversation, Instance } from '../talk.ts'

type Hindrance = 'removed' | 'disconnected' | 'optedOut' | 'noPhone'

/** Why nothing at all can be sent here; a closed window is no such reason, for a template still can. */
export function useHindrance(
  { lead_id, instance_id }: Conversation,
  instance: Instance | null | undefined,
): Hindrance | null {
  const asked = useQuery({
    ...look('GET /leads/{id}/whatsapp-check', { params: { id: lead_id ?? 0 }, query: { instance_id } }),
    enabled: lead_id !== null && instance?.status === 'connected',
  })
  if (instance === null) return 'removed'
  if (instance && instance.status !== 'connected') return 'disconnected'
  if (asked.data?.opted_out === 'all') return 'optedOut'
  if (asked.data?.text.skip_reason === 'no_phone') return 'noPhone'
  return null
}

type Wanted = { by: Hindrance; conversation: Conversation; instance: Instance | null }

export function Hindered({ by, conversation, instance }: Wanted) {
  const { conversations } = useWords()
  const title =
    by === 'disconnected' ? conversations.disconnected(instance?.display_name ?? '') : conversations[by]
  return (
    <div className="composer composer-hindered" role="status">
      <div>
        <Text fw={600} size="sm">
          {title}
        </Text>
        <Text size="sm" c="dimmed">
          {conversations[`${by}Help`]}
        </Text>
      </div>
      {(by === 'disconnected' || by === 'removed') && (
        <Button component={Link} href="/settings/whatsapp" variant="default" size="xs" flex="none">
          {conversations.reconnect}
        </Button>
      )}
      {conversation.lead && (by === 'noPhone' || by === 'optedOut') && (
        <Anchor component={Link} href={`/leads/${conversation.lead.id}`} size="sm">
          {conversations.openLead}
        </Anchor>
      )}
    </div>
  )
}
