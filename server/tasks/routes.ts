import { Type } from 'typebox'
import { linksOf, Meta } from '#platform/pages.ts'
import { Answer, route, tagged } from '#platform/route.ts'
import { changeTask, completeTask, createTask, deleteTask, reopenTask } from '#tasks/actions.ts'
import { listDays } from '#tasks/days.ts'
import { findTask, listTasks } from '#tasks/queries.ts'
import {
  DaysAsked,
  NewTask,
  Task,
  TaskChanges,
  TaskDay,
  TaskFilters,
  TaskId,
  taskExample,
} from '#tasks/schema.ts'

const OneTask = { task: Task }
const example = { task: taskExample }

export const taskRoutes = tagged('Tasks', [
  route(
    'listTasks',
    'GET /tasks',
    {
      permission: 'tasks:read',
      summary: 'Tasks, soonest due first',
      query: TaskFilters,
      answer: { data: Type.Array(Task), meta: Meta },
      example: {
        data: [taskExample],
        meta: { total: 1, per_page: 50, current_page: 1, last_page: 1, has_more: false },
      },
    },
    async ({ scope, query, url }) => {
      const { data, meta } = await listTasks(scope, query)
      return new Answer({ data, meta }, { headers: linksOf(url, meta) })
    },
  ),
  route(
    'listTaskDays',
    'GET /tasks/days',
    {
      permission: 'tasks:read',
      summary: 'A calendar’s days: how many tasks each has, and the first of them',
      description:
        'Days without tasks are left out. All tasks of a day are `GET /tasks` with it as both bounds.',
      query: DaysAsked,
      answer: { data: Type.Array(TaskDay) },
      example: { data: [{ day: '2026-07-01', total: 12, tasks: [taskExample] }] },
    },
    async ({ scope, query }) => ({ data: await listDays(scope, query) }),
  ),
  route(
    'createTask',
    'POST /tasks',
    {
      permission: 'tasks:write',
      summary: 'Create a task',
      body: NewTask,
      bodyExample: { subject: 'Enviar proposta', type: 'email', due_date: '2026-07-01', lead_id: 123 },
      answer: OneTask,
      status: 201,
      example,
    },
    async ({ scope, body }) => ({ task: await findTask(scope, await createTask(scope, body)) }),
  ),
  route(
    'getTask',
    'GET /tasks/{id}',
    { permission: 'tasks:read', summary: 'One task', params: TaskId, answer: OneTask, example },
    async ({ scope, params }) => ({ task: await findTask(scope, params.id) }),
  ),
  ...(['PUT', 'PATCH'] as const).map((method) =>
    route(
      method === 'PUT' ? 'updateTask' : 'patchTask',
      `${method} /tasks/{id}`,
      {
        permission: 'tasks:write',
        summary: 'Change any of a task’s fields',
        description: 'Fields that are not sent stay as they are; null clears.',
        params: TaskId,
        body: TaskChanges,
        bodyExample: { due_date: '2026-07-02' },
        answer: OneTask,
        rules: ['mandatory_task'],
        example,
      },
      async ({ scope, params, body }) => {
        await changeTask(scope, params.id, body)
        return { task: await findTask(scope, params.id) }
      },
    ),
  ),
  route(
    'deleteTask',
    'DELETE /tasks/{id}',
    {
      permission: 'tasks:write',
      summary: 'Delete a task',
      description: 'A mandatory task is completed instead.',
      params: TaskId,
      answer: {},
      rules: ['mandatory_task'],
      example: {},
    },
    async ({ scope, params }) => {
      await deleteTask(scope, params.id)
      return {}
    },
  ),
  route(
    'completeTask',
    'PUT /tasks/{id}/complete',
    { permission: 'tasks:write', summary: 'Complete a task', params: TaskId, answer: OneTask, example },
    async ({ scope, params }) => {
      await completeTask(scope, params.id)
      return { task: await findTask(scope, params.id) }
    },
  ),
  route(
    'reopenTask',
    'PUT /tasks/{id}/reopen',
    {
      permission: 'tasks:write',
      summary: 'Reopen a completed task',
      description: 'A mandatory one then holds its lead in the stage again.',
      params: TaskId,
      answer: OneTask,
      example,
    },
    async ({ scope, params }) => {
      await reopenTask(scope, params.id)
      return { task: await findTask(scope, params.id) }
    },
  ),
])
