import type { InstanceRow } from '#conversations/tables.ts'
import type { Reason } from '#whatsapp/reasons.ts'

export const failsWhen = ['sending', 'later'] as const

/** How the simulated phone behaves. */
export type SandboxSettings = {
  /** Does the customer answer by itself? */
  answers: boolean
  reads: boolean
  delay_seconds: number
  fails_with: Reason | null
  /** Refused at once, or taken first and told later. Without an answer: lost on the way, or arrived all the same. */
  fails_when: (typeof failsWhen)[number]
}

const calm: SandboxSettings = {
  answers: false,
  reads: true,
  delay_seconds: 1,
  fails_with: null,
  fails_when: 'sending',
}

export const sandboxSettings = ({ settings }: Pick<InstanceRow, 'settings'>): SandboxSettings => ({
  ...calm,
  ...(settings as Partial<SandboxSettings>),
})
