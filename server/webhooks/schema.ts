import { type Static, Type } from 'typebox'
import { Paging } from '#platform/pages.ts'
import { Id, nullable, oneOf, ref, Timestamp, text } from '#platform/shapes.ts'
import { deliveryStatuses, sources } from '#webhooks/tables.ts'

/** What can be subscribed to: the contract's list. */
export const supportedEvents = [
  'lead.created',
  'lead.updated',
  'lead.stage_changed',
  'lead.won',
  'lead.lost',
  'lead.deleted',
  'lead.assigned',
  'lead.tagged',
  'lead.merged',
  'lead.opted_out',
  'lead.opted_in',
  'task.created',
  'task.updated',
  'task.completed',
  'message.received',
  'message.sent',
  'message.status',
  'message.updated',
  'sequence.started',
  'sequence.finished',
  'instance.status',
] as const

const Moment = Type.Unsafe<Date | null>({ type: ['string', 'null'], format: 'date-time' })
const nullableText = nullable(Type.String())

const listed = {
  id: Id,
  target_url: Type.String({ examples: ['https://example.com/funil'] }),
  events: Type.Array(Type.String()),
  source: oneOf(sources),
  is_active: Type.Boolean(),
  failure_count: Type.Integer({ description: 'Attempts that failed since the last success.' }),
  last_success_at: Moment,
  last_failure_at: Moment,
  created_at: Timestamp,
}
export const ListedWebhook = Type.Object(listed, { 'x-name': 'Webhook' })
export const webhookShape = {
  ...listed,
  last_failure_reason: nullableText,
  disabled_reason: nullable(
    Type.String({ description: 'Why Funil switched it off; null when nobody did, or a person did.' }),
  ),
}

const target_url = Type.String({
  format: 'uri',
  maxLength: 2048,
  description: '`https`, at an address that everybody can reach.',
  examples: ['https://example.com/funil'],
})
const events = Type.Array(oneOf(supportedEvents), { minItems: 1, maxItems: 100 })
export const NewWebhook = Type.Object({
  target_url,
  events,
  source: Type.Optional(oneOf(sources)),
  secret: Type.Optional(
    nullable(
      text(255, {
        minLength: 16,
        'x-untrimmed': true,
        description: 'Made for you when absent. After `whsec_` there must be base64.',
      }),
    ),
  ),
})
export type NewWebhook = Static<typeof NewWebhook>
export const WebhookChanges = Type.Object({
  target_url: Type.Optional(target_url),
  url: Type.Optional({ ...target_url, description: 'Another name for `target_url`.' }),
  events: Type.Optional(events),
  is_active: Type.Optional(
    Type.Boolean({ description: 'Switching it on again forgets its failures, and goes on with what waits.' }),
  ),
})
export type WebhookChanges = Static<typeof WebhookChanges>

const Headers = Type.Record(Type.String(), Type.String())
const Attempt = Type.Object({
  at: Type.String({ format: 'date-time' }),
  duration_ms: Type.Integer(),
  request: Type.Object({ url: Type.String(), headers: Headers }),
  response: Type.Unsafe<{ status: number; headers: Record<string, string>; body: string } | null>({
    ...Type.Object({
      status: Type.Integer(),
      headers: Headers,
      body: Type.String({ description: 'Its first 4 kB.' }),
    }),
    type: ['object', 'null'],
  }),
  error: nullableText,
})
export const Delivery = Type.Object(
  {
    id: Id,
    event_id: Type.Integer({ description: '`id` in what is sent, and the header `webhook-id`.' }),
    event: Type.String(),
    lead_id: nullable(Id),
    status: oneOf(deliveryStatuses),
    next_attempt_at: Moment,
    attempts: Type.Array(Attempt, { description: 'Oldest first; the newest twenty are kept.' }),
    created_at: Timestamp,
  },
  { 'x-name': 'WebhookDelivery' },
)
export type Delivery = Static<typeof Delivery>

export const DeliveryFilters = Type.Object({
  status: Type.Optional(oneOf(deliveryStatuses)),
  event: Type.Optional(Type.String({ examples: ['lead.won'] })),
  lead_id: Type.Optional(Type.Integer({ examples: [123] })),
  ...Paging,
})
export type DeliveryFilters = Static<typeof DeliveryFilters>

export const Replay = Type.Object({
  since: Type.Unsafe<Date>({ type: 'string', format: 'date-time', examples: ['2026-06-30T10:00:00.000Z'] }),
  until: Type.Optional(nullable(Timestamp)),
  only_failed: Type.Optional(
    Type.Boolean({ description: 'Only what was given up or failed at its last attempt.' }),
  ),
})
export type Replay = Static<typeof Replay>

export const WebhookId = Type.Object({ id: ref('webhooks') })
export const DeliveryId = Type.Object({ id: ref('webhooks'), delivery_id: ref('webhook_deliveries') })
