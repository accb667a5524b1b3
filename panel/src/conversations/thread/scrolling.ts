import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react'
import type { Message } from '../talk.ts'

type Scroller = RefObject<HTMLDivElement | null>
const nearPx = 60
const isNearEnd = (box: Element) => -box.scrollTop < nearPx

/** Whether the end is in sight, what came while it was not, and the way there. It is counted from below. */
export function useEnd(scroller: Scroller, newestFirst: Message[]) {
  const [seen, setSeen] = useState<number | null | undefined>(undefined)
  const newestId = newestFirst[0]?.id ?? 0
  useEffect(() => {
    const box = scroller.current!
    const look = () => setSeen((before) => (isNearEnd(box) ? null : (before ?? newestId)))
    look()
    box.addEventListener('scroll', look, { passive: true })
    return () => box.removeEventListener('scroll', look)
  }, [scroller, newestId])
  const isAway = typeof seen === 'number'
  return {
    isAtEnd: seen === null,
    isAway,
    missed: isAway ? newestFirst.filter(({ id, direction }) => direction === 'in' && id > seen).length : 0,
    toEnd: () => scroller.current!.scrollTo({ top: 0 }),
  }
}

/** What somebody reads stays where it is, whatever comes above or below; browsers do not agree on that. */
export function useHeldPlace(scroller: Scroller) {
  const held = useRef<{ bubble: Element; top: number } | null>(null)
  useEffect(() => {
    const box = scroller.current!
    const hold = () => {
      const edge = box.getBoundingClientRect().top
      const bubbles = [...box.querySelectorAll('.bubble')]
      const bubble = bubbles.find((each) => each.getBoundingClientRect().bottom > edge)
      held.current = bubble ? { bubble, top: bubble.getBoundingClientRect().top } : null
    }
    box.addEventListener('scroll', hold, { passive: true })
    return () => box.removeEventListener('scroll', hold)
  }, [scroller])
  useLayoutEffect(() => {
    const box = scroller.current!
    if (!held.current?.bubble.isConnected || isNearEnd(box)) return
    const { bubble, top } = held.current
    const moved = bubble.getBoundingClientRect().top - top
    if (moved !== 0) box.scrollTop += moved
  })
}
