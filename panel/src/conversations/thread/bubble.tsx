import { ActionIcon, Button, Text } from '@mantine/core'
import { Reply } from 'lucide-react'
import { memo } from 'react'
import { useCan, useSession } from '../../api/session.ts'
import { useFormat } from '../../parts/format.ts'
import { useWords } from '../../words/words.ts'
import { resend } from '../composer/outgoing.ts'
import { type Conversation, type Message, useContactName } from '../talk.ts'
import { AdCard } from './ad-card.tsx'
import { Content } from './content.tsx'
import { Quote } from './quote.tsx'
import { useReplying } from './replying.tsx'
import { StateMark } from './state-mark.tsx'

type Wanted = {
  message: Message
  contact: Pick<Conversation, 'lead' | 'contact'>
  /** What it answers to; null when that is further back than what is loaded. */
  quoted: Message | null | undefined
  follows: boolean
}

/** One message, on the side of whoever wrote it. */
export const Bubble = memo(function Bubble({ message, contact, quoted, follows }: Wanted) {
  const { conversations } = useWords()
  const { time, moment } = useFormat()
  const isPlain = message.revoked_at !== null
  return (
    <li
      id={`message-${message.id}`}
      className="bubble"
      data-side={message.direction}
      data-follows={follows || undefined}
      data-state={message.state}
    >
      <div className="bubble-line">
        <div className="bubble-body">
          {!follows && <Author message={message} />}
          {message.is_forwarded && <span className="bubble-note">{conversations.forwarded}</span>}
          {message.ad && <AdCard ad={message.ad} />}
          {quoted !== undefined && <Quote message={quoted} contact={contact} />}
          {isPlain ? <em className="bubble-gone">{conversations.deleted}</em> : <Content message={message} />}
          <span className="bubble-foot">
            {message.edited_at && !isPlain && conversations.edited}
            <time dateTime={message.happened_at} title={moment(message.happened_at)}>
              {time(message.happened_at)}
            </time>
            <StateMark message={message} />
          </span>
        </div>
        {!isPlain && <ReplyButton message={message} />}
      </div>
      <Reactions message={message} contact={contact} />
      <Trouble message={message} />
    </li>
  )
})

/** Of ours, who wrote it, where it was not whoever reads. */
function Author({ message: { direction, author } }: { message: Message }) {
  const { conversations } = useWords()
  const { user } = useSession()
  if (direction === 'in' || !author || (author.type === 'user' && author.id === user.id)) return null
  const name = author.type === 'phone' ? conversations.byPhone : author.name
  return <span className="bubble-author">{name || conversations.bySystem}</span>
}

function ReplyButton({ message }: { message: Message }) {
  const { conversations } = useWords()
  const { replyTo } = useReplying()
  if (!useCan('whatsapp:write') || message.provider_id === null) return null
  return (
    <ActionIcon
      className="bubble-reply"
      variant="subtle"
      color="gray"
      aria-label={conversations.reply}
      title={conversations.reply}
      onClick={() => replyTo(message)}
    >
      <Reply size={16} aria-hidden />
    </ActionIcon>
  )
}

function Reactions({ message, contact }: Pick<Wanted, 'message' | 'contact'>) {
  const { conversations } = useWords()
  const nameOf = useContactName()
  if (message.reactions.length === 0) return null
  return (
    <div className="bubble-reactions">
      {message.reactions.map(({ from, emoji }) => {
        const says = conversations.reacted(emoji, from === 'us' ? conversations.ours : nameOf(contact))
        return (
          <span key={from} role="img" aria-label={says} title={says}>
            {emoji}
          </span>
        )
      })}
    </div>
  )
}

/** Why it failed, in plain words, and what can be done. */
function Trouble({ message }: { message: Message }) {
  const { conversations, reasons } = useWords()
  const mayWrite = useCan('whatsapp:write')
  const { state, failure } = message
  if ((state !== 'failed' && state !== 'unknown') || !failure) return null
  const known = reasons[failure.reason as keyof typeof reasons] ?? failure.message
  return (
    <div className="bubble-trouble">
      <Text size="xs" component="span" title={failure.detail ?? undefined}>
        {conversations.states[state]}: {known}
      </Text>
      {mayWrite && (
        <Button size="compact-xs" variant="subtle" color="red" onClick={() => resend(message)}>
          {conversations.resend}
        </Button>
      )}
    </div>
  )
}
