import type pg from 'pg'
import { hearBell, type Line } from '#platform/bell.ts'

export type Watch = { stop(): Promise<void> }
/** `ask` is the bell's connection: what it locks is free again when this process dies. */
export type OwnWatch = Watch & { ring(): void; ask: Line['ask'] }
type Options = {
  /** Does what is due, and says whether there may be more at once. */
  look: () => Promise<boolean>
  onTrouble: (error: unknown) => void
  everyMs?: number
}

/** Looks when the bell rings and once in a while, one look after another, until nothing is due. */
export function startWatch(pool: pg.Pool, { look, onTrouble, everyMs = 1000 }: Options): OwnWatch {
  let [isAgain, isStopped] = [false, false]
  let looking: Promise<void> | null = null
  const line = hearBell(pool, ring)
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

  // What was there before anybody listened.
  queueMicrotask(ring)
  return {
    ring,
    ask: line.ask,
    async stop() {
      isStopped = true
      clearInterval(timer)
      await looking
      await line.close()
    },
  }
}
