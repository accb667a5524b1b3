import { setTimeout as delay } from 'node:timers/promises'
import type { Database } from '#platform/database.ts'
import { startWatch, type Watch } from '#platform/watch.ts'
import type { Outside } from '#whatsapp/channels.ts'
import { type Due, messagesDue, paceEndsInMs } from '#whatsapp/outbox/due.ts'
import { giveUpAbandoned, giveUpOverdue } from '#whatsapp/outbox/given-up.ts'
import { sendDue } from '#whatsapp/outbox/send-due.ts'

export type OutboxOptions = {
  database: Database
  outside: Omit<Outside, 'db'>
  onTrouble: (error: unknown) => void
  /** Told when something was kept that others wait for, such as deliveries. */
  afterWrite?: () => void
}

const mostAtOnce = 24
/** One number that does not answer leaves room for the others. */
const mostOfANumber = 8
const longestPaceMs = 200
const lookForOldEveryMs = 15_000

/** Sends what is queued, beside any number of other processes. */
export function startOutbox({
  database: { db, pool },
  outside,
  onTrouble,
  afterWrite = () => {},
}: OutboxOptions): Watch {
  const running = new Map<Due, Promise<void>>()
  let lookedForOldAt = 0
  const watch = startWatch(pool, { look, onTrouble })

  async function look() {
    if (Date.now() - lookedForOldAt > lookForOldEveryMs) {
      lookedForOldAt = Date.now()
      if ((await giveUpAbandoned(db)) || (await giveUpOverdue(db))) afterWrite()
    }
    // Whoever is done with one rings.
    if (running.size >= mostAtOnce) return false
    const due = await messagesDue(db, busyNumbers(), mostAtOnce - running.size)
    const known = new Set([...running.keys()].map(({ id }) => id))
    for (const each of due) if (!known.has(each.id)) begin(each)
    if (due.length > 0) return false
    const paceMs = await paceEndsInMs(db)
    if (paceMs === null || paceMs > longestPaceMs) return false
    await delay(Math.max(paceMs, 1))
    return true
  }

  function begin(due: Due) {
    const sending = sendDue(db, outside, due)
      .catch(onTrouble)
      .then((isDone) => {
        running.delete(due)
        if (!isDone) return
        afterWrite()
        watch.ring()
      })
    running.set(due, sending)
  }

  function busyNumbers() {
    const byNumber = Map.groupBy(running.keys(), ({ instance_id }) => instance_id)
    return [...byNumber].flatMap(([id, its]) => (its.length >= mostOfANumber ? id : []))
  }

  return {
    async stop() {
      await watch.stop()
      await Promise.all(running.values())
    },
  }
}
