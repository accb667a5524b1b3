import { Type } from 'typebox'
import { linksOf, Meta } from '#platform/pages.ts'
import { Answer, route, tagged } from '#platform/route.ts'
import { Id, Timestamp } from '#platform/shapes.ts'
import { changeWebhook, createWebhook, deleteWebhook, rotateSecret, sendTest } from '#webhooks/actions.ts'
import { replay, resend } from '#webhooks/again.ts'
import { deliveryExample, instant, webhookExample } from '#webhooks/examples.ts'
import { findWebhook, listDeliveries, listWebhooks } from '#webhooks/queries.ts'
import {
  Delivery,
  DeliveryFilters,
  DeliveryId,
  ListedWebhook,
  NewWebhook,
  Replay,
  supportedEvents,
  WebhookChanges,
  WebhookId,
  webhookShape,
} from '#webhooks/schema.ts'

const { last_failure_reason: _, disabled_reason: __, ...listExample } = webhookExample
const secret = Type.String({ description: 'Shown only now.' })
const signing = 'Each delivery is signed twice; see docs/webhooks.md for how to verify it.'

export const webhookRoutes = tagged('Webhooks', [
  route(
    'listWebhooks',
    'GET /webhooks',
    {
      permission: 'webhooks:read',
      summary: 'The account’s webhooks, and what can be subscribed to',
      answer: { data: Type.Array(ListedWebhook), supported_events: Type.Array(Type.String()) },
      example: { data: [listExample], supported_events: [...supportedEvents] },
    },
    async ({ scope }) => ({ data: await listWebhooks(scope), supported_events: [...supportedEvents] }),
  ),
  route(
    'createWebhook',
    'POST /webhooks',
    {
      permission: 'webhooks:write',
      summary: 'Subscribe to events',
      description: `The secret is in this answer only. ${signing}`,
      body: NewWebhook,
      bodyExample: { target_url: 'https://example.com/funil', events: ['lead.created', 'lead.won'] },
      answer: { id: Id, secret, events: Type.Array(Type.String()) },
      status: 201,
      rules: ['limit_reached'],
      showsSecret: true,
      example: {
        id: 1,
        secret: 'whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD',
        events: ['lead.created', 'lead.won'],
      },
    },
    ({ scope, operator, body }) => createWebhook(scope, operator, body),
  ),
  route(
    'getWebhook',
    'GET /webhooks/{id}',
    {
      permission: 'webhooks:read',
      summary: 'One webhook',
      params: WebhookId,
      answer: webhookShape,
      example: webhookExample,
    },
    ({ scope, params }) => findWebhook(scope, params.id),
  ),
  route(
    'updateWebhook',
    'PUT /webhooks/{id}',
    {
      permission: 'webhooks:write',
      summary: 'Change where it goes, what it hears, or whether it is on',
      params: WebhookId,
      body: WebhookChanges,
      bodyExample: { events: ['lead.won'], is_active: true },
      answer: webhookShape,
      example: webhookExample,
    },
    ({ scope, operator, params, body }) => changeWebhook(scope, operator, params.id, body),
  ),
  route(
    'deleteWebhook',
    'DELETE /webhooks/{id}',
    {
      permission: 'webhooks:write',
      summary: 'Unsubscribe',
      description: 'Its deliveries, also those that wait, go with it.',
      params: WebhookId,
      answer: {},
      example: {},
    },
    async ({ scope, params }) => {
      await deleteWebhook(scope, params.id)
      return {}
    },
  ),
  route(
    'testWebhook',
    'POST /webhooks/{id}/test',
    {
      permission: 'webhooks:write',
      summary: 'Send it an event `webhook.test`',
      description: 'It goes the way of all events; its delivery tells how it went.',
      params: WebhookId,
      answer: { delivery: Delivery },
      example: { delivery: { ...deliveryExample, event: 'webhook.test', lead_id: null } },
    },
    async ({ scope, params }) => ({ delivery: await sendTest(scope, params.id) }),
  ),
  route(
    'rotateWebhookSecret',
    'POST /webhooks/{id}/rotate-secret',
    {
      permission: 'webhooks:write',
      summary: 'Make a new secret',
      description: 'It is in this answer only. For 24 hours deliveries are signed with the old one too.',
      params: WebhookId,
      answer: { id: Id, secret, previous_secret_until: Timestamp },
      showsSecret: true,
      example: {
        id: 1,
        secret: 'whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD',
        previous_secret_until: instant('2026-07-01T10:00:00.000Z'),
      },
    },
    ({ scope, operator, params }) => rotateSecret(scope, operator, params.id),
  ),
  route(
    'listWebhookDeliveries',
    'GET /webhooks/{id}/deliveries',
    {
      permission: 'webhooks:read',
      summary: 'What was sent, what waits, and how each attempt went',
      description: 'Newest event first; kept for 30 days.',
      params: WebhookId,
      query: DeliveryFilters,
      answer: { data: Type.Array(Delivery), meta: Meta },
      example: {
        data: [deliveryExample],
        meta: { total: 1, per_page: 50, current_page: 1, last_page: 1, has_more: false },
      },
    },
    async ({ scope, params, query, url }) => {
      const { data, meta } = await listDeliveries(scope, params.id, query)
      return new Answer({ data, meta }, { headers: linksOf(url, meta) })
    },
  ),
  route(
    'resendWebhookDelivery',
    'POST /webhooks/{id}/deliveries/{delivery_id}/resend',
    {
      permission: 'webhooks:write',
      summary: 'Send one again',
      description: 'With the same `webhook-id`, so a receiver that has it already can tell.',
      params: DeliveryId,
      answer: { delivery: Delivery },
      example: { delivery: deliveryExample },
    },
    async ({ scope, params }) => ({ delivery: await resend(scope, params.id, params.delivery_id) }),
  ),
  route(
    'replayWebhook',
    'POST /webhooks/{id}/replay',
    {
      permission: 'webhooks:write',
      summary: 'Send again what happened in a stretch of time',
      description: 'Also what happened while it was off, as far as it is still in the log.',
      params: WebhookId,
      body: Replay,
      bodyExample: { since: '2026-06-30T00:00:00Z', only_failed: true },
      answer: { queued: Type.Integer({ description: 'How many deliveries wait for it now.' }) },
      example: { queued: 12 },
    },
    ({ scope, params, body }) => replay(scope, params.id, body),
  ),
])
