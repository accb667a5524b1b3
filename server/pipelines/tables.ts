import { boolean, integer, pgTable, text } from 'drizzle-orm/pg-core'
import { accountId, bigId, createdAt, id, updatedAt } from '#platform/columns.ts'

export const pipelines = pgTable('pipelines', {
  account_id: accountId(),
  id: id(),
  name: text('name').notNull(),
  position: integer('position').notNull(),
  created_at: createdAt(),
  updated_at: updatedAt(),
})

export const stages = pgTable('stages', {
  account_id: accountId(),
  id: id(),
  pipeline_id: bigId('pipeline_id').notNull(),
  name: text('name').notNull(),
  color: text('color').notNull(),
  position: integer('position').notNull(),
  is_won: boolean('is_won').notNull().default(false),
  is_lost: boolean('is_lost').notNull().default(false),
  created_at: createdAt(),
  updated_at: updatedAt(),
})

export const lostReasons = pgTable('lost_reasons', {
  account_id: accountId(),
  id: id(),
  name: text('name').notNull(),
  position: integer('position').notNull(),
})
