import { useLocation } from 'wouter'
import { useShortcut } from '../../shell/shortcuts.ts'
import { useWords } from '../../words/words.ts'
import type { Conversation } from '../talk.ts'

type Wanted = {
  at: (index: number) => Conversation | undefined
  total: number
  selected: number | null
  show: (index: number) => void
}

/** From one conversation to the next by key. */
export function useWalk({ at, total, selected, show }: Wanted) {
  const { conversations } = useWords()
  const [, go] = useLocation()
  const indices = Array.from({ length: total }, (_, index) => index)
  function open(index: number | undefined) {
    const conversation = index === undefined ? undefined : at(index)
    if (!conversation) return
    show(index!)
    go(`/inbox/${conversation.id}${location.search}`)
  }
  const here = () => indices.find((index) => at(index)?.id === selected) ?? -1
  useShortcut('j', conversations.keyNext, () => open(here() + 1))
  useShortcut('k', conversations.keyPrevious, () => open(here() - 1))
  useShortcut('e', conversations.keyNextUnread, () =>
    open(indices.find((index) => (at(index)?.unread_count ?? 0) > 0 && at(index)?.id !== selected)),
  )
}
