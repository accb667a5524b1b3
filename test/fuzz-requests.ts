import fc from 'fast-check'
import { encoded, odd, oddHeaders, oddQuery, oddSegment, oddText } from './fuzz-oddities.ts'
import { document, resolved } from './openapi-check.ts'

type Schema = {
  $ref?: string
  type?: string | string[]
  enum?: unknown[]
  format?: string
  pattern?: string
  maxLength?: number
  examples?: unknown[]
  properties?: Record<string, Schema>
  required?: string[]
  items?: Schema
  anyOf?: Schema[]
}
type Parameter = { $ref?: string; name: string; in: string; schema: Schema }
type Operation = {
  parameters?: Parameter[]
  requestBody?: { content: { 'application/json': { schema: Schema } } }
}
export type Asked = { method: string; path: string; body?: unknown; headers: Record<string, string> }

// Ids of this account, of the other one, and of nothing; each kind's are taken for every other's.
const id = fc.integer({ min: 1, max: 60 })

/** Any request for any operation of the document. */
export const anyRequest = () =>
  fc.oneof(
    ...Object.entries(document.paths as Record<string, Record<string, Operation>>).flatMap(
      ([path, methods]) =>
        Object.entries(methods).map(([method, operation]) => asking(method.toUpperCase(), path, operation)),
    ),
  )

/** Requests for one operation: mostly as documented, with something odd here and there. */
function asking(
  method: string,
  path: string,
  { parameters = [], requestBody }: Operation,
): fc.Arbitrary<Asked> {
  const inQuery = parameters.map(resolved).filter((each) => each.in === 'query')
  const names = [...path.matchAll(/\{(\w+)\}/g)]
  const body = requestBody?.content['application/json'].schema
  return fc
    .record({
      ids: fc.tuple(...names.map(() => mostly(id.map(String), oddSegment, 8))),
      query: mostly(queryOf(inQuery), oddQuery, 6),
      body:
        method === 'GET'
          ? fc.constant(undefined)
          : mostly(body ? likely(body) : fc.constant(undefined), fc.oneof(odd, oddText), 12),
      headers: mostly<Asked['headers'], Asked['headers']>(fc.constant({}), oddHeaders, 12),
    })
    .map(({ ids, query, body, headers }) => ({
      method,
      path: `/api/v1${names.reduce((text, [name], n) => text.replace(name, () => ids[n]!), path)}${query ? `?${query}` : ''}`,
      body,
      headers,
    }))
}

function mostly<A, B>(usual: fc.Arbitrary<A>, strange: fc.Arbitrary<B>, weight: number): fc.Arbitrary<A | B> {
  return fc.oneof({ weight, arbitrary: usual }, { weight: 1, arbitrary: strange })
}

/** What fits the schema, often enough to get past the validation. */
function likely(schema: Schema): fc.Arbitrary<unknown> {
  const { anyOf, enum: values, type, properties = {}, required = [], items, examples = [] } = resolved(schema)
  if (anyOf) return fc.oneof(...anyOf.map(likely))
  if (values) return fc.constantFrom(...values)
  const shapes = [type ?? 'object'].flat().map((each): fc.Arbitrary<unknown> => {
    if (each === 'null') return fc.constant(null)
    if (each === 'boolean') return fc.boolean()
    if (each === 'integer') return id
    if (each === 'number') return fc.oneof(id, fc.double({ min: 0, max: 1e12, noNaN: true }))
    if (each === 'array') return fc.array(mostly(likely(items ?? {}), odd, 20), { maxLength: 4 })
    if (each === 'string') return words(resolved(schema))
    const fields = Object.entries(properties).map(([name, field]) => [name, mostly(likely(field), odd, 25)])
    return fc.record(Object.fromEntries(fields), { requiredKeys: required as never[] })
  })
  return fc.oneof(...shapes, ...(examples.length > 0 ? [fc.constantFrom(...examples)] : []))
}

function words({ format, pattern, maxLength = 60 }: Schema): fc.Arbitrary<string> {
  if (format === 'email') return fc.emailAddress()
  if (format?.startsWith('date')) {
    const instant = fc.date({ noInvalidDate: true, min: new Date('0001-01-01'), max: new Date('9999-12-31') })
    return instant.map((date) => date.toISOString().slice(0, format === 'date' ? 10 : undefined))
  }
  if (pattern) return fc.constantFrom('09:30', '#16a34a', '#fff')
  return fc.string({ unit: 'grapheme', minLength: 1, maxLength: Math.min(maxLength, 60) })
}

function queryOf(parameters: Parameter[]): fc.Arbitrary<string> {
  const pairs = parameters.map(({ name, schema }) => {
    const key = schema.type === 'object' ? `${name}[cargo]` : name
    const plain =
      schema.type === 'array' ? (schema.items ?? {}) : schema.type === 'object' ? { type: 'string' } : schema
    const value = mostly(likely(plain), odd, 8)
    return fc.option(
      value.map((each) => `${encodeURIComponent(key)}=${encoded(each)}`),
      { freq: 3 },
    )
  })
  return fc.tuple(...pairs).map((chosen) => chosen.filter(Boolean).join('&'))
}
