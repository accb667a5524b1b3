import type { tasks as words } from '../pt-BR/tasks.ts'

export const tasks: typeof words = {
  title: 'Tasks',
  none: 'No pending tasks',
}
