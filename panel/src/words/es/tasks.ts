import type { tasks as words } from '../pt-BR/tasks.ts'

export const tasks: typeof words = {
  title: 'Tareas',
  none: 'Ninguna tarea pendiente',
  types: {
    call: 'Llamada',
    email: 'Correo',
    task: 'Tarea',
    visit: 'Visita',
    whatsapp: 'WhatsApp',
    meeting: 'Reunión',
  },
}
