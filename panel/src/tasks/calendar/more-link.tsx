import { Anchor } from '@mantine/core'
import { Link } from 'wouter'
import { useWords } from '../../words/words.ts'

/** How many more a day has than are shown, and the way to them. */
export function MoreLink(wanted: { count: number; dayName: string; address: string }) {
  const { tasks } = useWords()
  const { count, dayName, address } = wanted
  if (count === 0) return null
  const text = tasks.more(count)
  return (
    <Anchor component={Link} href={address} className="calendar-more" aria-label={`${text}: ${dayName}`}>
      {text}
    </Anchor>
  )
}
