import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { Validator } from '@seriousme/openapi-schema-validator'
import { routes } from '#api.ts'
import { startApp } from './harness.ts'
import { document, documentFile, documentText, resolved, validate } from './openapi-check.ts'
import { request } from './request.ts'

type Json = Record<string, unknown>
type Shown = { schema: Json; example?: unknown; examples?: Examples }
type Content = { 'application/json': Shown; 'text/event-stream'?: Shown }
type Examples = Record<string, { value: unknown }>
type Response = { $ref?: string; description: string; headers: Json; content: Content }
type Parameter = {
  $ref?: string
  name: string
  in: string
  schema: Json
  example?: unknown
  examples?: Examples
}
type Operation = {
  operationId: string
  summary: string
  tags: string[]
  security: Json[]
  parameters?: Parameter[]
  requestBody?: { content: Content }
  responses: Record<string, Response>
}

const operations = Object.entries(document.paths as Record<string, Record<string, Operation>>).flatMap(
  ([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      path,
      method,
      operation,
      at: `${method} ${path}`,
    })),
)
const pointerTo = (...keys: string[]) =>
  `funil#/${keys.map((key) => encodeURIComponent(key.replaceAll('~', '~0').replaceAll('/', '~1'))).join('/')}`

test('the document is an OpenAPI 3.1 document', async () => {
  const validator = new Validator()
  const { valid, errors } = await validator.validate(documentText())
  assert.ok(valid, JSON.stringify(errors, null, 2))
  assert.equal(validator.version, '3.1')
})

test('the document in the repository is the document of the routes', () => {
  const kept = readFileSync(documentFile, 'utf8')
  assert.ok(kept === documentText(), 'docs/openapi.json is stale: npm run openapi')
})

test('the server shows this document, to anybody', async () => {
  const { url } = await startApp()
  const { status, body, headers } = await request(url, 'GET', '/openapi.json')
  assert.equal(status, 200)
  assert.match(headers.get('content-type') ?? '', /^application\/json/)
  assert.deepEqual(body, { ...document, info: { ...document.info, version: body.info.version } })
})

test('every route is there, once, with a name of its own', () => {
  const shown = operations.map(({ at }) => at)
  const served = routes.map(({ method, path }) => `${method.toLowerCase()} ${path}`)
  assert.deepEqual(shown.toSorted(), served.toSorted())
  const names = operations.map(({ operation }) => operation.operationId)
  assert.equal(new Set(names).size, names.length)
  for (const name of names) assert.match(name, /^[a-z][A-Za-z]+$/)
})

test('every operation says what it does, what it needs, and each parameter of its path', () => {
  for (const { at, path, operation } of operations) {
    assert.ok(operation.summary && !operation.summary.endsWith('.'), at)
    assert.equal(operation.tags.length, 1, at)
    assert.ok(Array.isArray(operation.security), at)
    const inPath = (operation.parameters ?? [])
      .map(resolved)
      .filter((each) => each.in === 'path')
      .map(({ name }) => name)
    assert.deepEqual(
      inPath,
      [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]),
      at,
    )
  }
})

test('every answer that a route can give is there', () => {
  const readable = operations
    .filter((each) => each.method === 'get' && each.path.endsWith('}'))
    .map(({ path }) => path)
  for (const { at, path, method, operation } of operations) {
    const route = routes.find((each) => each.operationId === operation.operationId)!
    const expected = [route.status ?? 200, 400, 429, 431, 500]
    if (route.permission !== 'public') expected.push(401, 403)
    if (route.alsoStatus) expected.push(route.alsoStatus)
    if (route.params) expected.push(404)
    const isKept = method !== 'get' && route.permission !== 'public' && !route.showsSecret
    if (isKept) expected.push(409)
    if (isKept || route.body || route.query || route.rules?.length) expected.push(422)
    if (method === 'get' && path.endsWith('}')) expected.push(304)
    if (method !== 'get' && readable.some((each) => `${path}/`.startsWith(`${each}/`))) expected.push(412)
    if (method !== 'get') expected.push(413, 415, 503)
    if (route.asksProvider) expected.push(502)
    if (route.isFile) expected.push(206, 304, 416)
    assert.deepEqual(Object.keys(operation.responses), expected.toSorted().map(String), at)
  }
})

test('every answer has an example, and every example is what its schema says', () => {
  let examples = 0
  for (const { at, path, method, operation } of operations) {
    for (const [status, response] of Object.entries(operation.responses)) {
      if (status === '304') continue
      const keys = response.$ref
        ? response.$ref.split('/').slice(1)
        : ['paths', path, method, 'responses', status]
      const [media = ''] = Object.keys(resolved(response).content)
      // A file.
      if (media === '*/*') continue
      const pointer = pointerTo(...keys, 'content', media, 'schema')
      const given = examplesOf(resolved(response).content)
      assert.ok(given.length > 0, `${at} ${status} has no example`)
      for (const example of given) validate(pointer, example, `${at} ${status}`)
      examples += given.length
    }
  }
  assert.ok(examples > 100)
})

test('every body has an example that leads to a success', () => {
  for (const { at, path, method, operation } of operations) {
    if (!operation.requestBody) continue
    const [example] = examplesOf(operation.requestBody.content)
    assert.ok(example, `${at} has no example of its body`)
    const pointer = pointerTo('paths', path, method, 'requestBody', 'content', 'application/json', 'schema')
    validate(pointer, example, at)
  }
})

test('a suspended account and every business rule have their example', () => {
  for (const { at, operation } of operations) {
    const forbidden = operation.responses['403'] ? examplesOf(operation.responses['403'].content) : []
    const inactive = forbidden.filter((each) => JSON.stringify(each) === '{"message":"Conta inativa."}')
    assert.equal(inactive.length, operation.security.length > 0 ? 1 : 0, at)
    const rules = routes.find((each) => each.operationId === operation.operationId)!.rules ?? []
    const refusals = operation.responses['422']?.content['application/json'].examples ?? {}
    for (const rule of rules) {
      assert.equal((refusals[rule]!.value as { success: boolean }).success, false, `${at} ${rule}`)
    }
  }
})

test('every parameter’s example and default fit it', () => {
  for (const { at, path, method, operation } of operations) {
    for (const [n, parameter] of (operation.parameters ?? []).entries()) {
      const { name, schema, example: given, examples } = resolved(parameter)
      const example = examples ? examples.usual?.value : given
      const keys = parameter.$ref?.split('/').slice(1) ?? ['paths', path, method, 'parameters', String(n)]
      const pointer = pointerTo(...keys, 'schema')
      assert.notEqual(example, undefined, `${at} ${name} has no example`)
      validate(pointer, example, `${at} ${name}`)
      if (schema.default !== undefined) validate(pointer, schema.default, `${at} ${name}`)
    }
  }
})

test('what is the same shape is written once, under its name', () => {
  const names = Object.keys(document.components.schemas)
  for (const name of ['Lead', 'NewLead', 'Meta', 'Event', 'Pipeline', 'CustomField', 'User', 'Account'])
    assert.ok(names.includes(name), name)
  const text = JSON.stringify(document)
  for (const name of names) assert.ok(text.includes(`"#/components/schemas/${name}"`), `${name} is not used`)
  assert.doesNotMatch(text, /"x-(?!disabled")[a-z-]+":/)
})

const examplesOf = (content: Content): unknown[] => {
  const { example, examples = {} } = content['text/event-stream'] ?? content['application/json']
  return [...(example === undefined ? [] : [example]), ...Object.values(examples).map(({ value }) => value)]
}
