import type { Config } from '#config.ts'
import { openLine } from '#platform/bell.ts'
import type { Database } from '#platform/database.ts'
import { createOutbound, type Outbound } from '#platform/outbound.ts'
import { attempt, type Result } from '#webhooks/attempt.ts'
import { deliveriesDue, subscriptionsDue } from '#webhooks/due.ts'
import { type Lane, openLane } from '#webhooks/lane.ts'
import { type Subscription, writeResults } from '#webhooks/results.ts'
import { vaultOf } from '#webhooks/secrets.ts'

export type Deliveries = { stop(): Promise<void> }
type Options = {
  database: Database
  config: Pick<Config, 'publicUrl' | 'secret' | 'allowPrivateWebhooks'>
  onAttempt?: (result: Result) => void
  onTrouble?: (error: unknown) => void
  outbound?: Outbound
}

/** Which subscriptions are looked after, and by whom: an advisory lock for each, of this class. */
const laneLocks = 4_216_003
const lookEveryMs = 1000
const mostLanes = 500

/** Delivers what is due, beside any number of other processes.
 *
 * A subscription belongs to the process that holds its lock. The lock is the connection's: when a process dies,
 * the next one takes over at once; nothing has to expire.
 */
export function startDeliveries({
  database: { pool, db },
  config,
  onAttempt = () => {},
  onTrouble = () => {},
  outbound = createOutbound({ allowPrivate: config.allowPrivateWebhooks }),
}: Options): Deliveries {
  const lanes = new Map<number, Lane>()
  let [isLooking, isAgain, isStopped] = [false, false, false]
  const line = openLine(pool, { name: 'funil deliveries', onRing: ring, onOpen: ring, onLost: stopLanes })
  const timer = setInterval(ring, lookEveryMs)

  function ring() {
    for (const lane of lanes.values()) lane.look()
    isAgain = true
    if (!isLooking && !isStopped) void look()
  }

  async function look() {
    isLooking = true
    while (isAgain && !isStopped) {
      isAgain = false
      try {
        await takeOver()
      } catch (error) {
        onTrouble(error)
        break
      }
    }
    isLooking = false
  }

  async function takeOver() {
    if (lanes.size >= mostLanes) return
    const due = await subscriptionsDue(db, [...lanes.keys()])
    if (due.length === 0) return
    const rows = await line.ask<{ id: number }>(
      `select id from unnest($1::bigint[]) as due (id) where pg_try_advisory_lock($2, hashint8(id))`,
      [due.slice(0, mostLanes - lanes.size).map(({ id }) => id), laneLocks],
    )
    if (!rows || isStopped) return
    const taken = new Set(rows.map(({ id }) => id))
    for (const subscription of due) if (taken.has(subscription.id)) open(subscription)
  }

  function open(subscription: Subscription) {
    const { open: unseal } = vaultOf(config)
    const lane = openLane({
      read: (known, limit) => deliveriesDue(db, subscription, { known, limit, open: unseal }),
      async attempt(due) {
        const result = await attempt(due, outbound, config.publicUrl)
        onAttempt(result)
        return result
      },
      write: (results) => writeResults(db, subscription, results),
      onTrouble,
    })
    lanes.set(subscription.id, lane)
    void lane.ended.then(() => close(subscription.id))
  }

  async function close(id: number) {
    await line.ask('select pg_advisory_unlock($1, hashint8($2::bigint))', [laneLocks, id]).catch(onTrouble)
    lanes.delete(id)
    // What came in the meantime.
    ring()
  }

  // Without the connection the locks are gone, and somebody else may be at it already.
  function stopLanes() {
    for (const lane of lanes.values()) void lane.stop()
  }

  return {
    async stop() {
      isStopped = true
      clearInterval(timer)
      await Promise.all([...lanes.values()].map((lane) => lane.stop()))
      await line.close()
      await outbound.close()
    },
  }
}
