import type { settings as words } from '../pt-BR/settings.ts'

export const settings: typeof words = {
  title: 'Ajustes',
}
