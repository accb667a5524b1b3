import type { start as words } from '../pt-BR/start.ts'

export const start: typeof words = {
  title: 'Primeros pasos',
}
