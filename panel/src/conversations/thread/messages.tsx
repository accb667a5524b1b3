import { ActionIcon, Button } from '@mantine/core'
import { ArrowDown } from 'lucide-react'
import { Fragment, useEffect, useLayoutEffect, useMemo, useRef } from 'react'
import { Asked } from '../../parts/asked.tsx'
import { useWords } from '../../words/words.ts'
import { OutgoingBubbles } from '../composer/outgoing-bubbles.tsx'
import { type Conversation, type Message, useContactName, useMessages } from '../talk.ts'
import { Bubble } from './bubble.tsx'
import { useDayNames } from './days.ts'
import { useReading, useUnreadFrom } from './reading.ts'
import { useEnd, useHeldPlace } from './scrolling.ts'

export function Messages({ conversation }: { conversation: Conversation }) {
  const asked = useMessages(conversation.id)
  return (
    <Asked of={asked}>
      {(newestFirst) => (
        <Scroller
          conversation={conversation}
          newestFirst={newestFirst}
          hasMore={asked.hasNextPage && !asked.isFetchingNextPage}
          loadMore={asked.fetchNextPage}
        />
      )}
    </Asked>
  )
}

type Wanted = {
  conversation: Conversation
  newestFirst: Message[]
  hasMore: boolean
  loadMore: () => void
}

function Scroller({ conversation, newestFirst, hasMore, loadMore }: Wanted) {
  const { conversations } = useWords()
  const nameOf = useContactName()
  const scroller = useRef<HTMLDivElement>(null)
  const { isAtEnd, isAway, missed, toEnd } = useEnd(scroller, newestFirst)
  useHeldPlace(scroller)
  const unreadFrom = useUnreadFrom(conversation, newestFirst)
  useReading(conversation, newestFirst[0], isAtEnd)
  // Before anything looks where the end is.
  useLayoutEffect(() => {
    const marker = scroller.current?.querySelector('.talk-unread')
    if (unreadFrom && marker && isAbove(marker, scroller.current!)) marker.scrollIntoView()
  }, [unreadFrom])
  return (
    <div className="talk-around">
      <div
        className="talk-scroll"
        ref={scroller}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by the keyboard
        tabIndex={0}
        role="log"
        aria-label={conversations.thread(nameOf(conversation))}
      >
        <ol className="talk-messages">
          <Older hasMore={hasMore} loadMore={loadMore} />
          {newestFirst.length === 0 && <li className="talk-none">{conversations.noMessages}</li>}
          <Days newestFirst={newestFirst} unreadFrom={unreadFrom} conversation={conversation} />
          <OutgoingBubbles conversationId={conversation.id} newestFirst={newestFirst} />
        </ol>
      </div>
      {isAway && <ToEnd missed={missed} toEnd={toEnd} />}
    </div>
  )
}

const isAbove = (marker: Element, around: Element) =>
  marker.getBoundingClientRect().top < around.getBoundingClientRect().top

const apartMs = 300_000

function Days({
  newestFirst,
  unreadFrom,
  conversation,
}: Omit<Wanted, 'hasMore' | 'loadMore'> & { unreadFrom: number | null }) {
  const { conversations } = useWords()
  const dayOf = useDayNames()
  const messages = useMemo(() => newestFirst.toReversed(), [newestFirst])
  const byProvider = useMemo(() => new Map(messages.map((each) => [each.provider_id, each])), [messages])
  return messages.map((message, at) => {
    const before = messages[at - 1]
    const day = dayOf(message.happened_at)
    const isNewDay = !before || dayOf(before.happened_at) !== day
    const isUnreadFrom = message.id === unreadFrom && before !== undefined
    return (
      <Fragment key={message.id}>
        {isNewDay && (
          <li className="talk-day">
            <span>{day}</span>
          </li>
        )}
        {isUnreadFrom && <li className="talk-unread">{conversations.unreadHere}</li>}
        <Bubble
          message={message}
          contact={conversation}
          quoted={message.reply_to === null ? undefined : (byProvider.get(message.reply_to) ?? null)}
          follows={!isNewDay && !isUnreadFrom && isSameVoice(before, message)}
        />
      </Fragment>
    )
  })
}

const isSameVoice = (a: Message, b: Message) =>
  a.direction === b.direction &&
  a.author?.name === b.author?.name &&
  Date.parse(b.happened_at) - Date.parse(a.happened_at) < apartMs

/** Asks for what was before as soon as its place comes near. */
function Older({ hasMore, loadMore }: { hasMore: boolean; loadMore: () => void }) {
  const place = useRef<HTMLLIElement>(null)
  useEffect(() => {
    if (!hasMore) return
    const root = place.current!.closest('.talk-scroll')
    const watch = new IntersectionObserver(([seen]) => seen?.isIntersecting && loadMore(), {
      root,
      rootMargin: '600px 0px 0px',
    })
    watch.observe(place.current!)
    return () => watch.disconnect()
  }, [hasMore, loadMore])
  return <li ref={place} className="talk-older" aria-hidden />
}

function ToEnd({ missed, toEnd }: { missed: number; toEnd: () => void }) {
  const { conversations } = useWords()
  const arrow = <ArrowDown size={16} aria-hidden />
  return missed > 0 ? (
    <Button className="talk-to-end" size="xs" radius="xl" leftSection={arrow} onClick={toEnd}>
      {conversations.newBelow(missed)}
    </Button>
  ) : (
    <ActionIcon
      className="talk-to-end"
      size={36}
      radius="xl"
      variant="default"
      aria-label={conversations.toEnd}
      onClick={toEnd}
    >
      {arrow}
    </ActionIcon>
  )
}
