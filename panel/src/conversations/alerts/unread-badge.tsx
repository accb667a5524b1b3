import { Badge } from '@mantine/core'
import { useFormat } from '../../parts/format.ts'
import { useWords } from '../../words/words.ts'
import { useUnread } from './attention.tsx'

/** How many conversations wait, in the navigation. */
export function UnreadBadge() {
  const { conversations } = useWords()
  const { number } = useFormat()
  const count = useUnread().data?.meta.total ?? 0
  if (count === 0) return null
  return (
    <Badge
      size="sm"
      circle={count < 10}
      title={conversations.waiting(count)}
      aria-label={conversations.waiting(count)}
    >
      {number(count)}
    </Badge>
  )
}
