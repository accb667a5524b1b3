import { ActionIcon, Group, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { MailOpen, PanelRight } from 'lucide-react'
import { useLocation } from 'wouter'
import { useChange } from '../../api/change.tsx'
import { look } from '../../api/look.ts'
import { useCan } from '../../api/session.ts'
import { useFormat } from '../../parts/format.ts'
import { useShortcut } from '../../shell/shortcuts.ts'
import { useWords } from '../../words/words.ts'
import type { BesideName } from '../beside/beside.tsx'
import { type Conversation, useContactName, useConversation } from '../talk.ts'
import { Assign } from './assign.tsx'

type Wanted = { conversationId: number; beside: BesideName; show: (name: BesideName) => void }

/** Whom one talks to, at which number, and who answers. */
export function ThreadHeader({ conversationId, beside, show }: Wanted) {
  const { conversations } = useWords()
  const asked = useConversation(conversationId)
  const conversation = asked.data?.conversation
  const label = beside === 'lead' ? conversations.hideLead : conversations.showLead
  return (
    <header className="inbox-thread-head">
      {conversation && <Names conversation={conversation} />}
      <Group gap={4} wrap="nowrap" flex="none">
        {conversation && <Assign conversation={conversation} />}
        {conversation && <LeaveUnread conversation={conversation} />}
        <ActionIcon
          size={36}
          variant="subtle"
          color="gray"
          aria-label={label}
          title={label}
          onClick={() => show(beside === 'lead' ? 'nothing' : 'lead')}
        >
          <PanelRight size={18} aria-hidden />
        </ActionIcon>
      </Group>
    </header>
  )
}

function Names({ conversation }: { conversation: Conversation }) {
  const nameOf = useContactName()
  const { phone } = useFormat()
  const { data: { data: numbers = [] } = {} } = useQuery(look('GET /whatsapp/instances'))
  const instance = numbers.length > 1 ? numbers.find(({ id }) => id === conversation.instance_id) : null
  const { contact } = conversation
  const name = nameOf(conversation)
  const where = [
    contact.phone && phone(contact.phone) !== name && phone(contact.phone),
    instance?.display_name,
  ]
  return (
    <div className="inbox-thread-names">
      <Title order={2} title={name}>
        {name}
      </Title>
      <Text size="xs" c="dimmed" truncate>
        {where.filter(Boolean).join(' · ')}
      </Text>
    </div>
  )
}

/** To come back to it. */
export function LeaveUnread({ conversation }: { conversation: Conversation }) {
  const { conversations } = useWords()
  const nameOf = useContactName()
  const [, go] = useLocation()
  const params = { id: conversation.id }
  const read = useChange('PUT /conversations/{id}/read', { touches: ['leads'] })
  const unread = useChange('PUT /conversations/{id}/unread', {
    touches: ['leads'],
    said: () => ({
      text: conversations.markedUnread(nameOf(conversation)),
      undo: () => read.mutate({ params, body: {} }),
    }),
  })
  function leaveUnread() {
    // Whoever stays would read it again at once.
    go(`/inbox${location.search}`)
    unread.mutate({ params })
  }
  const mayWrite = useCan('whatsapp:write')
  return mayWrite && <UnreadButton leave={leaveUnread} />
}

function UnreadButton({ leave }: { leave: () => void }) {
  const { conversations } = useWords()
  useShortcut('u', conversations.markUnread, leave)
  return (
    <ActionIcon
      size={36}
      variant="subtle"
      color="gray"
      aria-label={conversations.markUnread}
      title={conversations.markUnread}
      onClick={leave}
    >
      <MailOpen size={18} aria-hidden />
    </ActionIcon>
  )
}
