import { boolean, integer, jsonb, pgTable, text } from 'drizzle-orm/pg-core'
import type { LeadFilters } from '#leads/schema.ts'
import { accountId, bigId, createdAt, id, instant, updatedAt } from '#platform/columns.ts'
import type { Actor } from '#platform/scope.ts'
import type { SendingHours, Step } from '#sequences/schema.ts'
import {
  enrollmentStatuses,
  outcomes,
  runStatuses,
  type StepReason,
  sequenceStatuses,
  waitingFor,
} from '#sequences/states.ts'

export const sequences = pgTable('sequences', {
  account_id: accountId(),
  id: id(),
  name: text('name').notNull(),
  status: text('status', { enum: sequenceStatuses }).notNull().default('active'),
  version: integer('version').notNull().default(1),
  instance_id: bigId('instance_id'),
  stop_on_reply: boolean('stop_on_reply').notNull().default(true),
  stop_on_stage_change: boolean('stop_on_stage_change').notNull().default(false),
  sending_hours: jsonb('sending_hours').$type<SendingHours>(),
  paused_at: instant('paused_at'),
  paused_ms: bigId('paused_ms').notNull().default(0),
  created_at: createdAt(),
  updated_at: updatedAt(),
})

/** The steps as they were when a run began: never changed. */
export const sequenceVersions = pgTable('sequence_versions', {
  account_id: accountId(),
  sequence_id: bigId('sequence_id').notNull(),
  version: integer('version').notNull(),
  steps: jsonb('steps').$type<Step[]>().notNull(),
  created_at: createdAt(),
})

/** One lead in one sequence; `due_at` is by the sequence's own clock. */
export const sequenceRuns = pgTable('sequence_runs', {
  account_id: accountId(),
  id: id(),
  sequence_id: bigId('sequence_id').notNull(),
  version: integer('version').notNull(),
  lead_id: bigId('lead_id').notNull(),
  status: text('status', { enum: runStatuses }).notNull().default('active'),
  step_id: text('step_id'),
  due_at: instant('due_at'),
  waiting_for: text('waiting_for', { enum: waitingFor }),
  waiting_since: instant('waiting_since'),
  is_answered: boolean('is_answered').notNull().default(false),
  replied_at: instant('replied_at'),
  failures: integer('failures').notNull().default(0),
  started_by: jsonb('started_by').$type<Actor>().notNull(),
  started_at: instant('started_at').notNull(),
  finished_at: instant('finished_at'),
})
export type RunRow = typeof sequenceRuns.$inferSelect

/** What a run did at each step. */
export const sequenceRunSteps = pgTable('sequence_run_steps', {
  account_id: accountId(),
  run_id: bigId('run_id').notNull(),
  step_id: text('step_id').notNull(),
  type: text('type').notNull(),
  outcome: text('outcome', { enum: outcomes }).notNull(),
  reason: text('reason').$type<StepReason>(),
  detail: jsonb('detail').$type<Record<string, unknown>>(),
  message_id: bigId('message_id'),
  at: instant('at').notNull(),
})

export const sequenceSignals = pgTable('sequence_signals', {
  account_id: accountId(),
  id: id(),
  run_id: bigId('run_id').notNull(),
  kind: text('kind').notNull(),
})

export const sequenceCalls = pgTable('sequence_calls', {
  account_id: accountId(),
  id: id(),
  run_id: bigId('run_id').notNull(),
  step_id: text('step_id').notNull(),
  url: text('url').notNull(),
  body: text('body').notNull(),
  due_at: instant('due_at').notNull(),
  tries: integer('tries').notNull().default(0),
})

export const sequenceEnrollments = pgTable('sequence_enrollments', {
  account_id: accountId(),
  id: id(),
  sequence_id: bigId('sequence_id').notNull(),
  filters: jsonb('filters').$type<Partial<LeadFilters>>().notNull(),
  status: text('status', { enum: enrollmentStatuses }).notNull().default('running'),
  total: bigId('total').notNull(),
  seen: bigId('seen').notNull().default(0),
  started: bigId('started').notNull().default(0),
  last_lead_id: bigId('last_lead_id').notNull().default(0),
  failure: text('failure'),
  actor: jsonb('actor').$type<Actor>().notNull(),
  created_at: instant('created_at').notNull(),
  finished_at: instant('finished_at'),
})

export const sequenceCounts = pgTable('sequence_counts', {
  account_id: accountId(),
  sequence_id: bigId('sequence_id').notNull(),
  status: text('status').notNull(),
  runs: bigId('runs').notNull().default(0),
})
