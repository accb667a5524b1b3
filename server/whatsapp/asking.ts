import { Refused } from '#platform/errors.ts'
import { messages } from '#platform/messages.ts'
import type { Failure } from '#whatsapp/reasons.ts'

/** The provider was asked for something other than a send, and refused or failed. */
export const askingFailed = ({ message, reason, retryable, raw }: Failure) =>
  new Refused({
    kind: 'provider',
    message: messages.askingFailed(message),
    extra: { raw, reason, retryable },
  })
