import type { tasks as words } from '../pt-BR/tasks.ts'

export const tasks: typeof words = {
  title: 'Tasks',
  none: 'No pending tasks',
  types: {
    call: 'Call',
    email: 'E-mail',
    task: 'Task',
    visit: 'Visit',
    whatsapp: 'WhatsApp',
    meeting: 'Meeting',
  },
}
