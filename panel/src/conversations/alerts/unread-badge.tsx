import { CountBadge } from '../../parts/count-badge.tsx'
import { useWords } from '../../words/words.ts'
import { useUnread } from './attention.tsx'

/** How many conversations wait, in the navigation. */
export function UnreadBadge() {
  const { conversations } = useWords()
  const count = useUnread().data?.meta.total ?? 0
  return <CountBadge count={count} label={conversations.waiting(count)} />
}
