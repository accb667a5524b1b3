import type { Scope } from '#platform/scope.ts'
import type { Instance } from '#whatsapp/channels.ts'

/** What is true while one happening is heard: within one transaction, at one number. */
export type Hearing = {
  scope: Scope
  instance: Instance
  /** The provider's time, never in the future. */
  at: Date
  /** Nobody will look again: what it is about is not ours, or will not come. */
  isLastLook: boolean
}
/** `not yet`: it is about a message that is not here so far, and may still come. */
export type Heard = 'done' | 'not yet'
