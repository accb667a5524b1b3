import { boolean, integer, pgTable, text } from 'drizzle-orm/pg-core'
import { accountId, createdAt, id, updatedAt } from '#platform/columns.ts'

export const fieldTypes = ['text', 'number', 'currency', 'date', 'select', 'multiselect', 'checkbox'] as const

export const customFields = pgTable('custom_fields', {
  account_id: accountId(),
  id: id(),
  name: text('name').notNull(),
  label: text('label').notNull(),
  field_type: text('field_type', { enum: fieldTypes }).notNull(),
  options: text('options').array().notNull().default([]),
  is_required: boolean('is_required').notNull().default(false),
  is_active: boolean('is_active').notNull().default(true),
  show_on_card: boolean('show_on_card').notNull().default(false),
  sort_order: integer('sort_order').notNull().default(0),
  created_at: createdAt(),
  updated_at: updatedAt(),
})
