import type pg from 'pg'
import type { Database } from '#platform/database.ts'
import type { Outside } from '#whatsapp/channels.ts'
import { scopeOf } from '#whatsapp/inbox/endpoints.ts'
import type { Counted } from '#whatsapp/inbox/read-hook.ts'
import { readNumber } from '#whatsapp/inbox/read-number.ts'

/** An advisory lock of this class for each number: whoever holds it reads what that number was told, in order. */
const laneLocks = 4_216_005
const mostLanes = 200
/** So much is heard at the same time: of several numbers, or of one. */
const atOnce = 4

/** Reads the numbers that nobody else is reading. When this process dies, its locks go with its connection. */
export async function readDueHooks(
  database: Database,
  outside: Outside,
  { count, onTrouble }: { count: Counted; onTrouble: (error: unknown) => void },
) {
  const holder = await database.pool.connect()
  let isUnlocked = false
  try {
    const lanes = await takeLanes(holder)
    const waiting = lanes.values()
    const share = Math.max(1, Math.floor(atOnce / lanes.length))
    let hasMore = lanes.length === mostLanes
    async function work() {
      for (const lane of waiting) {
        try {
          const scope = scopeOf(database, lane.accountId)
          const number = { scope, instanceId: lane.instanceId, atOnce: share }
          if (await readNumber(outside, number, count)) hasMore = true
        } catch (error) {
          onTrouble(error)
        }
      }
    }
    await Promise.all(Array.from({ length: atOnce }, work))
    await holder.query('select pg_advisory_unlock_all()')
    isUnlocked = true
    return { hasRead: lanes.length > 0, hasMore }
  } finally {
    // A connection that still holds its locks must not go back to the others.
    holder.release(!isUnlocked)
  }
}

type Lane = { accountId: number; instanceId: number }

async function takeLanes(holder: pg.PoolClient): Promise<Lane[]> {
  const { rows } = await holder.query<{ account_id: number; instance_id: number }>(
    `-- across accounts: hooks are read for all
     select account_id, instance_id from whatsapp_hooks where due_at <= now()
     group by account_id, instance_id order by min(due_at) limit $1`,
    [mostLanes],
  )
  if (rows.length === 0) return []
  const { rows: taken } = await holder.query<{ id: number }>(
    'select id from unnest($1::bigint[]) as due (id) where pg_try_advisory_lock($2, hashint8(id))',
    [rows.map(({ instance_id }) => instance_id), laneLocks],
  )
  const ours = new Set(taken.map(({ id }) => id))
  return rows
    .filter(({ instance_id }) => ours.has(instance_id))
    .map(({ account_id, instance_id }) => ({ accountId: account_id, instanceId: instance_id }))
}
