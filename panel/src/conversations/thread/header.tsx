import { ActionIcon, Group, Menu, Text, Title, UnstyledButton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Check, ChevronDown, MailOpen, PanelRight } from 'lucide-react'
import { useLocation } from 'wouter'
import { useChange } from '../../api/change.tsx'
import { look } from '../../api/look.ts'
import { useCan, useSession } from '../../api/session.ts'
import { useFormat } from '../../parts/format.ts'
import { useShortcut } from '../../shell/shortcuts.ts'
import { useWords } from '../../words/words.ts'
import type { BesideName } from '../beside/beside.tsx'
import { type Conversation, useContactName, useConversation, useInstance } from '../talk.ts'

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
        {conversation && <ThreadActions conversation={conversation} />}
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
  const instance = useInstance(conversation.instance_id)
  const { contact } = conversation
  const name = nameOf(conversation)
  const where = [contact.phone && contact.phone !== name && phone(contact.phone), instance?.display_name]
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

export function ThreadActions({ conversation }: { conversation: Conversation }) {
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
  return (
    <>
      <Assign conversation={conversation} />
      {mayWrite && <UnreadButton leave={leaveUnread} />}
    </>
  )
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

function Assign({ conversation }: { conversation: Conversation }) {
  const { conversations, common, leads } = useWords()
  const { user } = useSession()
  const [mayLead, mayTalk] = [useCan('leads:write'), useCan('whatsapp:write')]
  const mayAssign = mayLead && mayTalk && conversation.lead !== null
  const asked = useQuery(look('GET /users'))
  const people = asked.data?.data ?? []
  const owner = conversation.lead?.assigned_to ?? null
  const nameOf = (id: number | null) => people.find((each) => each.id === id)?.name
  const params = { id: conversation.id }
  const giveBack = useChange('PUT /conversations/{id}/assign', { touches: ['leads'] })
  const assign = useChange('PUT /conversations/{id}/assign', {
    touches: ['leads'],
    said: (_, { body }) => ({
      text: body?.assigned_to
        ? conversations.assigned(nameOf(body.assigned_to) ?? '')
        : conversations.unassigned,
      undo: () => giveBack.mutate({ params, body: { assigned_to: owner } }),
    }),
  })
  const choose = (id: number | null) => id !== owner && assign.mutate({ params, body: { assigned_to: id } })
  useShortcut('a', conversations.assignMe, () => mayAssign && choose(user.id))
  if (!conversation.lead) return null
  const shown = nameOf(owner) ?? (owner === null ? conversations.nobodyYet : ' ')
  if (!mayAssign)
    return (
      <Text size="sm" c="dimmed" truncate>
        {shown}
      </Text>
    )
  return (
    <Menu position="bottom-end" width={240} shadow="md">
      <Menu.Target>
        <UnstyledButton className="inbox-owner" aria-label={`${conversations.assign}: ${shown}`}>
          <span>{shown}</span>
          <ChevronDown size={16} aria-hidden />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown mah={360} style={{ overflowY: 'auto' }}>
        <AssignMe owner={owner} choose={choose} />
        {people.map(({ id, name }) => (
          <Menu.Item
            key={id}
            role="menuitemradio"
            aria-checked={id === owner}
            rightSection={id === owner && <Check size={16} aria-hidden />}
            onClick={() => choose(id)}
          >
            {id === user.id ? leads.me(name) : name}
          </Menu.Item>
        ))}
        <Menu.Item role="menuitemradio" aria-checked={owner === null} onClick={() => choose(null)}>
          {common.nobody}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}

function AssignMe({ owner, choose }: { owner: number | null; choose: (id: number) => void }) {
  const { conversations } = useWords()
  const { user } = useSession()
  if (owner === user.id) return null
  return (
    <>
      <Menu.Item fw={600} onClick={() => choose(user.id)}>
        {conversations.assignMe}
      </Menu.Item>
      <Menu.Divider />
    </>
  )
}
