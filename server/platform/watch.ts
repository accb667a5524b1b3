import type pg from 'pg'
import { openLine } from '#platform/bell.ts'

export type Watch = { stop(): Promise<void> }
type Options = {
  /** Does what is due, and says whether there may be more at once. */
  look: () => Promise<boolean>
  onTrouble: (error: unknown) => void
  everyMs?: number
}

/** Looks when the bell rings and once in a while, one look after another, until nothing is due. */
export function startWatch(pool: pg.Pool, { look, onTrouble, everyMs = 1000 }: Options): Watch & { ring(): void } {
  let [isAgain, isStopped] = [false, false]
  let looking: Promise<void> | null = null
  const line = openLine(pool, { onRing: ring, onOpen: ring, onLost: () => {} })
  const timer = setInterval(ring, everyMs)

  function ring() {
    isAgain = true
    if (!isStopped) looking ??= run().finally(rest)
  }

  function rest() {
    looking = null
    if (isAgain && !isStopped) ring()
  }

  async function run() {
    while (isAgain && !isStopped) {
      isAgain = false
      try {
        if (await look()) isAgain = true
      } catch (error) {
        // The next look comes with the timer.
        isAgain = false
        onTrouble(error)
      }
    }
  }

  return {
    ring,
    async stop() {
      isStopped = true
      clearInterval(timer)
      await looking
      await line.close()
    },
  }
}
