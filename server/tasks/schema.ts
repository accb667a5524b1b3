import { type Static, Type } from 'typebox'
import { BriefLead } from '#leads/schema.ts'
import { taskPriorities, taskStatuses, taskTypes } from '#pipelines/tables.ts'
import { TaskRow } from '#pipelines/task-schema.ts'
import { Paging } from '#platform/pages.ts'
import { Id, nullable, oneOf, ref, text } from '#platform/shapes.ts'

const subject = text(255, { examples: ['Enviar proposta'] })
const due_date = Type.String({
  format: 'date',
  description: 'A day in the account’s time zone.',
  examples: ['2026-07-01'],
})
const optional = {
  description: Type.Optional(nullable(text(65_535))),
  priority: Type.Optional(oneOf(taskPriorities)),
  due_time: Type.Optional(
    nullable(
      Type.String({
        format: 'time',
        description: '`HH:MM`, in the account’s time zone.',
        examples: ['09:00'],
      }),
    ),
  ),
  lead_id: Type.Optional(nullable(ref('leads'))),
  assigned_to: Type.Optional(nullable(ref('users'))),
  notes: Type.Optional(nullable(text(65_535))),
}

export const NewTask = Type.Object({ subject, type: oneOf(taskTypes), due_date, ...optional })
export type NewTask = Static<typeof NewTask>
export const TaskChanges = Type.Object({
  subject: Type.Optional(subject),
  type: Type.Optional(oneOf(taskTypes)),
  due_date: Type.Optional(due_date),
  status: Type.Optional(oneOf(taskStatuses)),
  ...optional,
})
export type TaskChanges = Static<typeof TaskChanges>

const UserOfTask = Type.Object({ id: Id, name: Type.String() })

export const Task = Type.Object(
  {
    ...TaskRow.properties,
    lead: BriefLead,
    assigned_user: Type.Unsafe<Static<typeof UserOfTask> | null>({ ...UserOfTask, type: ['object', 'null'] }),
    is_overdue: Type.Boolean({ description: 'Pending past its time, in the account’s time zone.' }),
    is_mandatory: Type.Boolean({ description: 'Its lead’s stage demands it.' }),
  },
  { 'x-name': 'Task' },
)
export type Task = Static<typeof Task>

const narrowing = {
  lead_id: Type.Optional(Type.Integer()),
  assigned_to: Type.Optional(Type.Integer()),
  status: Type.Optional(oneOf(taskStatuses)),
  type: Type.Optional(oneOf(taskTypes)),
  priority: Type.Optional(oneOf(taskPriorities)),
}
const due_from = Type.String({ format: 'date', examples: ['2026-07-01'] })
const due_to = Type.String({ format: 'date', examples: ['2026-07-31'] })

export const taskSorts = ['due_date', '-due_date'] as const
export const TaskFilters = Type.Object({
  ...narrowing,
  due_from: Type.Optional(due_from),
  due_to: Type.Optional(due_to),
  sort: Type.Optional(oneOf(taskSorts, { description: 'Soonest due first, unless it says otherwise.' })),
  ...Paging,
})
export type TaskFilters = Static<typeof TaskFilters>

export const mostPerDay = 100
export const mostDays = 62
export const DaysAsked = Type.Object({
  ...narrowing,
  due_from,
  due_to: { ...due_to, description: `At most ${mostDays} days, both included.` },
  per_day: Type.Integer({
    minimum: 1,
    default: 10,
    'x-lenient': true,
    description: `How many of each day are shown; more than ${mostPerDay} is ${mostPerDay}.`,
    examples: [10],
  }),
})
export type DaysAsked = Static<typeof DaysAsked>

export const TaskDay = Type.Object(
  {
    day: due_from,
    total: Type.Integer({ description: 'How many are due on this day.' }),
    tasks: Type.Array(Task, { description: 'The first of them: by their time, those without one last.' }),
  },
  { 'x-name': 'TaskDay' },
)
export type TaskDay = Static<typeof TaskDay>

export const TaskId = Type.Object({ id: ref('tasks') })

export const taskExample: Task = {
  id: 45,
  subject: 'Enviar proposta',
  description: 'Com o desconto combinado.',
  type: 'email',
  status: 'pending',
  priority: 'high',
  due_date: '2026-07-01',
  due_time: '09:00',
  completed_at: null,
  lead_id: 123,
  lead: { id: 123, name: 'João Silva', phone: '+5511999887766', email: 'joao@example.com' },
  assigned_to: 12,
  assigned_user: { id: 12, name: 'Ana' },
  notes: null,
  is_overdue: false,
  is_mandatory: false,
  created_at: '2026-06-30T08:00:00.000Z' as unknown as Date,
  updated_at: '2026-06-30T08:00:00.000Z' as unknown as Date,
}
