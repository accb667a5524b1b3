import assert from 'node:assert/strict'
import Ajv2020 from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { routes } from '#api.ts'
import { openApi } from '#http/openapi.ts'
import type { Reply } from './request.ts'

export const document = JSON.parse(JSON.stringify(openApi(routes, '0.0.0-test')))

const ajv = new Ajv2020.default({ strict: false, allErrors: true })
addFormats.default(ajv)
ajv.addSchema({ ...document, $id: 'funil' })

const operations = Object.entries(
  document.paths as Record<string, Record<string, { responses: object }>>,
).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({
    method: method.toUpperCase(),
    path,
    pattern: new RegExp(`^/api/v1${path.replace(/\{\w+\}/g, '[^/]+')}/?$`),
    responses: operation.responses as Record<string, { $ref?: string; content?: object }>,
  })),
)

/** The answer must be one that the document promises for this route. */
export function checkAnswer(method: string, url: string, { status, body }: Reply) {
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

const escaped = (path: string) => encodeURIComponent(path.replaceAll('~', '~0').replaceAll('/', '~1'))
