import { objectIn, textIn } from '#platform/loose.ts'
import { type Failure, failed } from '#whatsapp/reasons.ts'

/** What an answer of WAHA that is no success means. */
export function failureOfAnswer(status: number, body: unknown): Failure {
  const raw = withoutRequest(body)
  const detail = detailOf(body)
  const because = { code: status, detail, raw }
  if (/\berror 463\b/.test(detail ?? '')) return failed('cold_contacts_limited', { ...because, code: 463 })
  if (status === 401) return failed('token_invalid', because)
  if (status === 403) return failed('permission_missing', because)
  if (status === 501 || /not (implemented|supported)/i.test(detail ?? ''))
    return failed('not_implemented', because)
  if (objectIn(objectIn(body).error).key === 'FILE_NOT_FOUND') return failed('media_unreadable', because)
  if (status === 404 || status === 422) return failed('instance_disconnected', because)
  if (status === 400 || status === 413) return failed('invalid_request', because)
  return failed(status >= 500 || status === 429 ? 'provider_unavailable' : 'refused', because)
}

/** A server error says nothing about whether the message went out, but for the one that is a clear no. */
export const isAmbiguous = (status: number, body: unknown) =>
  status >= 500 && failureOfAnswer(status, body).reason === 'provider_unavailable'

/** Its server errors repeat the request, message and all, and show its own files. */
function withoutRequest(body: unknown): unknown {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return body
  const { request: _, exception, ...rest } = body as Record<string, unknown>
  if (exception === undefined) return rest
  const { stack: __, ...shown } = objectIn(exception)
  return { ...rest, exception: shown }
}

function detailOf(body: unknown): string | null {
  const { exception, error, message } = objectIn(body)
  const said = [objectIn(exception).message, objectIn(exception).details, message, error]
  const lines = Array.isArray(message) ? message.flatMap((line) => textIn(line) ?? []).join('; ') : null
  return textIn(lines) ?? said.map(textIn).find((text) => text !== null) ?? null
}
