import type { Due, Result } from '#webhooks/attempt.ts'

const atOnce = 16
const atOnceWhileFailing = 4
const readAhead = 100
const staleAfterMs = 5000
const pauseAfterTroubleMs = 1000

export type Lane = {
  /** Something may be due. */
  look(): void
  /** Takes up nothing new; resolves when what is on its way has ended and is written down. */
  stop(): Promise<void>
  ended: Promise<void>
}
type Work = {
  read(known: number[], limit: number): Promise<Due[]>
  attempt(due: Due): Promise<Result>
  write(results: Result[]): Promise<unknown>
  onTrouble(error: unknown): void
}

/** One subscription's deliveries, until nothing is due: several at once, but one lead's one after another.
 *
 * A lead's next event goes out when the one before is written down, so whoever takes over after a crash never sends
 * an older event after a newer one, except where an older one had failed and waits for its next attempt.
 */
export function openLane({ read, attempt, write, onTrouble }: Work): Lane {
  const waiting: Due[] = []
  const known = new Map<number, Due>()
  const busyLeads = new Set<number>()
  let results: Result[] = []
  let [sending, isReading, isWriting, isStopped, isFailing, hasEnded] = [0, false, false, false, false, false]
  let mayHaveMore = true
  let readAt = 0
  const { promise: ended, resolve: end } = Promise.withResolvers<void>()

  function go() {
    if (hasEnded) return
    if (!isStopped) {
      forgetStale()
      launch()
      if (mayHaveMore && !isReading && waiting.length < atOnce) void readMore()
    }
    if (results.length > 0 && !isWriting) void writeDown()
    const isIdle = sending === 0 && !isReading && !isWriting && results.length === 0
    hasEnded = isIdle && (isStopped || (waiting.length === 0 && !mayHaveMore))
    if (hasEnded) end()
  }

  // Where it goes, or whether it still should, may have been changed since.
  function forgetStale() {
    if (waiting.length === 0 || performance.now() - readAt < staleAfterMs) return
    for (const { id } of waiting.splice(0)) known.delete(id)
    mayHaveMore = true
  }

  function launch() {
    const most = isFailing ? atOnceWhileFailing : atOnce
    for (let n = 0; n < waiting.length && sending < most; ) {
      const due = waiting[n]!
      if (due.lead_id !== null && busyLeads.has(due.lead_id)) n++
      else {
        waiting.splice(n, 1)
        void send(due)
      }
    }
  }

  async function send(due: Due) {
    sending++
    if (due.lead_id !== null) busyLeads.add(due.lead_id)
    const result = await attempt(due)
    sending--
    isFailing = result.status !== 'delivered'
    results.push(result)
    go()
  }

  async function readMore() {
    isReading = true
    mayHaveMore = false
    try {
      const found = await read([...known.keys()], readAhead)
      for (const due of found) known.set(due.id, due)
      readAt = waiting.length === 0 ? performance.now() : readAt
      waiting.push(...found)
      mayHaveMore ||= found.length === readAhead
    } catch (error) {
      onTrouble(error)
      isStopped = true
    }
    isReading = false
    go()
  }

  async function writeDown() {
    isWriting = true
    const batch = results
    results = []
    try {
      await write(batch)
      for (const { id } of batch) release(id)
    } catch (error) {
      onTrouble(error)
      // Written later, or sent again by whoever comes after us.
      if (isStopped) return stopWriting()
      results = [...batch, ...results]
      await new Promise((done) => setTimeout(done, pauseAfterTroubleMs))
    }
    isWriting = false
    go()
  }

  function stopWriting() {
    results = []
    isWriting = false
    go()
  }

  function release(id: number) {
    const due = known.get(id)
    known.delete(id)
    if (due && due.lead_id !== null) busyLeads.delete(due.lead_id)
  }

  go()
  return {
    look() {
      mayHaveMore = true
      go()
    },
    stop() {
      isStopped = true
      go()
      return ended
    },
    ended,
  }
}
