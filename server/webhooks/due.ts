import { sql } from 'drizzle-orm'
import type { Handle } from '#platform/database.ts'
import type { Due } from '#webhooks/attempt.ts'
import type { EventRow } from '#webhooks/payload.ts'
import type { Subscription } from '#webhooks/results.ts'

type Row = EventRow & {
  delivery_id: number
  tries: number
  lead_id: number | null
  target_url: string
  secret: Buffer
  previous_secret: Buffer | null
}
type Open = (sealed: Buffer, accountId: number) => string

/** Subscriptions with something to send now, apart from those that are looked after already. */
export async function subscriptionsDue(db: Handle, known: number[]): Promise<Subscription[]> {
  const { rows } = await db.execute<{
    account_id: number
    id: number
  }>(sql`-- across accounts: deliveries are made for all
    select w.account_id, w.id from webhooks w
    where w.is_active and w.id <> all (${sql.param(known)}::bigint[]) and exists (
      select 1 from webhook_deliveries d
      where d.account_id = w.account_id and d.webhook_id = w.id and d.due_at <= now())`)
  return rows.map(({ account_id, id }) => ({ accountId: account_id, id }))
}

/** The head of one subscription's queue, without what is on its way. A lead's events stand in their order. */
export async function deliveriesDue(
  db: Handle,
  { accountId, id }: Subscription,
  { known, limit, open }: { known: number[]; limit: number; open: Open },
): Promise<Due[]> {
  const { rows } = await db.execute<Row>(sql`
    select d.id as delivery_id, d.tries, d.lead_id, w.target_url, w.secret,
      case when w.previous_secret_until > now() then w.previous_secret end as previous_secret,
      e.id, e.type, e.account_id, e.data, e.previous, e.request_id, e.occurred_at
    from webhook_deliveries d
    join webhooks w on w.account_id = ${accountId} and w.id = ${id} and w.is_active
    join events e on e.account_id = ${accountId} and e.id = d.event_id
    where d.account_id = ${accountId} and d.webhook_id = ${id} and d.due_at <= now()
      and d.id <> all (${sql.param(known)}::bigint[])
    order by d.due_at, d.event_id
    limit ${limit}`)
  return rows.map(({ delivery_id, tries, lead_id, target_url, secret, previous_secret, ...event }) => ({
    id: delivery_id,
    tries,
    lead_id,
    target_url,
    secrets: previous_secret
      ? [open(secret, accountId), open(previous_secret, accountId)]
      : [open(secret, accountId)],
    event: { ...event, occurred_at: new Date(event.occurred_at) },
  }))
}
