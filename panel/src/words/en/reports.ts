import type { reports as words } from '../pt-BR/reports.ts'

export const reports: typeof words = {
  title: 'Reports',
}
