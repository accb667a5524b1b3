import { useFormat } from '../../parts/format.ts'
import { useWords } from '../../words/words.ts'

const dayMs = 86_400_000

/** "Hoje", "Ontem", or the day. */
export function useDayNames() {
  const { conversations } = useWords()
  const { day } = useFormat()
  const today = day(new Date().toISOString())
  const yesterday = day(new Date(Date.now() - dayMs).toISOString())
  return (instant: string) => {
    const name = day(instant)
    if (name === today) return conversations.today
    return name === yesterday ? conversations.yesterday : name
  }
}
