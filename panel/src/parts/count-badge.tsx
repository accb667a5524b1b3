import { Badge } from '@mantine/core'

const mostShown = 99

/** How many wait, small enough for any corner; `label` says it in words, and exactly. */
export function CountBadge({ count, label, color }: { count: number; label: string; color?: string }) {
  if (count === 0) return null
  return (
    <Badge size="sm" color={color} circle={count < 10} title={label} aria-label={label}>
      {count > mostShown ? `${mostShown}+` : count}
    </Badge>
  )
}
