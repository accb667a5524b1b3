import { boolean, date, integer, pgTable, text, time } from 'drizzle-orm/pg-core'
import { accountId, bigId, createdAt, id, instant, updatedAt } from '#platform/columns.ts'

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

export const taskTypes = ['call', 'email', 'task', 'visit', 'whatsapp', 'meeting'] as const
export const taskPriorities = ['low', 'medium', 'high'] as const
export const taskStatuses = ['pending', 'completed'] as const

/** What a stage demands of every lead that enters it. */
export const requiredTasks = pgTable('required_tasks', {
  account_id: accountId(),
  id: id(),
  stage_id: bigId('stage_id').notNull(),
  subject: text('subject').notNull(),
  description: text('description'),
  type: text('type', { enum: taskTypes }).notNull(),
  priority: text('priority', { enum: taskPriorities }).notNull().default('medium'),
  due_in_days: integer('due_in_days').notNull().default(0),
  position: integer('position').notNull(),
  created_at: createdAt(),
  updated_at: updatedAt(),
})

/** All tasks. The table stands here, below leads, because a stage's demands make and read them. */
export const tasks = pgTable('tasks', {
  account_id: accountId(),
  id: id(),
  subject: text('subject').notNull(),
  description: text('description'),
  type: text('type', { enum: taskTypes }).notNull(),
  status: text('status', { enum: taskStatuses }).notNull().default('pending'),
  priority: text('priority', { enum: taskPriorities }).notNull().default('medium'),
  due_date: date('due_date', { mode: 'string' }).notNull(),
  due_time: time('due_time'),
  completed_at: instant('completed_at'),
  lead_id: bigId('lead_id'),
  assigned_to: bigId('assigned_to'),
  notes: text('notes'),
  required_task_id: bigId('required_task_id'),
  created_at: createdAt(),
  updated_at: updatedAt(),
})
