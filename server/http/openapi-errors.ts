import type { TSchema } from 'typebox'
import { failureOf, failures } from '#http/failures.ts'
import { check } from '#http/validation.ts'
import { flagged, limitReached, notFound, providerFailed, type RuleReason, ruled } from '#platform/errors.ts'
import { messages } from '#platform/messages.ts'
import type { Route, RuleName } from '#platform/route.ts'

type Json = Record<string, unknown>
type Examples = Record<string, unknown>

/** What a route understands beside its own input. */
export type Manners = { isIdempotent: boolean; isConditional: boolean; isTagged: boolean }

/** Every answer of a route that is not a success, each with an example that the code itself made. */
export function errorsOf(route: Route, manner: Manners): Json {
  const { method, permission, params } = route
  const refusals = unprocessable(route, manner)
  return {
    ...shared({ 400: 'Unreadable' }),
    ...(permission === 'public' ? {} : strangers(route)),
    ...(manner.isTagged ? shared({ 304: 'NotModified' }) : {}),
    ...(params ? shared({ 404: 'NotFound' }) : {}),
    ...(route.isFile ? shared({ 304: 'NotModified', 416: 'NoSuchRange' }) : {}),
    ...(method === 'GET' ? {} : shared({ 413: 'TooLarge', 415: 'NotJson' })),
    ...(manner.isIdempotent ? shared({ 409: 'StillRunning' }) : {}),
    ...(manner.isConditional ? shared({ 412: 'Stale' }) : {}),
    ...(refusals ? { 422: refusals } : {}),
    ...shared({ 429: 'TooManyRequests', 431: 'HeadersTooLarge', 500: 'Internal' }),
    ...(route.asksProvider ? { 502: providerAnswer() } : {}),
    ...(method === 'GET' ? {} : shared({ 503: 'Busy' })),
  }
}

const strangers = ({ method, permission }: Route): Json => ({
  ...shared({ 401: 'Unauthorized' }),
  403: answer('Inactive account, or key without permission for the operation.', 'Forbidden', {
    no_permission: failures.forbidden(permission).body,
    inactive_account: failures.accountInactive().body,
    ...(method === 'GET' ? {} : { foreign_origin: failures.foreignOrigin().body }),
  }),
})

const shared = (names: Record<number, string>) =>
  Object.fromEntries(
    Object.entries(names).map(([code, name]) => [code, { $ref: `#/components/responses/${name}` }]),
  )

const providerAnswer = () =>
  answer('The provider refused or failed; `raw` is its own answer.', 'ProviderFailed', {
    provider_failed: failureOf(
      providerFailed(messages.whatsappFailures.undeliverable, {
        raw: { error: { code: 131026, message: 'Message undeliverable' } },
        retryable: false,
        reason: 'undeliverable',
      }),
    )!.body,
  })

function unprocessable({ body, query, rules = [] }: Route, { isIdempotent }: Manners) {
  const input = body ?? query
  const examples: Examples = {
    ...(input ? { invalid: failures.invalid(mistakeIn(input)).body } : {}),
    ...Object.fromEntries(rules.map((rule) => [rule, ruleExamples[rule]])),
    ...(isIdempotent ? { key_reused: failures.keyReused().body } : {}),
  }
  if (Object.keys(examples).length === 0) return null
  const canBeRule = rules.length > 0 || isIdempotent
  const schemas = [...(input || isIdempotent ? ['Invalid'] : []), ...(canBeRule ? ['Rule'] : [])]
  const [only, other] = schemas.map(schemaRef)
  const schema = other ? { anyOf: [only, other] } : only!
  return answerOf('Validation or business rule.', schema, examples, rateHeaders)
}

/** What the validation says to an empty input, or else to a first field that makes no sense. */
function mistakeIn(input: TSchema) {
  const { properties = {} } = input as { properties?: Record<string, unknown> }
  const nonsense = Object.keys(properties).map((name) => ({ [name]: [{}] }))
  for (const attempt of [{}, ...nonsense]) {
    const [first] = Object.entries(check(input, attempt).errors)
    if (first) return Object.fromEntries([first])
  }
  return { field: ['The selected field is invalid.'] }
}

const ruleReasons = Object.keys(messages.rules) as RuleReason[]
const ruleExamples: Record<RuleName, unknown> = {
  ...(Object.fromEntries(ruleReasons.map((reason) => [reason, failureOf(ruled(reason))!.body])) as Record<
    RuleReason,
    unknown
  >),
  choose_account: failureOf(ruled('choose_account', { accounts: [{ id: 1, name: 'ACME' }] }))!.body,
  blocked: failureOf(
    flagged(messages.blocked, {
      blocked: true,
      pending_tasks: [{ id: 45, subject: 'Ligar para o cliente', type: 'call' }],
    }),
  )!.body,
  limit_reached: failureOf(limitReached('leads'))!.body,
  window_closed: failureOf(flagged(messages.notSent.window_closed, { skip_reason: 'window_closed' }))!.body,
  not_sent: failureOf(flagged(messages.notSent.no_phone, { skip_reason: 'no_phone' }))!.body,
}

const string = { type: 'string' }
const integer = { type: 'integer' }
const no = { const: false }
const object = (properties: Json, required = Object.keys(properties)) => ({
  type: 'object',
  required,
  properties,
})

export const errorSchemas: Json = {
  Message: object({ message: string }),
  Failure: object({ success: no, message: string }),
  Forbidden: object({ message: string, required_permission: string }, ['message']),
  Invalid: object({
    message: { ...string, description: 'The first error, and how many more there are.' },
    errors: { type: 'object', additionalProperties: { type: 'array', items: string, minItems: 1 } },
  }),
  Rule: object(
    {
      success: no,
      message: string,
      blocked: { const: true },
      limit_reached: { const: true },
      reason: { ...string, enum: ruleReasons, description: 'A stable word for each rule.' },
      skip_reason: string,
      pending_tasks: { type: 'array', items: object({ id: integer, subject: string, type: string }) },
      accounts: { type: 'array', items: object({ id: integer, name: string }) },
    },
    ['success', 'message'],
  ),
  ProviderFailed: object(
    {
      success: no,
      message: string,
      raw: { type: 'object', additionalProperties: true },
      reason: { ...string, description: 'A stable word.' },
      retryable: { type: 'boolean', description: 'It may work later, as it is.' },
      message_id: integer,
    },
    ['success', 'message', 'raw'],
  ),
  RateLimited: object({ message: string, retry_after: { ...integer, minimum: 1 } }),
}

const header = (description: string, schema: Json, example: unknown, required = false) => ({
  description,
  required,
  schema,
  example,
})
export const headers: Json = {
  'X-Request-Id': header('Names this request in the log and in its events.', string, 'req-1f9c2e', true),
  'X-RateLimit-Limit': header('Requests a minute for this key.', integer, 60),
  'X-RateLimit-Remaining': header('Requests left in this minute.', integer, 59),
  'X-RateLimit-Reset': header('When the minute ends, in Unix seconds.', integer, 1_782_813_635),
  'RateLimit-Policy': header('The quota and its window (IETF).', string, '"default";q=60;w=60'),
  RateLimit: header('What is left and for how long (IETF).', string, '"default";r=59;t=35'),
  'Retry-After': header('Whole seconds until the next request may pass.', integer, 35, true),
  'WWW-Authenticate': header(
    'How to say who you are.',
    string,
    'ApiKey realm="funil", header="X-API-Key"',
    true,
  ),
  ETag: header(
    'What this answer is known by, for `If-Match` and `If-None-Match`.',
    string,
    '"k2J9vQ0t3m"',
    true,
  ),
  'Idempotent-Replayed': header('`true` when this is the answer to an earlier request.', string, 'true'),
  Link: header(
    'First, previous, next and last page, with the filters kept (RFC 8288).',
    string,
    '</api/v1/leads?page=2>; rel="next"',
  ),
}
export const headersNamed = (...names: string[]): Json =>
  Object.fromEntries(names.map((name) => [name, { $ref: `#/components/headers/${name}` }]))
export const rateHeaders = headersNamed(
  'X-RateLimit-Limit',
  'X-RateLimit-Remaining',
  'X-RateLimit-Reset',
  'RateLimit-Policy',
  'RateLimit',
)

const schemaRef = (name: string) => ({ $ref: `#/components/schemas/${name}` })
const answerOf = (description: string, schema: Json, examples: Examples, more: Json = {}) => ({
  description,
  headers: { ...headersNamed('X-Request-Id'), ...more },
  content: {
    'application/json': {
      schema,
      examples: Object.fromEntries(Object.entries(examples).map(([name, value]) => [name, { value }])),
    },
  },
})
const answer = (description: string, schema: string, examples: Examples, more?: Json) =>
  answerOf(description, schemaRef(schema), examples, more)
const said = (message: string) => ({ success: false, message })

export const sharedResponses: Json = {
  Unreadable: answer('The body is not JSON, or the address cannot be read.', 'Failure', {
    not_json: said(messages.notJson),
    unreadable: said(messages.badRequest),
  }),
  Unauthorized: answer(
    'Key missing, invalid or expired.',
    'Message',
    {
      missing: failures.keyMissing().body,
      invalid: failures.keyInvalid().body,
      expired: failures.keyExpired().body,
    },
    headersNamed('WWW-Authenticate'),
  ),
  NoSuchRange: answer(
    'The file has no such part; `Content-Range` says how long it is.',
    'Failure',
    { no_such_range: failures.rangeUnsatisfiable(1024).body },
    rateHeaders,
  ),
  NotModified: {
    description: 'It is still what you have.',
    headers: { ...headersNamed('X-Request-Id', 'ETag'), ...rateHeaders },
  },
  StillRunning: answer(
    'The request with this Idempotency-Key is still running.',
    'Failure',
    { still_running: failures.stillRunning().body },
    { ...rateHeaders, ...headersNamed('Retry-After') },
  ),
  Stale: answer(
    'The record is no longer the one that you read; nothing was written.',
    'Failure',
    { stale: failures.stale().body },
    rateHeaders,
  ),
  NotFound: answer(
    'No such record in this account.',
    'Failure',
    { not_found: failureOf(notFound('lead'))!.body },
    rateHeaders,
  ),
  TooLarge: answer(
    'The body is larger than 1 MB.',
    'Failure',
    { too_large: said(messages.bodyTooLarge) },
    rateHeaders,
  ),
  NotJson: answer(
    'The body is not declared as JSON.',
    'Failure',
    { not_json: said(messages.mediaTypeUnsupported) },
    rateHeaders,
  ),
  TooManyRequests: answer(
    'Per-minute request limit exceeded.',
    'RateLimited',
    { limited: failures.rateExceeded(35).body },
    { ...rateHeaders, ...headersNamed('Retry-After') },
  ),
  HeadersTooLarge: answer('The address and the headers are larger than 16 kB.', 'Failure', {
    headers_too_large: failures.headersTooLarge().body,
  }),
  Internal: answer('Our fault; the log has it under the request id.', 'Failure', {
    internal: failures.internal().body,
  }),
  Busy: answer(
    'Another request holds this record; nothing was written.',
    'Failure',
    { busy: said(messages.busy) },
    { ...rateHeaders, ...headersNamed('Retry-After') },
  ),
}
