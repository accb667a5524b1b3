import { Button, Group, Text, TextInput } from '@mantine/core'
import { UserPlus } from 'lucide-react'
import { useState } from 'react'
import { useLocation } from 'wouter'
import { useCan } from '../../api/session.ts'
import { useWords } from '../../words/words.ts'
import { type Instance, useConversation } from '../talk.ts'
import { useArrival } from './arrival.ts'
import { Behaviour } from './behaviour.tsx'
import { CustomerScreen } from './customer-screen.tsx'
import { CustomerWrites } from './customer-writes.tsx'
import './sandbox.css'

export type Customer = { name: string; phone: string }
type Wanted = { instance: Instance; conversationId: number | null }

/** A phone in which one plays the customer of a number that is only for trying out. */
export default function SandboxPhone({ instance, conversationId }: Wanted) {
  const { conversations } = useWords()
  const [, go] = useLocation()
  const mayPlay = useCan('whatsapp:write')
  const [stranger, setStranger] = useState<Customer>(somebody)
  const asked = useConversation(conversationId)
  const conversation = asked.data?.conversation
  const theirs =
    conversationId !== null && conversation?.instance_id === instance.id ? conversation : undefined
  const customer = theirs
    ? { name: theirs.contact.name ?? theirs.lead?.name ?? '', phone: theirs.contact.phone ?? '' }
    : stranger
  const listenFor = useArrival(instance.id, (id) => go(`/inbox/${id}?beside=phone`))
  function another() {
    setStranger(somebody())
    go('/inbox?beside=phone')
  }
  return (
    <section className="phone-box" aria-label={conversations.phone}>
      <Text size="xs" c="dimmed">
        {conversations.phoneHelp}
      </Text>
      {!theirs && (
        <Group gap="xs" grow>
          <TextInput
            size="xs"
            label={conversations.phoneName}
            value={stranger.name}
            onChange={({ currentTarget }) => setStranger({ ...stranger, name: currentTarget.value })}
          />
          <TextInput
            size="xs"
            type="tel"
            label={conversations.phoneNumber}
            value={stranger.phone}
            onChange={({ currentTarget }) => setStranger({ ...stranger, phone: currentTarget.value })}
          />
        </Group>
      )}
      <div className="phone">
        <header className="phone-head">{instance.display_name}</header>
        <CustomerScreen conversationId={theirs?.id ?? null} />
        {mayPlay && (
          <CustomerWrites
            instanceId={instance.id}
            customer={customer}
            wrote={theirs ? undefined : listenFor}
          />
        )}
      </div>
      {theirs && mayPlay && (
        <Button
          size="compact-sm"
          variant="subtle"
          leftSection={<UserPlus size={14} aria-hidden />}
          onClick={another}
        >
          {conversations.phoneNew}
        </Button>
      )}
      {mayPlay && <Behaviour instanceId={instance.id} />}
    </section>
  )
}

const names = ['Marina Duarte', 'Paulo Teixeira', 'Lívia Campos', 'Renato Moraes', 'Sílvia Nunes']

/** A customer that nobody knows yet. */
function somebody(): Customer {
  const digits = Array.from({ length: 8 }, () => Math.floor(Math.random() * 10)).join('')
  return {
    name: names[Math.floor(Math.random() * names.length)]!,
    phone: `(11) 9${digits.slice(0, 4)}-${digits.slice(4)}`,
  }
}
