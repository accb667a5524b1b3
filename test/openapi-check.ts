import assert from 'node:assert/strict'
import { resolve } from 'node:path'
import Ajv2020 from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { routes } from '#api.ts'
import { openApi } from '#http/openapi.ts'
import manifest from '../package.json' with { type: 'json' }
import type { Reply } from './request.ts'

export const document = JSON.parse(JSON.stringify(openApi(routes, manifest.version)))
/** What is kept of it in the repository, so that a change of the API is seen in review. */
export const documentFile = resolve(import.meta.dirname, '../docs/openapi.json')
export const documentText = () => `${JSON.stringify(document, null, 2)}\n`

const ajv = new Ajv2020.default({ strict: false, allErrors: true })
addFormats.default(ajv)
ajv.addSchema({ ...document, $id: 'funil' })

type Header = { $ref?: string; required?: boolean }
type Response = { $ref?: string; headers: Record<string, Header>; content?: object }

const operations = Object.entries(
  document.paths as Record<string, Record<string, { responses: object }>>,
).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({
    method: method.toUpperCase(),
    path,
    pattern: new RegExp(`^/api/v1${path.replace(/\{\w+\}/g, '[^/]+')}/?$`),
    responses: operation.responses as Record<string, Response>,
  })),
)

/** The answer must be one that the document promises for this route. */
export function checkAnswer(method: string, url: string, { status, body, headers }: Reply) {
  const path = url.split('?', 1)[0]!
  const fitting = operations.filter((each) => each.pattern.test(path))
  // `/leads/upsert` is a path of its own, not `/leads/{id}`.
  const exact = fitting.filter((each) => !each.path.includes('{'))
  const operation = (exact.length > 0 ? exact : fitting).find((each) => each.method === method)
  if (!operation || status === 304) return
  const response = operation.responses[String(status)]
  assert.ok(
    response,
    `${method} ${operation.path} answered ${status}, which is not documented: ${JSON.stringify(body)}`,
  )
  for (const [name, header] of Object.entries(resolved(response).headers)) {
    const isThere = headers.has(name) || !resolved(header).required
    assert.ok(isThere, `${method} ${operation.path} ${status} came without ${name}`)
  }
  // Files have no shape.
  if (!('application/json' in resolved(response).content!)) return
  const pointer = response.$ref
    ? `funil${response.$ref}/content/application~1json/schema`
    : `funil#/paths/${escaped(operation.path)}/${method.toLowerCase()}/responses/${status}/content/application~1json/schema`
  validate(pointer, body, `${method} ${operation.path} ${status}`)
}

export function validate(pointer: string, value: unknown, what: string) {
  const check = ajv.getSchema(pointer)
  assert.ok(check, `no schema at ${pointer}`)
  if (!check(value))
    assert.fail(`${what}: ${ajv.errorsText(check.errors)} in ${JSON.stringify(value).slice(0, 2000)}`)
}

/** What a `#/components/…` reference stands for. */
export function resolved<T extends { $ref?: string }>(item: T): T {
  if (!item.$ref) return item
  const found = item.$ref.split('/').slice(1)
  return found.reduce((at: Record<string, unknown>, key) => at[key] as Record<string, unknown>, document) as T
}

const escaped = (path: string) => encodeURIComponent(path.replaceAll('~', '~0').replaceAll('/', '~1'))
