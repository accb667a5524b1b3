import { Text } from '@mantine/core'
import { Clock } from 'lucide-react'
import { useNow } from '../../parts/now.ts'
import { useWords } from '../../words/words.ts'
import type { Conversation } from '../talk.ts'

const soonMs = 2 * 3_600_000

/** The official API's 24 hours, counted down; null where there is no such rule. */
export function useWindow({ is_restricted, is_open, open_until }: Conversation['window']) {
  const now = useNow()
  if (!is_restricted) return { isOpen: true, leftMs: null }
  const leftMs = open_until ? Date.parse(open_until) - now : 0
  return { isOpen: is_open && leftMs > 0, leftMs }
}

export function WindowLine({ leftMs }: { leftMs: number }) {
  const { conversations } = useWords()
  const minutes = Math.max(Math.floor(leftMs / 60_000), 1)
  const left = conversations.hours(Math.floor(minutes / 60), minutes % 60)
  return (
    <Text
      className="composer-window"
      size="xs"
      data-soon={leftMs < soonMs || undefined}
      title={conversations.windowHelp}
    >
      <Clock size={12} aria-hidden /> {conversations.windowCloses(left)}
    </Text>
  )
}
