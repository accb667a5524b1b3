import { Type } from 'typebox'
import { invalid } from '#platform/errors.ts'
import type { TemplateValues } from '#whatsapp/provider.ts'

const longestValue = 1024
const text = { type: 'string', maxLength: longestValue }

/** Without a `type`, the validation leaves it as it came: `readVariables` reads it. */
export const Variables = Type.Unsafe<unknown>({
  anyOf: [
    { type: 'array', items: text, maxItems: 100 },
    { type: 'object', additionalProperties: text },
  ],
  description:
    'In the order of header, body (`{{1}}`, `{{2}}`…) and buttons; or an object by the names in the template’s `variables`.',
  examples: [['Ana', '1234']],
})

/** A list or an object of texts; numbers are read as texts. */
export function readVariables(raw: unknown): TemplateValues {
  if (raw === undefined || raw === null) return []
  if (typeof raw !== 'object') throw wrong('be an array')
  if (Array.isArray(raw)) return raw.slice(0, 101).map((value, n) => readText(value, `.${n}`))
  return Object.fromEntries(Object.entries(raw).map(([name, value]) => [name, readText(value, `.${name}`)]))
}

function readText(value: unknown, at: string): string {
  const given = typeof value === 'number' || value === null ? String(value ?? '') : value
  // PostgreSQL cannot keep a NUL, nor half of a surrogate pair.
  if (typeof given !== 'string' || !given.isWellFormed() || given.includes('\0'))
    throw wrong('be a string', at)
  if (given.length > longestValue) throw wrong(`not be greater than ${longestValue} characters`, at)
  return given
}

const wrong = (must: string, at = '') =>
  invalid({ [`variables${at}`]: [`The variables${at} field must ${must}.`] })
