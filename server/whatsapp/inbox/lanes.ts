import { sql } from 'drizzle-orm'
import type { Database, Handle } from '#platform/database.ts'
import type { OwnWatch } from '#platform/watch.ts'

export type Lane = { accountId: number; instanceId: number }

/** An advisory lock of this class for each number: whoever holds it reads what that number was told, in order. */
const laneLocks = 4_216_005

/** Numbers that were told something and that nobody reads, locked. Who was told first comes first. */
export async function takeLanes(
  { db }: Database,
  ask: OwnWatch['ask'],
  { busy, most }: { busy: number[]; most: number },
): Promise<Lane[]> {
  const due = await numbersDue(db, busy)
  if (due.length === 0) return []
  // Without the connection there is nobody to ask, and the next look comes soon.
  const taken = await ask<{ id: number }>(
    'select id from unnest($1::bigint[]) as due (id) where pg_try_advisory_lock($2, hashint8(id)) limit $3',
    [due.map(({ instanceId }) => instanceId), laneLocks, most],
  )
  const ours = new Set(taken?.map(({ id }) => id))
  return due.filter(({ instanceId }) => ours.has(instanceId))
}

export const leaveLane = (ask: OwnWatch['ask'], { instanceId }: Lane) =>
  ask('select pg_advisory_unlock($1, hashint8($2::bigint))', [laneLocks, instanceId])

const mostNumbers = 200

/** Each number is asked for its first, however much waits behind it. */
async function numbersDue(db: Handle, busy: number[]): Promise<Lane[]> {
  const { rows } = await db.execute<{ account_id: number; id: number }>(sql`
    -- across accounts: hooks are read for all
    select i.account_id, i.id from instances i
    join lateral (
      select due_at from whatsapp_hooks h
      where h.account_id = i.account_id and h.instance_id = i.id and h.due_at <= now()
      order by due_at limit 1
    ) first on true
    where i.id <> all (${sql.param(busy)}::bigint[])
    order by first.due_at limit ${mostNumbers}`)
  return rows.map(({ account_id, id }) => ({ accountId: account_id, instanceId: id }))
}
