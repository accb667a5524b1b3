import type { Delivery } from '#webhooks/schema.ts'

export const instant = (text: string) => text as unknown as Date

export const webhookExample = {
  id: 1,
  target_url: 'https://example.com/funil',
  events: ['lead.created', 'lead.won'],
  source: 'api' as const,
  is_active: true,
  failure_count: 0,
  last_success_at: instant('2026-06-30T10:00:00.000Z'),
  last_failure_at: null,
  created_at: instant('2026-06-29T08:00:00.000Z'),
  last_failure_reason: null,
  disabled_reason: null,
}

export const deliveryExample: Delivery = {
  id: 7001,
  event_id: 9001,
  event: 'lead.won',
  lead_id: 123,
  status: 'delivered',
  next_attempt_at: null,
  attempts: [
    {
      at: '2026-06-30T10:00:00.031Z',
      duration_ms: 84,
      request: {
        url: 'https://example.com/funil',
        headers: { 'webhook-id': '9001', 'webhook-timestamp': '1782813600' },
      },
      response: { status: 200, headers: { 'content-type': 'text/plain' }, body: 'ok' },
      error: null,
    },
  ],
  created_at: instant('2026-06-30T10:00:00.000Z'),
}
