import { sql } from 'drizzle-orm'
import { boolean, customType, integer, jsonb, pgTable, text } from 'drizzle-orm/pg-core'
import type { Limits, PlanName } from '#accounts/plans.ts'
import type { Preferences } from '#accounts/users/preferences.ts'
import { accountId, bigId, createdAt, id, instant, updatedAt } from '#platform/columns.ts'

const bytea = customType<{ data: Buffer }>({ dataType: () => 'bytea' })

export const accounts = pgTable('accounts', {
  id: id(),
  name: text('name').notNull(),
  plan: text('plan').$type<PlanName>().notNull(),
  limits: jsonb('limits').$type<Limits>().notNull().default({}),
  status: text('status', { enum: ['active', 'suspended'] })
    .notNull()
    .default('active'),
  time_zone: text('time_zone').notNull().default('America/Sao_Paulo'),
  locale: text('locale').notNull().default('pt-BR'),
  country: text('country').notNull().default('BR'),
  default_pipeline_id: bigId('default_pipeline_id'),
  /** What the account chose about WhatsApp; what it did not choose is in whatsapp/settings.ts. */
  whatsapp: jsonb('whatsapp').$type<Record<string, unknown>>().notNull().default({}),
  start_dismissed_at: instant('start_dismissed_at'),
  created_at: createdAt(),
  updated_at: updatedAt(),
})

export const roles = ['admin', 'manager', 'viewer'] as const
export type Role = (typeof roles)[number]

export const users = pgTable('users', {
  account_id: accountId(),
  id: id(),
  name: text('name').notNull(),
  email: text('email').notNull(),
  role: text('role', { enum: roles }).notNull(),
  password_hash: text('password_hash'),
  is_active: boolean('is_active').notNull().default(true),
  // What a lead's owner points at: empty for who left.
  active_id: bigId('active_id').generatedAlwaysAs(sql`case when is_active then id end`),
  link_requested_at: instant('link_requested_at'),
  preferences: jsonb('preferences').$type<Preferences>().notNull().default({}),
  created_at: createdAt(),
  updated_at: updatedAt(),
})

export const signInLinks = pgTable('sign_in_links', {
  account_id: accountId(),
  token_hash: bytea('token_hash').primaryKey(),
  user_id: bigId('user_id').notNull(),
  expires_at: instant('expires_at').notNull(),
  used_at: instant('used_at'),
})

export const sessions = pgTable('sessions', {
  account_id: accountId(),
  token_hash: bytea('token_hash').primaryKey(),
  user_id: bigId('user_id').notNull(),
  signed_in_by: text('signed_in_by', { enum: ['password', 'link'] })
    .notNull()
    .default('link'),
  created_at: createdAt(),
  expires_at: instant('expires_at').notNull(),
})

export const apiKeys = pgTable('api_keys', {
  account_id: accountId(),
  id: id(),
  name: text('name').notNull(),
  prefix: text('prefix').notNull(),
  hash: bytea('hash').notNull(),
  scopes: text('scopes').array().notNull(),
  rate_limit: integer('rate_limit').notNull().default(60),
  created_at: createdAt(),
  expires_at: instant('expires_at'),
  revoked_at: instant('revoked_at'),
  last_used_at: instant('last_used_at'),
})
