import type { FastifyError } from 'fastify'
import { type FieldErrors, type Refusal, Refused, ruled, selectedInvalid } from '#platform/errors.ts'
import { messages } from '#platform/messages.ts'

export type Failure = { status: number; body: Record<string, unknown>; headers?: Record<string, string> }

const said = (status: number, message: string): Failure => ({ status, body: { success: false, message } })

/** Every answer that is not a success: the only file that knows their status codes. */
export const failures = {
  keyMissing: (): Failure => unauthorized(messages.keyMissing),
  keyInvalid: (): Failure => unauthorized(messages.keyInvalid),
  keyExpired: (): Failure => unauthorized(messages.keyExpired),
  accountInactive: (): Failure => ({ status: 403, body: { message: messages.accountInactive } }),
  forbidden: (permission: string): Failure => ({
    status: 403,
    body: { message: messages.permissionMissing, required_permission: permission },
  }),
  foreignOrigin: (): Failure => said(403, messages.foreignOrigin),
  rateExceeded: (retryAfter: number): Failure => ({
    status: 429,
    body: { message: messages.rateExceeded, retry_after: retryAfter },
    headers: { 'retry-after': String(retryAfter) },
  }),
  invalid: (errors: FieldErrors): Failure => {
    const all = Object.values(errors).flat()
    const more = all.length - 1
    const rest = more === 0 ? '' : more === 1 ? ' (and 1 more error)' : ` (and ${more} more errors)`
    return { status: 422, body: { message: `${all[0]}${rest}`, errors } }
  },
  methodNotAllowed: (allowed: string): Failure => ({
    ...said(405, messages.methodNotAllowed(allowed)),
    headers: { allow: allowed },
  }),
  stale: (): Failure => said(412, messages.stale),
  rangeUnsatisfiable: (size: number): Failure => ({
    ...said(416, messages.rangeUnsatisfiable),
    headers: { 'content-range': `bytes */${size}` },
  }),
  stillRunning: (): Failure => ({ ...said(409, messages.stillRunning), headers: { 'retry-after': '1' } }),
  keyReused: (): Failure => refusalOf(ruled('key_reused').refusal),
  routeNotFound: (): Failure => said(404, messages.notFound.route),
  internal: (): Failure => said(500, messages.internal),
  unreadable: (): Failure => said(400, messages.badRequest),
  headersTooLarge: (): Failure => said(431, messages.headersTooLarge),
}

const unauthorized = (message: string): Failure => ({
  status: 401,
  body: { message },
  headers: { 'www-authenticate': 'ApiKey realm="funil", header="X-API-Key"' },
})

/** What this folder itself throws when it says no. */
export class Failed extends Error {
  readonly failure: Failure
  constructor(failure: Failure) {
    super(String(failure.body.message))
    this.failure = failure
  }
}

const keptKinds = new Set<Refusal['kind']>(['rule', 'provider'])

/** A business rule's no, or a provider's: the refusals that are kept under an `Idempotency-Key`. */
export const ruleOf = (error: unknown): Failure | null =>
  error instanceof Refused && keptKinds.has(error.refusal.kind) ? refusalOf(error.refusal) : null

/** What a thrown thing means to the client; null when it is our fault and nobody's business. */
export function failureOf(error: unknown): Failure | null {
  if (error instanceof Refused) return refusalOf(error.refusal)
  if (error instanceof Failed) return error.failure
  return clientMistake(error as FastifyError) ?? databaseRefusal(causeOf(error))
}

function refusalOf(refusal: Refusal): Failure {
  switch (refusal.kind) {
    case 'not-found':
      return said(404, messages.notFound[refusal.what])
    case 'invalid':
      return failures.invalid(refusal.errors)
    case 'rule':
      return {
        status: 422,
        body:
          'blocked' in refusal.extra
            ? { success: false, blocked: true, message: refusal.message, ...refusal.extra }
            : { success: false, message: refusal.message, ...refusal.extra },
      }
    case 'forbidden':
      return failures.forbidden(refusal.permission)
    case 'provider':
      return { status: 502, body: { success: false, message: refusal.message, ...refusal.extra } }
    case 'limited':
      return failures.rateExceeded(refusal.retryAfterSeconds)
  }
}

/** What Fastify itself refuses, before a route is reached. */
function clientMistake({ code, statusCode }: FastifyError): Failure | null {
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') return said(413, messages.bodyTooLarge)
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') return said(415, messages.mediaTypeUnsupported)
  if (code === 'FST_ERR_CTP_INVALID_JSON_BODY' || code === 'FST_ERR_CTP_EMPTY_JSON_BODY')
    return said(400, messages.notJson)
  return statusCode && statusCode >= 400 && statusCode < 500 ? said(400, messages.badRequest) : null
}

type DatabaseError = { code?: string; constraint?: string; table?: string; detail?: string }

/** A race that the database decided: somebody else was faster, and the answer is as if they had been first. */
function databaseRefusal(error: DatabaseError | undefined): Failure | null {
  const field = /^Key \((?:account_id, )?(?:.*, )?"?(\w+)"?\)=/.exec(error?.detail ?? '')?.[1]
  if (error?.code === '23503' && field) return failures.invalid({ [field]: [selectedInvalid(field)] })
  if (error?.code === '23505' && field) {
    return failures.invalid({ [field]: [`The ${field.replaceAll('_', ' ')} has already been taken.`] })
  }
  // A deadlock or a lock that took too long: nothing was written.
  if (error?.code === '40P01' || error?.code === '55P03') {
    return { ...said(503, messages.busy), headers: { 'retry-after': '1' } }
  }
  return null
}

// Drizzle wraps what the driver threw.
function causeOf(error: unknown): DatabaseError | undefined {
  const { code, cause } = (error ?? {}) as { code?: string; cause?: unknown }
  return /^[\dA-Z]{5}$/.test(code ?? '') ? (error as DatabaseError) : cause ? causeOf(cause) : undefined
}
