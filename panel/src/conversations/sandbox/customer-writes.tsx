import { ActionIcon, Menu, TextInput } from '@mantine/core'
import { Plus, SendHorizontal } from 'lucide-react'
import { useState } from 'react'
import type { Input } from '../../api/call.ts'
import { complain, useChange } from '../../api/change.tsx'
import { inWords } from '../../api/failure.ts'
import { useWords } from '../../words/words.ts'
import type { Customer } from './sandbox-phone.tsx'

type Saying = Input<'POST /whatsapp/instances/{id}/sandbox/messages'>['body']
type Wanted = { instanceId: number; customer: Customer; wrote?: (phone: string) => void }

export function CustomerWrites({ instanceId, customer, wrote }: Wanted) {
  const words = useWords()
  const { conversations } = words
  const [text, write] = useState('')
  const say = useChange('POST /whatsapp/instances/{id}/sandbox/messages', {
    done: ({ message }) => wrote?.(message.phone),
    failed(error) {
      complain(inWords(error, words))
      return true
    },
  })
  function send(saying: Omit<Saying, 'phone' | 'name'>) {
    say.mutate({ params: { id: instanceId }, body: { ...customer, ...saying } })
    write('')
  }
  const caption = text.trim() || null
  const ad = { headline: conversations.phoneAdHeadline, body: conversations.phoneAdBody }
  return (
    <form
      className="phone-line"
      onSubmit={(event) => {
        event.preventDefault()
        if (caption) send({ text: caption })
      }}
    >
      <Menu position="top-start" shadow="md">
        <Menu.Target>
          <ActionIcon size={34} variant="subtle" color="gray" aria-label={conversations.phoneMore}>
            <Plus size={18} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {(['image', 'document', 'location'] as const).map((kind) => (
            <Menu.Item key={kind} onClick={() => send({ kind, text: caption })}>
              {conversations.phoneKinds[kind]}
            </Menu.Item>
          ))}
          <Menu.Item onClick={() => send({ text: caption ?? conversations.phoneAdText, ad })}>
            {conversations.phoneKinds.ad}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <TextInput
        size="sm"
        radius="xl"
        flex={1}
        aria-label={conversations.phoneWrite}
        placeholder={conversations.phoneWrite}
        value={text}
        onChange={({ currentTarget }) => write(currentTarget.value)}
      />
      <ActionIcon
        type="submit"
        size={34}
        radius="xl"
        aria-label={conversations.phoneSend}
        disabled={!caption}
      >
        <SendHorizontal size={16} aria-hidden />
      </ActionIcon>
    </form>
  )
}
