import { useEffect, useState } from 'react'
import { useChange } from '../../api/change.tsx'
import { useCan } from '../../api/session.ts'
import type { Conversation, Message } from '../talk.ts'

/** Whoever sees the end of a conversation has read it. */
export function useReading(conversation: Conversation, newest: Message | undefined, isAtEnd: boolean) {
  const mayRead = useCan('whatsapp:write')
  const isVisible = useVisible()
  const read = useChange('PUT /conversations/{id}/read', { touches: ['leads'], failed: () => true })
  const { id, unread_count } = conversation
  const isSeen = mayRead && isVisible && isAtEnd && unread_count > 0
  const newestId = newest?.id
  const { mutate } = read
  useEffect(() => {
    if (isSeen && newestId) mutate({ params: { id }, body: { message_id: newestId } })
  }, [isSeen, newestId, id, mutate])
}

/** The first message that was unread when the conversation was opened: it stays marked while one reads on. */
export function useUnreadFrom({ unread_count }: Conversation, newestFirst: Message[] | undefined) {
  const [from, setFrom] = useState<number | null | undefined>(undefined)
  if (from === undefined && newestFirst) {
    const received = newestFirst.filter(({ direction }) => direction === 'in')
    setFrom(unread_count > 0 ? (received[Math.min(unread_count, received.length) - 1]?.id ?? null) : null)
  }
  return from ?? null
}

function useVisible() {
  const [isVisible, setVisible] = useState(document.visibilityState === 'visible')
  useEffect(() => {
    const look = () => setVisible(document.visibilityState === 'visible')
    document.addEventListener('visibilitychange', look)
    return () => document.removeEventListener('visibilitychange', look)
  }, [])
  return isVisible
}
