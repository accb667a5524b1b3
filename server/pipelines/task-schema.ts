import { Type } from 'typebox'
import { taskPriorities, taskStatuses, taskTypes } from '#pipelines/tables.ts'
import { Day, Id, nullable, oneOf, Timestamp } from '#platform/shapes.ts'

const nullableText = nullable(Type.String())

/** A task's own columns: what events and a lead's `tasks` show of it. */
export const TaskRow = Type.Object(
  {
    id: Id,
    subject: Type.String(),
    description: nullableText,
    type: oneOf(taskTypes),
    status: oneOf(taskStatuses),
    priority: oneOf(taskPriorities),
    due_date: Day,
    due_time: nullable(Type.String({ examples: ['09:00'] })),
    completed_at: nullable(Timestamp),
    lead_id: nullable(Id),
    assigned_to: nullable(Id),
    notes: nullableText,
    created_at: Timestamp,
    updated_at: Timestamp,
  },
  { 'x-name': 'TaskRow' },
)
