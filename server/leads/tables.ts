import { sql } from 'drizzle-orm'
import { bigint, date, integer, jsonb, numeric, pgTable, text } from 'drizzle-orm/pg-core'
import type { CustomValues } from '#fields/values.ts'
import { type Lead, statuses } from '#leads/schema.ts'
import { accountId, bigId, createdAt, id, instant, updatedAt } from '#platform/columns.ts'
import type { Actor } from '#platform/scope.ts'

export const leads = pgTable('leads', {
  account_id: accountId(),
  // "By default", not "always": an undone merge brings a lead back under its own id.
  id: bigId('id').generatedByDefaultAsIdentity(),
  name: text('name').notNull(),
  phone: text('phone'),
  email: text('email'),
  company: text('company'),
  birthday: date('birthday', { mode: 'string' }),
  value: numeric('value', { mode: 'number' }).notNull().default(0),
  source: text('source'),
  tags: text('tags').array().notNull().default([]),
  pipeline_id: bigId('pipeline_id').notNull(),
  stage_id: bigId('stage_id').notNull(),
  assigned_to: bigId('assigned_to'),
  status: text('status', { enum: statuses }).notNull(),
  lost_reason_id: bigId('lost_reason_id'),
  notes: text('notes'),
  utm_source: text('utm_source'),
  utm_medium: text('utm_medium'),
  utm_campaign: text('utm_campaign'),
  utm_term: text('utm_term'),
  utm_content: text('utm_content'),
  custom_fields: jsonb('custom_fields').$type<CustomValues>().notNull().default({}),
  search: text('search').notNull(),
  created_at: createdAt(),
  updated_at: updatedAt(),
  stage_changed_at: instant('stage_changed_at').notNull().default(sql`now_ms()`),
})

/** The last two identify nobody: they are what two leads of one person tend to share. */
export const identityKinds = [
  'phone',
  'email',
  'wa_id',
  'lid',
  'bsuid',
  'chat_id',
  'username',
  'name_company',
  'name_birthday',
] as const

/** Who holds a phone or an e-mail: at most one lead each, whatever races. */
export const leadIdentifiers = pgTable('lead_identifiers', {
  account_id: accountId(),
  kind: text('kind', { enum: identityKinds }).notNull(),
  value: text('value').notNull(),
  lead_id: bigId('lead_id').notNull(),
})

/** Who is known by what another lead holds: a likely duplicate, and its heir. */
export const leadRivals = pgTable('lead_rivals', {
  account_id: accountId(),
  kind: text('kind', { enum: identityKinds }).notNull(),
  value: text('value').notNull(),
  lead_id: bigId('lead_id').notNull(),
})

export const leadCounts = pgTable('lead_counts', {
  account_id: accountId(),
  stage_id: bigId('stage_id').notNull(),
  pipeline_id: bigId('pipeline_id').notNull(),
  leads: bigint('leads', { mode: 'number' }).notNull().default(0),
  value_sum: numeric('value_sum', { mode: 'number' }).notNull().default(0),
  archived: bigint('archived', { mode: 'number' }).notNull().default(0),
  archived_value_sum: numeric('archived_value_sum', { mode: 'number' }).notNull().default(0),
})

export const leadTombstones = pgTable('lead_tombstones', {
  account_id: accountId(),
  lead_id: bigId('lead_id').notNull(),
  deleted_at: instant('deleted_at').notNull().default(sql`now_ms()`),
  merged_into: bigId('merged_into'),
})

/** A field that the survivor of a merge took, as it was and as it became. */
export type Taken = { field: string; was: unknown; became: unknown }
type Line = { kind: (typeof identityKinds)[number]; value: string }
type Stood = { id: number; required_task_id: number | null }
/** What changed hands: by id, so that it can be given back. */
export type Moved = {
  held: Line[]
  tasks: Stood[]
  /** Pending twice, or done on one side: left out, whole, until the merge is undone. */
  droppedTasks: Record<string, unknown>[]
  outcomes: number[]
  standingOutcomes: number[]
  stays: number[]
  openStays: number[]
  /** What hangs on leads in later folders, by its name; merges of before have none. */
  others?: Record<string, unknown>
}

/** What a merge did, so that it can be undone. */
export const leadMerges = pgTable('lead_merges', {
  account_id: accountId(),
  duplicate_id: bigId('duplicate_id').notNull(),
  survivor_id: bigId('survivor_id').notNull(),
  duplicate: jsonb('duplicate').$type<Lead>().notNull(),
  taken: jsonb('taken').$type<Taken[]>().notNull(),
  moved: jsonb('moved').$type<Moved>().notNull(),
  merged_at: instant('merged_at').notNull().default(sql`now_ms()`),
})

/** Every time a lead was won or lost; `reopened_at` says when that was undone. */
export const outcomes = pgTable('outcomes', {
  account_id: accountId(),
  id: id(),
  lead_id: bigId('lead_id').notNull(),
  outcome: text('outcome', { enum: ['won', 'lost'] }).notNull(),
  value: numeric('value', { mode: 'number' }).notNull(),
  reason_id: bigId('reason_id'),
  stage_id: bigId('stage_id').notNull(),
  from_stage_id: bigId('from_stage_id'),
  pipeline_id: bigId('pipeline_id').notNull(),
  assigned_to: bigId('assigned_to'),
  source: text('source'),
  actor: jsonb('actor').$type<Actor>().notNull(),
  occurred_at: instant('occurred_at').notNull().default(sql`now_ms()`),
  reopened_at: instant('reopened_at'),
})

/** Each stay of a lead in a stage, open until it leaves. */
export const stageStays = pgTable('stage_stays', {
  account_id: accountId(),
  id: id(),
  lead_id: bigId('lead_id').notNull(),
  pipeline_id: bigId('pipeline_id').notNull(),
  stage_id: bigId('stage_id').notNull(),
  entered_at: instant('entered_at').notNull().default(sql`now_ms()`),
  left_at: instant('left_at'),
})

/** How many leads have a tag: what was counted, and what was added since (migrations/0011_panel.sql). */
export const tagCounts = pgTable('tag_counts', {
  account_id: accountId(),
  tag: text('tag').notNull(),
  leads: bigint('leads', { mode: 'number' }).notNull(),
})
export const tagChanges = pgTable('tag_changes', {
  account_id: accountId(),
  id: id(),
  tag: text('tag').notNull(),
  by: integer('by').notNull(),
})
