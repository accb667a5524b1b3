import { integer, jsonb, pgTable, text } from 'drizzle-orm/pg-core'
import { accountId, bigId, bytea, createdAt, id, instant, updatedAt } from '#platform/columns.ts'
import type { TemplateVariable } from '#whatsapp/provider.ts'

export const whatsappTemplates = pgTable('whatsapp_templates', {
  account_id: accountId(),
  id: id(),
  instance_id: bigId('instance_id').notNull(),
  external_id: text('external_id').notNull(),
  name: text('name').notNull(),
  language: text('language').notNull(),
  category: text('category').notNull(),
  status: text('status').notNull(),
  parameter_format: text('parameter_format', { enum: ['POSITIONAL', 'NAMED'] }).notNull(),
  components: jsonb('components').$type<unknown[]>().notNull(),
  variables: jsonb('variables').$type<TemplateVariable[]>().notNull(),
  variables_count: integer('variables_count').notNull(),
  rejected_reason: text('rejected_reason'),
  quality: text('quality'),
  removed_at: instant('removed_at'),
  created_at: createdAt(),
  updated_at: updatedAt(),
})

/** What a provider or the sandbox's phone told us, as it came. */
export const whatsappHooks = pgTable('whatsapp_hooks', {
  account_id: accountId(),
  id: id(),
  instance_id: bigId('instance_id').notNull(),
  body: bytea('body').notNull(),
  due_at: instant('due_at'),
  tries: integer('tries').notNull().default(0),
  trouble: text('trouble'),
  received_at: instant('received_at').notNull(),
})

/** Who asked not to be written to. */
export const optOuts = pgTable('opt_outs', {
  account_id: accountId(),
  kind: text('kind').notNull(),
  value: text('value').notNull(),
  reach: text('reach', { enum: ['all', 'marketing'] })
    .notNull()
    .default('all'),
  source: text('source').notNull(),
  at: instant('at').notNull(),
})
