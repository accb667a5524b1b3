import { useEffect, useRef } from 'react'
import { useFormat } from '../../parts/format.ts'
import { useWords } from '../../words/words.ts'
import { type Message, useMessages } from '../talk.ts'
import { Content } from '../thread/content.tsx'

/** What the customer sees: theirs on the right, ours once it has arrived. */
export function CustomerScreen({ conversationId }: { conversationId: number | null }) {
  const { conversations } = useWords()
  if (conversationId === null)
    return <div className="phone-screen phone-empty">{conversations.phoneEmpty}</div>
  return <Seen conversationId={conversationId} />
}

function Seen({ conversationId }: { conversationId: number }) {
  const { conversations } = useWords()
  const { time } = useFormat()
  const { data = [] } = useMessages(conversationId)
  const box = useRef<HTMLDivElement>(null)
  const seen = data.filter(hasArrived).toReversed()
  const newest = seen.at(-1)?.id
  useEffect(() => {
    if (newest) box.current?.scrollTo({ top: 0 })
  }, [newest])
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by the keyboard
    <div className="phone-screen" ref={box} tabIndex={0} role="log" aria-label={conversations.phone}>
      <ol>
        {seen.map((message) => (
          <li key={message.id} data-side={message.direction === 'in' ? 'theirs' : 'ours'}>
            <div className="bubble-body" data-received={message.direction === 'out' || undefined}>
              {message.revoked_at ? (
                <em className="bubble-gone">{conversations.deleted}</em>
              ) : (
                <Content message={message} />
              )}
              <span className="bubble-foot">{time(message.happened_at)}</span>
            </div>
          </li>
        ))}
      </ol>
    </div>
  )
}

const hasArrived = ({ direction, state }: Message) =>
  direction === 'in' || state === 'delivered' || state === 'read'
