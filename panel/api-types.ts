import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

type Schema = {
  $ref?: string
  const?: unknown
  enum?: unknown[]
  anyOf?: Schema[]
  oneOf?: Schema[]
  allOf?: Schema[]
  type?: string | string[]
  properties?: Record<string, Schema>
  required?: string[]
  items?: Schema
  additionalProperties?: boolean | Schema
}
type Parameter = { name: string; in: 'path' | 'query' | 'header'; $ref?: string; schema: Schema }
type Content = { content?: Record<string, { schema: Schema }> }
type Operation = {
  parameters?: Parameter[]
  requestBody?: Content
  responses: Record<string, Content>
}
type Document = {
  paths: Record<string, Record<string, Operation>>
  components: { schemas: Record<string, Schema> }
}

/** The API's types, out of its OpenAPI document: each route by the name that the server gives it, `GET /leads`. */
export function writeApiTypes() {
  const document: Document = JSON.parse(
    readFileSync(join(import.meta.dirname, '../docs/openapi.json'), 'utf8'),
  )
  const types = Object.entries(document.components.schemas).map(
    ([name, schema]) => `export type ${name} = ${typeOf(schema)}\n`,
  )
  const routes = Object.entries(document.paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(
      ([method, operation]) => `  '${method.toUpperCase()} ${path}': ${routeOf(operation, document)}\n`,
    ),
  )
  const text = `// Made from docs/openapi.json by panel/api-types.ts.\n${types.join('')}export type Api = {\n${routes.join('')}}\n`
  writeFileSync(join(import.meta.dirname, 'src/api/types.ts'), text)
}

function routeOf({ parameters = [], requestBody, responses }: Operation, { components }: Document) {
  const inputs = (place: string) =>
    parameters
      .filter((parameter) => parameter.in === place)
      .map(
        ({ name, schema }) =>
          `${keyOf(name.replace('[]', ''))}${place === 'path' ? '' : '?'}: ${typeOf(schema)}`,
      )
      .join('; ')
  const [params, query] = [inputs('path'), inputs('query')]
  const body = schemaOf(requestBody)
  const named = body?.$ref ? components.schemas[body.$ref.split('/').at(-1)!] : body
  const answer = schemaOf(responses[200]) ?? schemaOf(responses[201])
  return `{ ${[
    ...(params ? [`params: { ${params} }`] : []),
    ...(query ? [`query?: { ${query} }`] : []),
    ...(body ? [`body${named?.required?.length ? '' : '?'}: ${typeOf(body)}`] : []),
    `answer: ${answer ? typeOf(answer) : 'unknown'}`,
  ].join('; ')} }`
}

const schemaOf = (part: Content | undefined) => part?.content?.['application/json']?.schema

function typeOf(schema: Schema): string {
  const { $ref, anyOf, oneOf, allOf, type } = schema
  if ($ref) return $ref.split('/').at(-1)!
  if ('const' in schema) return JSON.stringify(schema.const)
  if (schema.enum) return unionOf(schema.enum.map((value) => JSON.stringify(value)))
  if (anyOf ?? oneOf) return unionOf((anyOf ?? oneOf)!.map(typeOf))
  if (allOf) return allOf.map(typeOf).join(' & ')
  if (Array.isArray(type)) return unionOf(type.map((each) => typeOf({ ...schema, type: each })))
  if (type === 'array') return `(${typeOf(schema.items ?? {})})[]`
  if (type === 'object') return objectOf(schema)
  if (type === 'integer' || type === 'number') return 'number'
  return type ?? 'unknown'
}

function objectOf({ properties = {}, required = [], additionalProperties }: Schema) {
  const fields = Object.entries(properties).map(
    ([name, schema]) => `${keyOf(name)}${required.includes(name) ? '' : '?'}: ${typeOf(schema)}`,
  )
  if (fields.length > 0) return `{ ${fields.join('; ')} }`
  return `Record<string, ${typeof additionalProperties === 'object' ? typeOf(additionalProperties) : 'unknown'}>`
}

const unionOf = (types: string[]) => `(${[...new Set(types)].join(' | ')})`
const keyOf = (name: string) => (/^\w+$/.test(name) ? name : JSON.stringify(name))

if (import.meta.main) writeApiTypes()
