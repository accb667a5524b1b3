import { sql } from 'drizzle-orm'
import { boolean, integer, jsonb, pgTable, text } from 'drizzle-orm/pg-core'
import type { Hours } from '#platform/calendar.ts'
import { accountId, bigId, bytea, createdAt, id, instant, updatedAt } from '#platform/columns.ts'

export const providerKinds = ['waha', 'cloud_api', 'sandbox'] as const
export const instanceStatuses = ['connected', 'connecting', 'waiting_scan', 'disconnected', 'failed'] as const
export const messageStates = ['received', 'queued', 'sent', 'delivered', 'read', 'failed', 'unknown'] as const
export const contentKinds = [
  'text',
  'template',
  'image',
  'video',
  'audio',
  'document',
  'sticker',
  'location',
  'contacts',
  'button_reply',
  'list_reply',
  'form_reply',
  'order',
  'unsupported',
  'unknown',
] as const

/** A WhatsApp number of the account's. */
export const instances = pgTable('instances', {
  account_id: accountId(),
  id: id(),
  provider: text('provider', { enum: providerKinds }).notNull(),
  display_name: text('display_name').notNull(),
  phone_number: text('phone_number'),
  is_primary: boolean('is_primary').notNull().default(false),
  status: text('status', { enum: instanceStatuses }).notNull().default('connecting'),
  status_reason: text('status_reason'),
  status_detail: text('status_detail'),
  status_since: instant('status_since').notNull().default(sql`now_ms()`),
  number_key: text('number_key').notNull(),
  business_key: text('business_key'),
  settings: jsonb('settings').$type<Record<string, unknown>>().notNull().default({}),
  // Sealed and opened where the providers are made.
  secrets: bytea('secrets'),
  paced_until: instant('paced_until').notNull().default(sql`'-infinity'`),
  paused_until: instant('paused_until'),
  last_heard_at: instant('last_heard_at'),
  templates_synced_at: instant('templates_synced_at'),
  removed_at: instant('removed_at'),
  created_at: createdAt(),
  updated_at: updatedAt(),
})

export type InstanceRow = typeof instances.$inferSelect

/** One person at one number. A lead may have several: at several numbers, or after a merge. */
export const conversations = pgTable('conversations', {
  account_id: accountId(),
  id: id(),
  instance_id: bigId('instance_id').notNull(),
  lead_id: bigId('lead_id'),
  address: text('address').notNull(),
  contact_name: text('contact_name'),
  contact_phone: text('contact_phone'),
  contact_username: text('contact_username'),
  identities: jsonb('identities').$type<{ kind: string; value: string }[]>().notNull().default([]),
  window_until: instant('window_until'),
  unread_count: integer('unread_count').notNull().default(0),
  last_message_id: bigId('last_message_id'),
  last_message_at: instant('last_message_at').notNull().default(sql`now_ms()`),
  last_inbound_at: instant('last_inbound_at'),
  paced_until: instant('paced_until').notNull().default(sql`'-infinity'`),
  // Made by the database from who the contact is.
  search: text('search').generatedAlwaysAs(sql`''`).notNull(),
  created_at: createdAt(),
  updated_at: updatedAt(),
})

/** Who wrote one of ours: a person or key, a sequence, or somebody on the phone itself. */
export type Author = { type: 'key' | 'user' | 'system' | 'phone'; id: number | null; name: string }
/** Why it failed, as far as it is shown. `raw` is the provider's own answer. */
export type MessageFailure = {
  reason: string
  message: string
  retryable: boolean
  code: number | null
  detail: string | null
}
export type Reaction = { from: 'contact' | 'us'; emoji: string }

export const messages = pgTable('messages', {
  account_id: accountId(),
  id: id(),
  conversation_id: bigId('conversation_id').notNull(),
  instance_id: bigId('instance_id').notNull(),
  direction: text('direction', { enum: ['in', 'out'] }).notNull(),
  state: text('state', { enum: messageStates }).notNull(),
  provider_id: text('provider_id'),
  once: text('once'),
  kind: text('kind', { enum: contentKinds }).notNull(),
  content: jsonb('content').$type<Record<string, unknown>>().notNull(),
  text: text('text'),
  template_id: bigId('template_id'),
  reply_to: text('reply_to'),
  author: jsonb('author').$type<Author>(),
  is_forwarded: boolean('is_forwarded').notNull().default(false),
  ad: jsonb('ad').$type<Record<string, unknown>>(),
  reactions: jsonb('reactions').$type<Reaction[]>().notNull().default([]),
  reacted_at: jsonb('reacted_at').$type<Partial<Record<Reaction['from'], string>>>().notNull().default({}),
  edited_at: instant('edited_at'),
  revoked_at: instant('revoked_at'),
  failure: jsonb('failure').$type<MessageFailure>(),
  pricing: jsonb('pricing').$type<Record<string, unknown>>(),
  happened_at: instant('happened_at').notNull().default(sql`now_ms()`),
  sent_at: instant('sent_at'),
  delivered_at: instant('delivered_at'),
  read_at: instant('read_at'),
  failed_at: instant('failed_at'),
  is_played: boolean('is_played').notNull().default(false),
  send_after: instant('send_after'),
  hours: jsonb('hours').$type<Hours>(),
  sending_since: instant('sending_since'),
  tries: integer('tries').notNull().default(0),
  created_at: createdAt(),
  updated_at: updatedAt(),
})

export const mediaStates = ['waiting', 'kept', 'failed'] as const
export const messageMedia = pgTable('message_media', {
  account_id: accountId(),
  message_id: bigId('message_id').notNull(),
  state: text('state', { enum: mediaStates }).notNull().default('waiting'),
  source: jsonb('source').$type<Record<string, unknown>>().notNull(),
  mime_type: text('mime_type'),
  filename: text('filename'),
  size_bytes: bigId('size_bytes'),
  sha256: text('sha256'),
  storage_key: text('storage_key'),
  problem: text('problem'),
  tries: integer('tries').notNull().default(0),
  due_at: instant('due_at'),
  created_at: createdAt(),
  updated_at: updatedAt(),
})
