import { sql } from 'drizzle-orm'
import type { Handle } from '#platform/database.ts'
import { isAhead, ms, numberBurstMs } from '#whatsapp/outbox/turns.ts'

export type Due = { accountId: number; id: number; conversation_id: number; instance_id: number }
type Row = { account_id: number; id: number; conversation_id: number; instance_id: number }

/** Longer than any provider is waited for, its three questions together. */
export const isAbandoned = sql`sending_since < now() - interval '60 seconds'`
const mostOfANumber = 10

/** What may go out now: the oldest of each conversation, of numbers that can send and are not at their pace. */
export async function messagesDue(db: Handle, busy: number[], limit: number): Promise<Due[]> {
  const { rows } = await db.execute<Row>(sql`-- across accounts: messages are sent for all
    select due.* from instances i
    join lateral (
      select m.account_id, m.id, m.conversation_id, m.instance_id, m.send_after
      from messages m
      where m.account_id = i.account_id and m.instance_id = i.id
        and m.send_after <= now() and m.sending_since is null
        and not exists (
          select 1 from messages older
          where older.account_id = m.account_id and older.conversation_id = m.conversation_id
            and older.id < m.id and ${isAhead})
      order by m.send_after, m.id
      limit ${mostOfANumber}
    ) due on true
    where i.status = 'connected' and i.removed_at is null
      and coalesce(i.paused_until <= now(), true)
      and i.paced_until <= now() + ${ms(numberBurstMs)}
      and i.id <> all (${sql.param(busy)}::bigint[])
    order by due.send_after, due.id
    limit ${limit}`)
  return rows.map(({ account_id, ...due }) => ({ accountId: account_id, ...due }))
}

/** How long until a number that is at its pace may send again, where something waits for it. */
export async function paceEndsInMs(db: Handle): Promise<number | null> {
  const { rows } = await db.execute<{ ms: number | null }>(sql`-- across accounts: messages are sent for all
    select extract(epoch from min(i.paced_until - ${ms(numberBurstMs)} - now()))::float8 * 1000 as ms
    from instances i
    where i.status = 'connected' and i.removed_at is null and i.paced_until > now() + ${ms(numberBurstMs)}
      and coalesce(i.paused_until <= now(), true)
      and exists (
        select 1 from messages m
        where m.account_id = i.account_id and m.instance_id = i.id
          and m.send_after <= now() and m.sending_since is null)`)
  return rows[0]!.ms
}

/** Whoever was sending these is dead, or as good as that. */
export const abandoned = (db: Handle, limit: number) => old(db, isAbandoned, limit)

/** What has waited for a day since it might go nobody wants to read any more; and of a removed number nothing goes out. */
export const overdue = (db: Handle, limit: number) =>
  old(
    db,
    sql`m.send_after is not null and m.sending_since is null and (m.created_at < now() - interval '1 day'
        and (m.hours is null or m.send_after < now() - interval '1 day')
      or exists (select from instances i
        where i.account_id = m.account_id and i.id = m.instance_id and i.removed_at is not null))`,
    limit,
  )

async function old(db: Handle, which: ReturnType<typeof sql>, limit: number): Promise<Due[]> {
  const { rows } = await db.execute<Row>(sql`-- across accounts: messages are sent for all
    select m.account_id, m.id, m.conversation_id, m.instance_id from messages m where ${which} limit ${limit}`)
  return rows.map(({ account_id, ...due }) => ({ accountId: account_id, ...due }))
}
