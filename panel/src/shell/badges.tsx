import type { ReactNode } from 'react'
import { UnreadBadge } from '../conversations/alerts/unread-badge.tsx'
import { OverdueBadge } from '../tasks/overdue-badge.tsx'

/** What waits behind a screen's name, in the navigation and under the thumb. */
export const badges: Partial<Record<string, ReactNode>> = {
  inbox: <UnreadBadge />,
  tasks: <OverdueBadge />,
}
