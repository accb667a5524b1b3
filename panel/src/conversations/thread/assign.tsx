import { Menu, Text, UnstyledButton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { ChevronDown } from 'lucide-react'
import { useChange } from '../../api/change.tsx'
import { look } from '../../api/look.ts'
import { useCan, useSession } from '../../api/session.ts'
import { useShortcut } from '../../shell/shortcuts.ts'
import { useWords } from '../../words/words.ts'
import type { Conversation } from '../talk.ts'

type Talk = { conversation: Conversation }

/** The lead's owner is who answers. */
export function Assign({ conversation }: Talk) {
  const [mayLead, mayTalk] = [useCan('leads:write'), useCan('whatsapp:write')]
  if (!conversation.lead) return null
  return mayLead && mayTalk ? <Choice conversation={conversation} /> : <Owner conversation={conversation} />
}

const ownerOf = ({ lead }: Conversation) => lead?.assigned_to ?? null

function Owner({ conversation }: Talk) {
  return (
    <Text size="sm" c="dimmed" truncate>
      {usePeople().nameOf(ownerOf(conversation))}
    </Text>
  )
}

function usePeople() {
  const { conversations } = useWords()
  const asked = useQuery(look('GET /users'))
  const people = asked.data?.data ?? []
  return {
    people,
    nameOf: (id: number | null) =>
      id === null ? conversations.nobodyYet : (people.find((each) => each.id === id)?.name ?? ' '),
  }
}

const nobody = 'nobody'

function Choice({ conversation }: Talk) {
  const { conversations, common, leads } = useWords()
  const { user } = useSession()
  const { people, nameOf } = usePeople()
  const owner = ownerOf(conversation)
  const choose = useAssigning(conversation, nameOf)
  useShortcut('a', conversations.assignMe, () => choose(user.id))
  return (
    <Menu position="bottom-end" width={240} shadow="md">
      <Menu.Target>
        <UnstyledButton className="inbox-owner" aria-label={`${conversations.assign}: ${nameOf(owner)}`}>
          <span>{nameOf(owner)}</span>
          <ChevronDown size={16} aria-hidden />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown className="inbox-owners">
        {owner !== user.id && (
          <>
            <Menu.Item fw={600} onClick={() => choose(user.id)}>
              {conversations.assignMe}
            </Menu.Item>
            <Menu.Divider />
          </>
        )}
        <Menu.RadioGroup
          value={String(owner ?? nobody)}
          onChange={(id) => choose(id === nobody ? null : Number(id))}
        >
          {people.map(({ id, name }) => (
            <Menu.RadioItem key={id} value={String(id)} closeMenuOnClick>
              {id === user.id ? leads.me(name) : name}
            </Menu.RadioItem>
          ))}
          <Menu.RadioItem value={nobody} closeMenuOnClick>
            {common.nobody}
          </Menu.RadioItem>
        </Menu.RadioGroup>
      </Menu.Dropdown>
    </Menu>
  )
}

function useAssigning(conversation: Conversation, nameOf: (id: number | null) => string) {
  const { conversations } = useWords()
  const owner = ownerOf(conversation)
  const params = { id: conversation.id }
  const giveBack = useChange('PUT /conversations/{id}/assign', { touches: ['leads'] })
  const assign = useChange('PUT /conversations/{id}/assign', {
    touches: ['leads'],
    said: (_, { body }) => ({
      text: body?.assigned_to ? conversations.assigned(nameOf(body.assigned_to)) : conversations.unassigned,
      undo: () => giveBack.mutate({ params, body: { assigned_to: owner } }),
    }),
  })
  return (id: number | null) => {
    if (id !== owner) assign.mutate({ params, body: { assigned_to: id } })
  }
}
