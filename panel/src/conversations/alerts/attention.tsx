import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { useLocation } from 'wouter'
import { look } from '../../api/look.ts'
import { countInTab } from '../../parts/title.ts'
import { type Message, useContactName } from '../talk.ts'
import { useGist } from '../thread/gist.ts'
import { chime } from './chime.ts'
import { useAlertWishes } from './wishes.ts'

/** The unread conversations, the newest one at hand: for the badge, the tab and the alerts. */
export const useUnread = () =>
  useQuery(look('GET /conversations', { query: { unread: true, page: 1, per_page: 1 } }))

/** Wherever in the panel somebody is: the tab counts, and a new message is told of as they wished. */
export function Attention() {
  const [, go] = useLocation()
  const [wishes] = useAlertWishes()
  const nameOf = useContactName()
  const gistOf = useGist()
  const { data } = useUnread()
  const heard = useRef<number | null>(null)
  const count = data?.meta.total ?? 0
  const [newest] = data?.data ?? []
  useEffect(() => {
    countInTab(count)
    return () => countInTab(0)
  }, [count])
  useEffect(() => {
    if (!data) return
    const last = newest?.last_message
    const before = heard.current
    heard.current = Math.max(before ?? 0, last?.id ?? 0)
    if (!newest || before === null || !isNews(last, before) || document.visibilityState === 'visible') return
    if (wishes.sound) chime()
    if (wishes.browser && window.Notification?.permission === 'granted') {
      const told = new Notification(nameOf(newest), { body: gistOf(last), tag: `conversation-${newest.id}` })
      told.onclick = () => {
        window.focus()
        go(`/inbox/${newest.id}`)
      }
    }
  })
  return null
}

const isNews = (last: Message | null | undefined, before: number): last is Message =>
  last?.direction === 'in' && last.id > before
