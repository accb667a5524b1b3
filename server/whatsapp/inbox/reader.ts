import type { Database } from '#platform/database.ts'
import { startWatch, type Watch } from '#platform/watch.ts'
import type { Outside } from '#whatsapp/channels.ts'
import { scopeOf } from '#whatsapp/inbox/endpoints.ts'
import { type Lane, leaveLane, takeLanes } from '#whatsapp/inbox/lanes.ts'
import type { Counted } from '#whatsapp/inbox/read-hook.ts'
import { readNumber } from '#whatsapp/inbox/read-number.ts'

export type InboxOptions = {
  database: Database
  outside: Omit<Outside, 'db'>
  onTrouble: (error: unknown) => void
  count?: Counted
  /** Told when something was kept that others wait for, such as deliveries. */
  afterWrite?: () => void
}

/** A number whose provider is slow to answer holds up itself alone. */
const mostLanes = 8
/** So much is heard at the same time: of several numbers, or of one. */
const atOnce = 4

/** Reads what the providers told, beside any number of other processes. When one dies, its locks go with its connection. */
export function startInbox({
  database,
  outside,
  onTrouble,
  count = () => {},
  afterWrite = () => {},
}: InboxOptions): Watch {
  const lanes = new Map<number, Promise<void>>()
  let isStopped = false
  const watch = startWatch(database.pool, { look, onTrouble })

  async function look() {
    // Whoever is done with one rings.
    if (isStopped || lanes.size >= mostLanes) return false
    const limits = { busy: [...lanes.keys()], most: mostLanes - lanes.size }
    const taken = await takeLanes(database, watch.ask, limits)
    if (isStopped) return false
    const share = Math.max(1, Math.floor(atOnce / (lanes.size + taken.length)))
    for (const lane of taken) lanes.set(lane.instanceId, read(lane, share))
    return false
  }

  async function read(lane: Lane, share: number) {
    const scope = scopeOf(database, lane.accountId)
    const number = { scope, instanceId: lane.instanceId, atOnce: share }
    const isRead = await readNumber({ ...outside, db: database.db }, number, count).then(
      () => true,
      onTrouble,
    )
    await leaveLane(watch.ask, lane).catch(onTrouble)
    lanes.delete(lane.instanceId)
    afterWrite()
    // What could not be read at all waits for the timer.
    if (isRead) watch.ring()
  }

  return {
    async stop() {
      isStopped = true
      // Their locks are given back on the connection that ends with the watch.
      await Promise.all(lanes.values())
      await watch.stop()
    },
  }
}
