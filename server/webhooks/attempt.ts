import { constants } from 'node:http2'
import { isIP } from 'node:net'
import type { Outbound } from '#platform/outbound.ts'
import { type EventRow, payloadOf } from '#webhooks/payload.ts'
import { waitAfter } from '#webhooks/schedule.ts'
import { signatureHeaders } from '#webhooks/sign.ts'
import type { Attempt } from '#webhooks/tables.ts'

/** A delivery that is due, with all that it takes. */
export type Due = {
  id: number
  tries: number
  lead_id: number | null
  target_url: string
  secrets: [string, ...string[]]
  event: EventRow
}
export type Result = {
  id: number
  status: 'pending' | 'delivered' | 'failed'
  /** Until the next attempt, while it is pending. */
  wait_ms: number | null
  attempt: Attempt
  reason: string | null
  isGone: boolean
}

/** Sends it once, and says what came of it: any 2xx is a success. */
export async function attempt(due: Due, outbound: Outbound, publicUrl: string): Promise<Result> {
  const body = payloadOf(due.event, publicUrl)
  const at = new Date()
  const headers = {
    'content-type': 'application/json',
    'user-agent': 'Funil-Webhooks/1',
    ...signatureHeaders(due.secrets, { id: String(due.event.id), body, at }),
  }
  const { response, error } = await outbound.post(due.target_url, headers, body).then(
    (response) => ({ response, error: null }),
    (thrown: unknown) => ({ response: null, error: saidBy(thrown) }),
  )
  const isDelivered = response !== null && response.status >= 200 && response.status < 300
  const wait = isDelivered ? null : waitAfter(due.tries + 1, response?.headers['retry-after'])
  const isGone = response?.status === constants.HTTP_STATUS_GONE
  return {
    id: due.id,
    status: isDelivered ? 'delivered' : wait === null || isGone ? 'failed' : 'pending',
    wait_ms: isGone ? null : wait,
    attempt: {
      at: at.toISOString(),
      duration_ms: Date.now() - at.getTime(),
      request: { url: due.target_url, headers },
      response,
      error,
    },
    reason: isDelivered ? null : (error ?? `HTTP ${response!.status}`),
    isGone,
  }
}

/** What went wrong, for the customer: never our own addresses or names. */
function saidBy(error: unknown): string {
  const { name, code, message } = error as Error & { code?: string }
  if (name === 'TimeoutError' || code === 'UND_ERR_HEADERS_TIMEOUT') return 'No answer within 15 seconds.'
  if (code === 'UND_ERR_CONNECT_TIMEOUT') return 'No connection within 10 seconds.'
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return 'The host name could not be resolved.'
  if (code === 'UND_ERR_SOCKET' || code === 'ECONNRESET') return 'The connection broke before the answer.'
  if (code === 'ECONNREFUSED') return 'The connection was refused.'
  const isOurs = message.endsWith('is not a public address.') && !isIP(message.split(' ', 1)[0]!)
  return isOurs ? 'This is not a public address.' : `${message || code || name}`.slice(0, 500)
}
