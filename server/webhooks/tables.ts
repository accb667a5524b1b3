import { sql } from 'drizzle-orm'
import { boolean, integer, jsonb, pgTable, text } from 'drizzle-orm/pg-core'
import { accountId, bigId, bytea, createdAt, id, instant, updatedAt } from '#platform/columns.ts'

export const sources = ['api', 'n8n'] as const
export const deliveryStatuses = ['pending', 'delivered', 'failed'] as const

/** One attempt, as the customer sees it. */
export type Attempt = {
  at: string
  duration_ms: number
  request: { url: string; headers: Record<string, string> }
  response: { status: number; headers: Record<string, string>; body: string } | null
  error: string | null
}

export const webhooks = pgTable('webhooks', {
  account_id: accountId(),
  id: id(),
  target_url: text('target_url').notNull(),
  events: text('events').array().notNull(),
  source: text('source', { enum: sources }).notNull().default('api'),
  is_active: boolean('is_active').notNull().default(true),
  secret: bytea('secret').notNull(),
  previous_secret: bytea('previous_secret'),
  previous_secret_until: instant('previous_secret_until'),
  failure_count: integer('failure_count').notNull().default(0),
  failing_since: instant('failing_since'),
  last_success_at: instant('last_success_at'),
  last_failure_at: instant('last_failure_at'),
  last_failure_reason: text('last_failure_reason'),
  disabled_reason: text('disabled_reason'),
  created_at: createdAt(),
  updated_at: updatedAt(),
})

export const webhookDeliveries = pgTable('webhook_deliveries', {
  account_id: accountId(),
  id: id(),
  webhook_id: bigId('webhook_id').notNull(),
  event_id: bigId('event_id').notNull(),
  event: text('event').notNull(),
  lead_id: bigId('lead_id'),
  status: text('status', { enum: deliveryStatuses }).notNull().default('pending'),
  due_at: instant('due_at').default(sql`now_ms()`),
  tries: integer('tries').notNull().default(0),
  attempts: jsonb('attempts').$type<Attempt[]>().notNull().default([]),
  created_at: createdAt(),
})
