import type { TSchema } from 'typebox'
import { readerOf, readsOne } from '#http/conditions.ts'
import {
  errorSchemas,
  errorsOf,
  headers,
  headersNamed,
  type Manners,
  rateHeaders,
  sharedResponses,
} from '#http/openapi-errors.ts'
import type { Route } from '#platform/route.ts'

type Json = Record<string, unknown>
type Properties = Record<string, Json>
type Shown = Json & { description?: string; examples?: unknown[]; enum?: unknown[]; type?: unknown }

/** The OpenAPI 3.1 document of these routes: the schemas that validate and serialise are the ones shown. */
export function openApi(routes: Route[], version: string): Json {
  const schemas: Json = {}
  const paths: Record<string, Json> = {}
  for (const route of routes) {
    paths[route.path] ??= {}
    paths[route.path]![route.method.toLowerCase()] = operation(route, manners(routes, route), schemas)
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
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: 'funil_session',
          description: 'A person who is signed in to the panel.',
        },
      },
      schemas: { ...schemas, ...errorSchemas },
      parameters: headerParameters,
      responses: sharedResponses,
      headers,
    },
  }
}

function operation(route: Route, manner: Manners, schemas: Json): Json {
  const { operationId, summary, description, tag, permission, params, query, body } = route
  const inputs = [...parameters(params, 'path'), ...parameters(query, 'query'), ...headerParametersOf(manner)]
  return {
    operationId,
    summary,
    description: [description, needs(permission)].filter(Boolean).join('\n\n'),
    tags: [tag],
    security: securityOf(permission),
    ...(inputs.length > 0 ? { parameters: inputs } : {}),
    ...(body ? { requestBody: requestBody(route, schemas) } : {}),
    responses: { ...successes(route, manner, schemas), ...errorsOf(route, manner) },
  }
}

function needs(permission: Route['permission']) {
  if (permission === 'public') return 'Needs no key.'
  if (permission === 'session') return 'Needs a person who is signed in, never a key.'
  if (permission === 'admin') return 'Needs an admin who is signed in, never a key.'
  return `Needs \`${permission}\`.`
}

function securityOf(permission: Route['permission']): Json[] {
  if (permission === 'public') return []
  if (permission === 'session' || permission === 'admin') return [{ session: [] }]
  return [{ apiKey: [permission] }, { session: [permission] }]
}

function successes(route: Route, manner: Manners, schemas: Json): Json {
  const own = Object.entries(route.headers ?? {}).map(([name, description]) => [
    name,
    { description, schema: { type: 'string' } },
  ])
  const isList = 'meta' in route.answer.properties
  const part = route.isFile ? 206 : undefined
  const statuses = [route.status ?? 200, route.alsoStatus, part].filter((status) => status !== undefined)
  return Object.fromEntries(
    statuses.map((status) => [
      status,
      {
        description: status === 201 ? 'Created.' : 'Done.',
        headers: {
          ...headersNamed(
            'X-Request-Id',
            ...(isList ? ['Link'] : []),
            ...(manner.isTagged ? ['ETag'] : []),
            ...(manner.isIdempotent ? ['Idempotent-Replayed'] : []),
          ),
          ...rateHeaders,
          ...Object.fromEntries(own),
        },
        content: contentOf(route, status, schemas),
      },
    ]),
  )
}

function contentOf(route: Route, status: number, schemas: Json): Json {
  if (route.isFile) return { '*/*': { schema: { type: 'string', format: 'binary' } } }
  const shape = { schema: shown(route.answer, schemas), example: exampleOf(route, status) }
  return { [route.isStream ? 'text/event-stream' : 'application/json']: shape }
}

// One example serves both statuses of a route that either finds or creates.
const exampleOf = ({ example }: Route, status: number) =>
  'created' in example ? { ...example, created: status === 201 } : example

function parameters(schema: TSchema | undefined, place: 'path' | 'query'): Json[] {
  const { properties = {} } = (schema ?? {}) as { properties?: Properties }
  return Object.entries(properties).map(([name, property]) => {
    const { description, examples = [], ...rest } = shown(property, {}) as Shown
    const example = examples[0] ?? rest.enum?.[0] ?? rest.default ?? samples[String(rest.type)]
    return {
      name: rest.type === 'array' ? `${name}[]` : name,
      in: place,
      required: place === 'path',
      ...(description ? { description } : {}),
      ...(rest.type === 'object' ? { style: 'deepObject', explode: true } : {}),
      ...(property['x-keep-blank'] ? { allowEmptyValue: true } : {}),
      ...(place === 'path' ? { example } : optionalExample(example)),
      schema: rest,
    }
  })
}

/** What a route understands beside its own input: the rules are those of idempotency.ts and conditions.ts. */
const manners = (routes: Route[], route: Route): Manners => ({
  isIdempotent: route.method !== 'GET' && route.permission !== 'public' && !route.showsSecret,
  isConditional: readerOf(routes, route) !== undefined,
  isTagged: readsOne(route),
})

// The reference page shows it, and sends it only when it is switched on.
const optionalExample = (value: unknown) => ({ examples: { usual: { value, 'x-disabled': true } } })

const headerParameter = (name: string, description: string, example: string) => ({
  name,
  in: 'header',
  required: false,
  description,
  schema: { type: 'string', maxLength: 255 },
  ...optionalExample(example),
})
const headerParameters = {
  IdempotencyKey: headerParameter(
    'Idempotency-Key',
    'Sent again with the same key within 24 hours, the request is not done again: its first answer comes back with `Idempotent-Replayed: true`.',
    '4b1f0c9a-importacao-17',
  ),
  IfMatch: headerParameter(
    'If-Match',
    'The `ETag` of the record as you read it; if it has changed since, nothing is written and the answer is 412.',
    '"k2J9vQ0t3m"',
  ),
  IfNoneMatch: headerParameter(
    'If-None-Match',
    'The `ETag` of what you already have; if it is still so, the answer is 304 without a body.',
    '"k2J9vQ0t3m"',
  ),
}
const headerParametersOf = ({ isIdempotent, isConditional, isTagged }: Manners): Json[] =>
  [
    ...(isIdempotent ? ['IdempotencyKey'] : []),
    ...(isConditional ? ['IfMatch'] : []),
    ...(isTagged ? ['IfNoneMatch'] : []),
  ].map((name) => ({ $ref: `#/components/parameters/${name}` }))

const samples: Record<string, unknown> = { integer: 123, boolean: true, string: '' }

const requestBody = (route: Route, schemas: Json) => {
  const { required = [] } = route.body as { required?: string[] }
  return {
    required: required.length > 0,
    content: { 'application/json': { schema: shown(route.body!, schemas), example: route.bodyExample } },
  }
}

// The formats that JSON Schema knows; our own are told as patterns.
const formats = new Set(['date', 'date-time', 'email', 'uri'])
const patterns: Record<string, string> = {
  time: '^([01]\\d|2[0-3]):[0-5]\\d$',
  color: '^#([\\da-fA-F]{3}|[\\da-fA-F]{6})$',
}

/** A schema as the document shows it: named shapes become references, our own keywords stay inside. */
function shown(schema: unknown, schemas: Json): unknown {
  if (Array.isArray(schema)) return schema.map((each) => shown(each, schemas))
  if (typeof schema !== 'object' || schema === null) return schema
  const { 'x-name': name, format, ...rest } = schema as Json & { format?: string }
  const plain: Json = {}
  for (const [key, value] of Object.entries(rest)) {
    if (key.startsWith('x-') || value === undefined) continue
    plain[key] = literal.has(key) ? value : shown(value, schemas)
  }
  if (format && formats.has(format)) plain.format = format
  else if (format && patterns[format]) plain.pattern = patterns[format]
  return typeof name === 'string' ? named(name, plain, schemas) : plain
}

const literal = new Set(['example', 'examples', 'enum', 'const', 'default', 'required'])

function named(name: string, schema: Json, schemas: Json): Json {
  if (schemas[name] && JSON.stringify(schemas[name]) !== JSON.stringify(schema)) {
    throw new Error(`Two different shapes are called ${name}`)
  }
  schemas[name] = schema
  return { $ref: `#/components/schemas/${name}` }
}
