import { boolean, jsonb, pgTable, text } from 'drizzle-orm/pg-core'
import { accountId, bigId, createdAt, id, updatedAt } from '#platform/columns.ts'

export const listNames = ['leads', 'conversations', 'tasks'] as const

/** How somebody likes to look at a list, kept under a name. */
export const views = pgTable('views', {
  account_id: accountId(),
  id: id(),
  name: text('name').notNull(),
  of: text('of', { enum: listNames }).notNull(),
  is_shared: boolean('is_shared').notNull().default(false),
  user_id: bigId('user_id').notNull(),
  filters: jsonb('filters').$type<Record<string, unknown>>().notNull().default({}),
  sort: text('sort'),
  columns: text('columns').array().notNull().default([]),
  created_at: createdAt(),
  updated_at: updatedAt(),
})
