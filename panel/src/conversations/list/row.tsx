import { Skeleton, VisuallyHidden } from '@mantine/core'
import { memo } from 'react'
import { Link } from 'wouter'
import { useFormat } from '../../parts/format.ts'
import { useWords } from '../../words/words.ts'
import { type Conversation, useContactName } from '../talk.ts'
import { useDayNames } from '../thread/days.ts'
import { useGist } from '../thread/gist.ts'
import { StateMark } from '../thread/state-mark.tsx'

type Wanted = { conversation: Conversation; isSelected: boolean }

export const ConversationRow = memo(function ConversationRow({ conversation, isSelected }: Wanted) {
  const { conversations } = useWords()
  const nameOf = useContactName()
  const { last_message, last_message_at, unread_count } = conversation
  const name = nameOf(conversation)
  return (
    <Link
      className="inbox-row"
      href={`/inbox/${conversation.id}${location.search}`}
      aria-current={isSelected ? 'true' : undefined}
      data-unread={unread_count > 0 || undefined}
    >
      <Initials name={name} />
      <span className="inbox-row-text">
        <span className="inbox-row-line">
          <strong title={name}>{name}</strong>
          <When instant={last_message_at} />
        </span>
        <span className="inbox-row-line">
          <span className="inbox-row-gist">
            {last_message?.direction === 'out' && <StateMark message={last_message} />}
            <Gist message={last_message} />
          </span>
          {unread_count > 0 && (
            <span className="inbox-unread" title={conversations.unread(unread_count)}>
              <span aria-hidden>{unread_count}</span>
              <VisuallyHidden>{conversations.unread(unread_count)}</VisuallyHidden>
            </span>
          )}
        </span>
      </span>
    </Link>
  )
})

function Gist({ message }: { message: Conversation['last_message'] }) {
  const gistOf = useGist()
  return <span>{message ? gistOf(message) : ''}</span>
}

function When({ instant }: { instant: string }) {
  const { conversations } = useWords()
  const { time, moment, day } = useFormat()
  const dayName = useDayNames()(instant)
  const shown =
    dayName === conversations.today ? time(instant) : dayName === day(instant) ? shortly(instant) : dayName
  return (
    <time dateTime={instant} title={moment(instant)}>
      {shown}
    </time>
  )
}

const shortly = (instant: string) =>
  new Intl.DateTimeFormat(document.documentElement.lang, { day: '2-digit', month: '2-digit' }).format(
    new Date(instant),
  )

export function Initials({ name }: { name: string }) {
  const words = name.trim().split(/\s+/)
  const letters = `${words[0]?.[0] ?? ''}${words.length > 1 ? words.at(-1)![0] : ''}`.toUpperCase()
  return (
    <span className="inbox-initials" aria-hidden>
      {/^[\d+(]/.test(name) ? '#' : letters}
    </span>
  )
}

export const RowToCome = () => (
  <span className="inbox-row" aria-hidden>
    <Skeleton circle width={40} height={40} animate={false} />
    <span className="inbox-row-text">
      <Skeleton height={12} width="55%" mb={8} animate={false} />
      <Skeleton height={10} width="85%" animate={false} />
    </span>
  </span>
)
