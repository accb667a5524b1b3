import type { Start } from '../api/types.ts'

export const steps = ['company', 'pipeline', 'whatsapp', 'colleague', 'lead', 'key'] as const
export type Step = (typeof steps)[number]

export const countDone = (start: Start) => steps.filter((step) => start[step]).length
