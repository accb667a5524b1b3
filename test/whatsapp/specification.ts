import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import Ajv2020 from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'

/** The providers' own descriptions are not ours to keep: they lie beside the project, where there are any. */
const folder = resolve(import.meta.dirname, '../../../shared/whatsapp')
const files = { cloud_api: 'meta-cloud-api-openapi.corrected.json', waha: 'waha-openapi.trimmed.json' }

export type Described = keyof typeof files
export type Complain = (method: string, path: string, body: unknown) => string[]

export const isDescribed = Object.values(files).every((file) => existsSync(resolve(folder, file)))

/** What the provider's specification says against a request; nothing where there is no specification. */
export function specification(provider: Described): Complain {
  const file = resolve(folder, files[provider])
  if (!existsSync(file)) return () => []
  const document = JSON.parse(readFileSync(file, 'utf8'))
  const ajv = new Ajv2020.default({ strict: false, allErrors: false, discriminator: false })
  addFormats.default(ajv)
  ajv.addSchema({ ...withStringEvents(document), $id: provider })
  const paths = Object.keys(document.paths).map((path) => ({
    path,
    parts: path.split('/'),
    methods: Object.keys(document.paths[path]),
  }))
  return (method, path, body) => {
    const parts = path.split('/')
    const operation = paths
      .filter((each) => each.methods.includes(method.toLowerCase()) && isLike(each.parts, parts))
      .sort((a, b) => placeholders(a.parts) - placeholders(b.parts))[0]
    if (!operation) return [`${method} ${path} is not in the specification`]
    const described = document.paths[operation.path][method.toLowerCase()].requestBody
    if (!described?.content?.['application/json']) return []
    if (body === undefined) return described.required ? ['body is required'] : []
    const at = `${provider}#/paths/${escaped(operation.path)}/${method.toLowerCase()}/requestBody/content/application~1json/schema`
    const check = ajv.getSchema(at)
    if (!check) throw new Error(`no schema at ${at}`)
    return check(body) ? [] : [ajv.errorsText(check.errors)]
  }
}

/** WAHA's names of events are texts, whatever its description says. */
// biome-ignore lint/suspicious/noExplicitAny: somebody else's document
function withStringEvents(document: any) {
  const events = document.components?.schemas?.WebhookConfig?.properties?.events
  if (events) events.items = { type: 'string' }
  return document
}

const isLike = (pattern: string[], parts: string[]) =>
  pattern.length === parts.length && pattern.every((part, at) => part.startsWith('{') || part === parts[at])

const placeholders = (parts: string[]) => parts.filter((part) => part.startsWith('{')).length

const escaped = (path: string) => encodeURIComponent(path.replaceAll('~', '~0').replaceAll('/', '~1'))
