import { messages } from '#platform/messages.ts'

/** Field → its messages, in the order in which they are to be told. */
export type FieldErrors = Record<string, string[]>

export type Refusal =
  | { kind: 'not-found'; what: keyof typeof messages.notFound }
  | { kind: 'invalid'; errors: FieldErrors }
  | { kind: 'rule'; message: string; extra: Record<string, unknown> }
  | { kind: 'forbidden'; permission: string }
  | { kind: 'limited'; retryAfterSeconds: number }
  | { kind: 'provider'; message: string; extra: Record<string, unknown> }

/** What a domain throws when it says no; `http/failures.ts` turns it into an answer. */
export class Refused extends Error {
  readonly refusal: Refusal
  constructor(refusal: Refusal) {
    super(refusal.kind)
    this.refusal = refusal
  }
}

export const notFound = (what: keyof typeof messages.notFound) => new Refused({ kind: 'not-found', what })

export const invalid = (errors: FieldErrors) => new Refused({ kind: 'invalid', errors })

export type RuleReason = keyof typeof messages.rules

/** A business rule says no: its `reason`, the sentence that belongs to it, and what else helps. */
export const ruled = (reason: RuleReason, extra: object = {}) =>
  flagged(messages.rules[reason], { reason, ...extra })

/** The same where the contract has a flag, or a word of its own, in the place of `reason`. */
export const flagged = (message: string, extra: Record<string, unknown>) =>
  new Refused({ kind: 'rule', message, extra })

/** What became of one of many: done, or refused without harm to the others. */
export type Tried<T> = { done: T } | { refused: Refused }

export function tried<T>(work: () => T): Tried<T> {
  try {
    return { done: work() }
  } catch (error) {
    if (error instanceof Refused) return { refused: error }
    throw error
  }
}

/** The only one of one: a refusal is thrown. */
export function theOne<T>([only]: Tried<T>[]): T {
  if ('refused' in only!) throw only.refused
  return only!.done
}

type ProviderSaid = { raw: object; retryable: boolean; reason: string; message_id?: number }

/** A stranger that we depend on refused or failed; `extra` has its own answer in `raw`. */
export const providerFailed = (reason: string, extra: ProviderSaid) =>
  new Refused({ kind: 'provider', message: messages.providerFailed(reason), extra })

export const limitReached = (noun: string) => flagged(messages.limitReached(noun), { limit_reached: true })

export const forbidden = (permission: string) => new Refused({ kind: 'forbidden', permission })

/** `tags.0`, `items.0.unit_price`: inside of an array. */
export const isElement = (path: string) => /\.\d+(\.|$)/.test(path)

/** Too often in too short a time. */
export const tooOften = (retryAfterSeconds: number) => new Refused({ kind: 'limited', retryAfterSeconds })

/** `stage_id` → `stage id`: how Laravel shows a field's name; those inside of an array stay as they are. */
export const shown = (path: string) => (isElement(path) ? path : path.replaceAll('_', ' '))

export const selectedInvalid = (field: string) => `The selected ${shown(field)} is invalid.`
