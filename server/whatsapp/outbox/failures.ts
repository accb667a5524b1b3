import type { MessageFailure } from '#conversations/tables.ts'
import { messages } from '#platform/messages.ts'
import type { Failure } from '#whatsapp/reasons.ts'

/** A failure as its message keeps it; what the rules refuse as well is said in the same words. */
export const failureShown = ({ reason, message, retryable, code, detail }: Failure): MessageFailure => ({
  reason,
  message: reason === 'window_closed' ? messages.notSent.window_closed : message,
  retryable,
  code,
  detail,
})
