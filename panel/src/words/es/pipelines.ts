import type { pipelines as words } from '../pt-BR/pipelines.ts'

export const pipelines: typeof words = {
  title: 'Embudo',
}
