import { and, eq, sql } from 'drizzle-orm'
import { invalid } from '#platform/errors.ts'
import type { Scope } from '#platform/scope.ts'
import { findDelivery, lockWebhook } from '#webhooks/queries.ts'
import type { Delivery, Replay } from '#webhooks/schema.ts'
import { webhookDeliveries } from '#webhooks/tables.ts'

/** Due at once, with the whole schedule before it again. What was tried stays in its log. */
const afresh = { status: 'pending' as const, due_at: sql`now_ms()`, tries: 0 }

export async function resend(scope: Scope, webhookId: number, id: number): Promise<Delivery> {
  await lockWebhook(scope, webhookId)
  await findDelivery(scope, webhookId, id)
  await scope.db
    .update(webhookDeliveries)
    .set(afresh)
    .where(
      and(
        eq(webhookDeliveries.account_id, scope.accountId),
        eq(webhookDeliveries.webhook_id, webhookId),
        eq(webhookDeliveries.id, id),
      ),
    )
  return findDelivery(scope, webhookId, id)
}

/** What happened in a stretch of time, to be sent again, or for the first time: the subscription may have been off. */
export async function replay(scope: Scope, webhookId: number, { since, until, only_failed }: Replay) {
  if (until && until < since)
    throw invalid({ until: ['The until field must be a date after or equal to since.'] })
  const { events } = await lockWebhook(scope, webhookId)
  const span = { since: since.toISOString(), until: (until ?? new Date()).toISOString() }
  const { rows } = await scope.db.execute<{ queued: number }>(
    only_failed ? again(scope, webhookId, span) : anew(scope, webhookId, events, span),
  )
  return { queued: Number(rows[0]!.queued) }
}

type Span = { since: string; until: string }

const again = ({ accountId }: Scope, webhookId: number, { since, until }: Span) => sql`
  with queued as (
    update webhook_deliveries d set status = 'pending', due_at = now_ms(), tries = 0
    from events e
    where d.account_id = ${accountId} and d.webhook_id = ${webhookId}
      and (d.status = 'failed' or (d.status = 'pending' and d.tries > 0))
      and e.account_id = ${accountId} and e.id = d.event_id
      and e.occurred_at >= ${since}::timestamptz and e.occurred_at <= ${until}::timestamptz
    returning 1)
  select count(*) as queued from queued`

const anew = ({ accountId }: Scope, webhookId: number, events: string[], { since, until }: Span) => sql`
  with queued as (
    insert into webhook_deliveries as d (account_id, webhook_id, event_id, event, lead_id)
    select ${accountId}::bigint, ${webhookId}::bigint, e.id, e.type, e.lead_id from events e
    where e.account_id = ${accountId} and e.type = any (${sql.param(events)}::text[])
      and e.occurred_at >= ${since}::timestamptz and e.occurred_at <= ${until}::timestamptz
    order by e.occurred_at, e.id
    on conflict (account_id, webhook_id, event_id) do update
      set status = 'pending', due_at = excluded.due_at, tries = 0
    returning 1)
  select count(*) as queued from queued`
