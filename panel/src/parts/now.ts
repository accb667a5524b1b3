import { useEffect, useState } from 'react'

const tickMs = 15_000

/** The present moment, again every few seconds. */
export function useNow() {
  const [now, setNow] = useState(Date.now)
  useEffect(() => {
    const ticking = setInterval(() => setNow(Date.now()), tickMs)
    return () => clearInterval(ticking)
  }, [])
  return now
}
