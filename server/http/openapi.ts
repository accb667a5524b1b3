import type { TSchema } from 'typebox'
import { failureOf, failures } from '#http/failures.ts'
import { limitReached, notFound, ruled } from '#platform/errors.ts'
import { messages } from '#platform/messages.ts'
import type { Route, RuleName } from '#platform/route.ts'

type Json = Record<string, unknown>
type Properties = Record<string, Json & { default?: unknown }>

/** The OpenAPI 3.1 document of these routes: the schemas that validate and serialise are the ones shown. */
export function openApi(routes: Route[], version: string): Json {
  const schemas: Json = {}
  const paths: Record<string, Json> = {}
  for (const route of routes) {
    paths[route.path] ??= {}
    paths[route.path]![route.method.toLowerCase()] = operation(route, schemas)
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Funil API',
      version,
      description:
        'Leads, pipelines and conversations of teams that sell on WhatsApp. Every request carries `X-API-Key`; every answer carries `X-Request-Id`. 60 requests a minute for each key.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/api/v1' }],
    security: [{ apiKey: [] }],
    tags: [...new Set(routes.map((route) => route.tag))].map((name) => ({ name })),
    paths,
    components: {
      securitySchemes: {
        apiKey: { type: 'apiKey', in: 'header', name: 'X-API-Key', description: '`crm_…`' },
      },
      schemas: { ...schemas, ...errorSchemas },
      responses: sharedResponses,
      headers: rateHeaders,
    },
  }
}

function operation(route: Route, schemas: Json): Json {
  const { operationId, summary, description, tag, permission, params, query, body, rules = [] } = route
  const headers = { ...rateHeaderRefs, ...customHeaders(route.headers) }
  const success = {
    description: 'Done.',
    headers,
    content: { 'application/json': { schema: shown(route.answer, schemas), example: route.example } },
  }
  const statuses = [route.status ?? 200, route.alsoStatus].filter((status) => status !== undefined)
  return {
    operationId,
    summary,
    ...(description ? { description } : {}),
    tags: [tag],
    'x-permission': permission,
    ...(params || query
      ? { parameters: [...parameters(params, 'path'), ...parameters(query, 'query')] }
      : {}),
    ...(body ? { requestBody: requestBody(route, schemas) } : {}),
    responses: {
      ...Object.fromEntries(statuses.map((status) => [String(status), success])),
      ...(body ? ref({ 400: 'NotJson', 413: 'TooLarge', 415: 'NotJsonType' }) : {}),
      ...ref({ 401: 'Unauthorized' }),
      403: forbidden(permission),
      ...(params ? ref({ 404: 'NotFound' }) : {}),
      ...(body || query || rules.length > 0 ? { 422: unprocessable(rules, Boolean(body || query)) } : {}),
      ...ref({ 429: 'TooManyRequests', 500: 'Internal' }),
    },
  }
}

function parameters(schema: TSchema | undefined, place: 'path' | 'query'): Json[] {
  const { properties = {} } = (schema ?? {}) as { properties?: Properties }
  return Object.entries(properties).map(([name, property]) => {
    const { description, ...rest } = shown(property, {}) as Properties[string]
    const isArray = rest.type === 'array'
    const isObject = rest.type === 'object'
    return {
      name: isArray ? `${name}[]` : name,
      in: place,
      required: place === 'path',
      ...(description ? { description } : {}),
      ...(isObject ? { style: 'deepObject', explode: true } : {}),
      ...(property['x-keep-blank'] ? { allowEmptyValue: true } : {}),
      schema: rest,
    }
  })
}

const requestBody = (route: Route, schemas: Json) => {
  const { required = [] } = route.body as { required?: string[] }
  return {
    required: required.length > 0,
    content: { 'application/json': { schema: shown(route.body!, schemas), example: route.bodyExample } },
  }
}

/** A schema as the document shows it: named shapes become references, our own keywords stay inside. */
function shown(schema: unknown, schemas: Json): unknown {
  if (Array.isArray(schema)) return schema.map((each) => shown(each, schemas))
  if (typeof schema !== 'object' || schema === null) return schema
  const { 'x-name': name, ...rest } = schema as Json
  const plain: Json = {}
  for (const [key, value] of Object.entries(rest)) {
    if (key.startsWith('x-') || value === undefined || (key === 'format' && value === 'moment')) continue
    plain[key] = key === 'example' || key === 'examples' || key === 'enum' ? value : shown(value, schemas)
  }
  if (typeof name !== 'string') return plain
  schemas[name] = plain
  return { $ref: `#/components/schemas/${name}` }
}

const string = { type: 'string' }
const no = { const: false }
const errorSchemas: Json = {
  Message: { type: 'object', required: ['message'], properties: { message: string } },
  Failure: {
    type: 'object',
    required: ['success', 'message'],
    properties: { success: no, message: string },
  },
  Forbidden: {
    type: 'object',
    required: ['message'],
    properties: { message: string, required_permission: string },
  },
  Invalid: {
    type: 'object',
    required: ['message', 'errors'],
    properties: {
      message: { ...string, description: 'The first error, and how many more there are.' },
      errors: { type: 'object', additionalProperties: { type: 'array', items: string, minItems: 1 } },
    },
  },
  Rule: {
    type: 'object',
    required: ['success', 'message'],
    properties: {
      success: no,
      message: string,
      blocked: { const: true },
      limit_reached: { const: true },
      skip_reason: string,
      pending_tasks: {
        type: 'array',
        items: {
          type: 'object',
          required: ['id', 'subject', 'type'],
          properties: { id: { type: 'integer' }, subject: string, type: string },
        },
      },
    },
  },
  RateLimited: {
    type: 'object',
    required: ['message', 'retry_after'],
    properties: { message: string, retry_after: { type: 'integer', minimum: 1 } },
  },
}

const rateHeaders: Json = {
  'X-RateLimit-Limit': { description: 'Requests a minute for this key.', schema: { type: 'integer' } },
  'X-RateLimit-Remaining': { description: 'Requests left in this minute.', schema: { type: 'integer' } },
  'X-RateLimit-Reset': { description: 'When the minute ends, in Unix seconds.', schema: { type: 'integer' } },
  'RateLimit-Policy': { description: 'The quota and its window (IETF).', schema: string },
  RateLimit: { description: 'What is left and for how long (IETF).', schema: string },
  'Retry-After': {
    description: 'Whole seconds until the next request may pass.',
    schema: { type: 'integer' },
  },
}
const headerRef = (name: string) => [name, { $ref: `#/components/headers/${name}` }]
const rateHeaderRefs = Object.fromEntries(
  Object.keys(rateHeaders)
    .filter((name) => name !== 'Retry-After')
    .map(headerRef),
)
const customHeaders = (headers: Record<string, string> = {}) =>
  Object.fromEntries(
    Object.entries(headers).map(([name, description]) => [name, { description, schema: string }]),
  )

type Examples = Record<string, { value: unknown }>
const response = (description: string, schema: string, examples: Examples, headers: Json = {}) => ({
  description,
  ...(Object.keys(headers).length > 0 ? { headers } : {}),
  content: { 'application/json': { schema: { $ref: `#/components/schemas/${schema}` }, examples } },
})
const ref = (names: Record<number, string>) =>
  Object.fromEntries(
    Object.entries(names).map(([code, name]) => [code, { $ref: `#/components/responses/${name}` }]),
  )

const sharedResponses: Json = {
  NotJson: response('The body is not JSON.', 'Failure', {
    not_json: { value: { success: false, message: messages.notJson } },
  }),
  Unauthorized: response(
    'Key missing, invalid or expired.',
    'Message',
    {
      missing: { value: failures.keyMissing().body },
      invalid: { value: failures.keyInvalid().body },
      expired: { value: failures.keyExpired().body },
    },
    { 'WWW-Authenticate': { schema: string } },
  ),
  NotFound: response('No such record in this account.', 'Failure', {
    not_found: { value: failureOf(notFound('lead'))!.body },
  }),
  TooLarge: response('The body is larger than 1 MB.', 'Failure', {
    too_large: { value: { success: false, message: messages.bodyTooLarge } },
  }),
  NotJsonType: response('The body is not declared as JSON.', 'Failure', {
    not_json_type: { value: { success: false, message: messages.mediaTypeUnsupported } },
  }),
  TooManyRequests: response(
    'Per-minute request limit exceeded.',
    'RateLimited',
    { limited: { value: failures.rateExceeded(35).body } },
    { ...rateHeaderRefs, ...Object.fromEntries([headerRef('Retry-After')]) },
  ),
  Internal: response('Our fault; the log has it under the request id.', 'Failure', {
    internal: { value: failures.internal().body },
  }),
}

const forbidden = (permission: string) =>
  response('Inactive account, or key without permission for the operation.', 'Forbidden', {
    no_permission: { value: failures.forbidden(permission).body },
    inactive_account: { value: failures.accountInactive().body },
  })

const ruleExamples: Record<RuleName, unknown> = {
  blocked: failureOf(
    ruled(messages.blocked, {
      blocked: true,
      pending_tasks: [{ id: 45, subject: 'Ligar para o cliente', type: 'call' }],
    }),
  )!.body,
  limit_reached: failureOf(limitReached('leads'))!.body,
  wrong_stage: failureOf(ruled(messages.notWonStage))!.body,
}

function unprocessable(rules: RuleName[], hasInput: boolean) {
  const invalid = failures.invalid({ name: ['The name field is required.'] }).body
  const examples: Examples = {
    ...(hasInput ? { invalid: { value: invalid } } : {}),
    ...Object.fromEntries(rules.map((rule) => [rule, { value: ruleExamples[rule] }])),
  }
  const schema =
    rules.length === 0
      ? { $ref: '#/components/schemas/Invalid' }
      : {
          anyOf: [{ $ref: '#/components/schemas/Invalid' }, { $ref: '#/components/schemas/Rule' }],
        }
  return {
    description: 'Validation or business rule.',
    content: { 'application/json': { schema, examples } },
  }
}
