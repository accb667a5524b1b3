import { and, asc, count, desc, eq, lt, type SQL, sql } from 'drizzle-orm'
import { invalid, notFound, selectedInvalid } from '#platform/errors.ts'
import { decodeCursor, encodeCursor, type Meta, metaOf, offsetOf, perPageOf } from '#platform/pages.ts'
import type { Scope } from '#platform/scope.ts'
import type { Delivery, DeliveryFilters } from '#webhooks/schema.ts'
import { webhookDeliveries, webhooks } from '#webhooks/tables.ts'

const listColumns = {
  id: webhooks.id,
  target_url: webhooks.target_url,
  events: webhooks.events,
  source: webhooks.source,
  is_active: webhooks.is_active,
  failure_count: webhooks.failure_count,
  last_success_at: webhooks.last_success_at,
  last_failure_at: webhooks.last_failure_at,
  created_at: webhooks.created_at,
}

export const listWebhooks = (scope: Scope) =>
  scope.db
    .select(listColumns)
    .from(webhooks)
    .where(eq(webhooks.account_id, scope.accountId))
    .orderBy(asc(webhooks.id))

export async function findWebhook(scope: Scope, id: number) {
  const { last_failure_reason, disabled_reason } = webhooks
  const [webhook] = await scope.db
    .select({ ...listColumns, last_failure_reason, disabled_reason })
    .from(webhooks)
    .where(and(eq(webhooks.account_id, scope.accountId), eq(webhooks.id, id)))
  if (!webhook) throw notFound('webhook')
  return webhook
}

export async function lockWebhook(scope: Scope, id: number) {
  const [webhook] = await scope.db
    .select()
    .from(webhooks)
    .where(and(eq(webhooks.account_id, scope.accountId), eq(webhooks.id, id)))
    .for('no key update')
  if (!webhook) throw notFound('webhook')
  return webhook
}

export async function countWebhooks(scope: Scope) {
  const [row] = await scope.db
    .select({ total: count() })
    .from(webhooks)
    .where(eq(webhooks.account_id, scope.accountId))
  return row!.total
}

/** One page of a subscription's log, newest event first. */
export async function listDeliveries(
  scope: Scope,
  webhookId: number,
  filters: DeliveryFilters,
): Promise<{ data: Delivery[]; meta: Meta }> {
  await findWebhook(scope, webhookId)
  const position = filters.cursor === undefined ? null : positionOf(filters.cursor)
  const where = and(...conditionsOf(scope, webhookId, filters))
  const limit = perPageOf(filters)
  const older = position?.event_id ? lt(webhookDeliveries.event_id, position.event_id) : undefined
  const [found, total] = await Promise.all([
    scope.db
      .select(deliveryColumns)
      .from(webhookDeliveries)
      .where(and(where, older))
      .orderBy(desc(webhookDeliveries.event_id))
      .limit(limit + 1)
      .offset(position ? 0 : offsetOf(filters)),
    position?.total ?? countDeliveries(scope, where),
  ])
  const data = found.slice(0, limit)
  if (!position) return { data, meta: metaOf(filters, total) }
  const has_more = found.length > limit
  const next = has_more ? { event_id: data.at(-1)!.event_id, page: position.page + 1, total } : null
  const meta = metaOf({ ...filters, page: position.page }, total)
  return { data, meta: { ...meta, has_more, next_cursor: next && encodeCursor(next) } }
}

export async function findDelivery(scope: Scope, webhookId: number, id: number): Promise<Delivery> {
  const [delivery] = await scope.db
    .select(deliveryColumns)
    .from(webhookDeliveries)
    .where(
      and(
        eq(webhookDeliveries.account_id, scope.accountId),
        eq(webhookDeliveries.webhook_id, webhookId),
        eq(webhookDeliveries.id, id),
      ),
    )
  if (!delivery) throw notFound('delivery')
  return delivery
}

const deliveryColumns = {
  id: webhookDeliveries.id,
  event_id: webhookDeliveries.event_id,
  event: webhookDeliveries.event,
  lead_id: webhookDeliveries.lead_id,
  status: webhookDeliveries.status,
  next_attempt_at: webhookDeliveries.due_at,
  attempts: webhookDeliveries.attempts,
  created_at: webhookDeliveries.created_at,
}

function conditionsOf(scope: Scope, webhookId: number, filters: DeliveryFilters): SQL[] {
  const conditions = [
    eq(webhookDeliveries.account_id, scope.accountId),
    eq(webhookDeliveries.webhook_id, webhookId),
  ]
  for (const column of ['status', 'event', 'lead_id'] as const) {
    const value = filters[column]
    if (value !== undefined && value !== null) conditions.push(eq(webhookDeliveries[column], value))
  }
  return conditions
}

async function countDeliveries(scope: Scope, where: SQL | undefined) {
  const [row] = await scope.db.select({ total: sql<number>`count(*)` }).from(webhookDeliveries).where(where)
  return row!.total
}

type Position = { event_id: number | null; page: number; total: number | null }

function positionOf(cursor: string): Position {
  if (cursor === '') return { event_id: null, page: 1, total: null }
  const held = decodeCursor(cursor)
  if (![held?.event_id, held?.page, held?.total].every(Number.isSafeInteger))
    throw invalid({ cursor: [selectedInvalid('cursor')] })
  return held as Position
}
