import { type RefObject, useEffect, useState } from 'react'
import type { Message } from '../talk.ts'

const nearPx = 60

/** Whether the end is in sight, what came while it was not, and the way there. It is counted from below. */
export function useEnd(scroller: RefObject<HTMLDivElement | null>, newestFirst: Message[]) {
  const [seen, setSeen] = useState<number | null>(null)
  const newestId = newestFirst[0]?.id ?? 0
  useEffect(() => {
    const box = scroller.current!
    const look = () => {
      const isNear = -box.scrollTop < nearPx
      setSeen((before) => (isNear ? null : (before ?? newestId)))
    }
    look()
    box.addEventListener('scroll', look, { passive: true })
    return () => box.removeEventListener('scroll', look)
  }, [scroller, newestId])
  return {
    isAtEnd: seen === null,
    missed:
      seen === null ? 0 : newestFirst.filter(({ id, direction }) => direction === 'in' && id > seen).length,
    toEnd: () => scroller.current!.scrollTo({ top: 0, behavior: 'smooth' }),
  }
}
