import type { TSchema } from 'typebox'
import { type FieldErrors, isElement, selectedInvalid, shown } from '#platform/errors.ts'
import type { Referable } from '#platform/shapes.ts'
import { readDay, readInstant, readInteger, readNumber } from '#platform/values.ts'

/** A record that the input points at and that must exist in this account. */
export type Reference = { path: string; table: Referable; id: number }
export type Checked = { value: unknown; errors: FieldErrors; references: Reference[] }

type Schema = TSchema & {
  type?: string | string[]
  properties?: Record<string, Schema>
  required?: string[]
  items?: Schema
  enum?: unknown[]
  format?: string
  default?: unknown
  maxLength?: number
  minLength?: number
  maximum?: number
  minimum?: number
  maxItems?: number
  minItems?: number
  additionalProperties?: unknown
  'x-references'?: Referable
  'x-lenient'?: boolean
  'x-keep-blank'?: boolean
  'x-untrimmed'?: boolean
}

/** Reads an input object by its schema as Laravel would: trimmed, converted, and refused in its words.
 *
 * Unknown keys are left out. Errors stand in the order of the schema, those of array elements last.
 * In a query a blank value asks for nothing, and `true` and `false` are words.
 */
export function check(schema: TSchema, raw: unknown, { isQuery = false } = {}): Checked {
  const reading = new Reading(isQuery)
  const source = isObject(raw) ? raw : {}
  const value = reading.object(schema as Schema, source, '')
  return { value, errors: { ...reading.errors, ...reading.elementErrors }, references: reading.references }
}

const isObject = (raw: unknown): raw is Record<string, unknown> =>
  typeof raw === 'object' && raw !== null && !Array.isArray(raw)

class Reading {
  errors: FieldErrors = {}
  elementErrors: FieldErrors = {}
  references: Reference[] = []
  readonly isQuery: boolean

  constructor(isQuery: boolean) {
    this.isQuery = isQuery
  }

  object(schema: Schema, source: Record<string, unknown>, prefix: string) {
    const value: Record<string, unknown> = {}
    for (const [key, field] of Object.entries(schema.properties ?? {})) {
      const raw = Object.hasOwn(source, key) ? source[key] : undefined
      const read = this.field(field, raw, prefix + key, schema.required?.includes(key) ?? false)
      if (read !== undefined) value[key] = read
    }
    return value
  }

  private field(schema: Schema, raw: unknown, path: string, isRequired: boolean): unknown {
    if (schema['x-lenient']) return readLeniently(schema, raw)
    const types = [schema.type].flat()
    const value = cleaned(raw, schema)
    if (value === undefined)
      return isRequired ? this.refuse(path, `The ${shown(path)} field is required.`) : undefined
    if (value === null && this.isQuery && !isRequired) return undefined
    const isEmptyArray = Array.isArray(value) && value.length === 0 && isRequired
    if (value === null || isEmptyArray) {
      return types.includes('null') ? null : this.refuse(path, `The ${shown(path)} field is required.`)
    }
    for (const type of types) {
      if (type && type in readers)
        return readers[type as keyof typeof readers](this, schema, value, path, types)
    }
    return value
  }

  refuse(path: string, message: string): undefined {
    const errors = isElement(path) ? this.elementErrors : this.errors
    errors[path] = [...(errors[path] ?? []), message]
  }

  must(path: string, be: string): undefined {
    this.refuse(path, `The ${shown(path)} field must ${be}.`)
  }

  element(schema: Schema, raw: unknown, path: string) {
    return this.field(schema, raw, path, true)
  }
}

function cleaned(raw: unknown, schema: Schema) {
  if (typeof raw !== 'string') return raw
  const text = schema['x-untrimmed'] ? raw : raw.trim()
  return text === '' && !schema['x-keep-blank'] ? null : text
}

function readLeniently(schema: Schema, raw: unknown) {
  if (schema.type === 'string') return [raw].flat().join(',') || schema.default
  const value = readInteger(raw)
  return value !== null && value >= (schema.minimum ?? value) ? value : schema.default
}

type Read = (reading: Reading, schema: Schema, value: unknown, path: string, types: unknown[]) => unknown

const readers = {
  string(reading, schema, value, path, types) {
    const text = typeof value === 'number' && types.includes('number') ? String(value) : value
    // PostgreSQL cannot keep a NUL, nor UTF-8 half of a surrogate pair.
    if (typeof text !== 'string' || !text.isWellFormed() || text.includes('\0'))
      return reading.must(path, 'be a string')
    if (schema.enum && !schema.enum.includes(text)) return reading.refuse(path, selectedInvalid(path))
    if (schema.format) {
      const format = formats[schema.format]!
      const read = format.read(text)
      if (read === null) return reading.must(path, format.must)
      if (typeof read !== 'string') return read
      value = read
    } else value = text
    const length = [...text].length
    if (schema.maxLength !== undefined && length > schema.maxLength) {
      return reading.must(path, `not be greater than ${schema.maxLength} characters`)
    }
    if (schema.minLength !== undefined && length < schema.minLength) {
      return reading.must(path, `be at least ${schema.minLength} characters`)
    }
    return value
  },
  integer(reading, schema, value, path) {
    const number = readInteger(value)
    if (number === null) return reading.must(path, 'be an integer')
    const table = schema['x-references']
    if (!table) return inRange(reading, schema, number, path)
    if (number < 1 || !Number.isSafeInteger(number)) return reading.refuse(path, selectedInvalid(path))
    reading.references.push({ path, table, id: number })
    return number
  },
  number(reading, schema, value, path) {
    const number = readNumber(value)
    return number === null ? reading.must(path, 'be a number') : inRange(reading, schema, number, path)
  },
  boolean(reading, _, value, path) {
    if ([true, 1, '1'].includes(value as never) || (reading.isQuery && value === 'true')) return true
    if ([false, 0, '0'].includes(value as never) || (reading.isQuery && value === 'false')) return false
    return reading.must(path, 'be true or false')
  },
  array(reading, schema, value, path) {
    if (!Array.isArray(value)) return reading.must(path, 'be an array')
    if (schema.maxItems !== undefined && value.length > schema.maxItems) {
      return reading.must(path, `not have more than ${schema.maxItems} items`)
    }
    if (schema.minItems !== undefined && value.length < schema.minItems) {
      return reading.must(path, `have at least ${schema.minItems} items`)
    }
    const items = schema.items
    return items ? value.map((each, index) => reading.element(items, each, `${path}.${index}`)) : value
  },
  object(reading, schema, value, path) {
    // The table has no sentence for an object; Laravel, too, calls it an array.
    if (!isObject(value)) return reading.must(path, 'be an array')
    return schema.properties && Object.keys(schema.properties).length > 0
      ? reading.object(schema, value, `${path}.`)
      : value
  },
} satisfies Record<string, Read>

function inRange(reading: Reading, schema: Schema, number: number, path: string) {
  const maximum = schema.maximum ?? Number.MAX_SAFE_INTEGER
  const minimum = schema.minimum ?? Number.MIN_SAFE_INTEGER
  if (number > maximum) return reading.must(path, `not be greater than ${maximum}`)
  if (number < minimum) return reading.must(path, `be at least ${minimum}`)
  return number
}

// HTML's own definition of an e-mail address: what every form in front of us has already let through.
const email =
  /^[\w.!#$%&'*+/=?^`{|}~-]+@[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?(?:\.[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?)*$/i
const time = /^([01]\d|2[0-3]):[0-5]\d$/

const formats: Record<string, { must: string; read: (text: string) => string | Date | null }> = {
  email: { must: 'be a valid email address', read: (text) => (email.test(text) ? text : null) },
  uri: {
    must: 'be a valid URL',
    read: (text) => (/^https?:\/\//i.test(text) && URL.canParse(text) ? text : null),
  },
  date: { must: 'be a valid date', read: readDay },
  moment: { must: 'be a valid date', read: (text) => (readInstant(text) ? text : null) },
  'date-time': { must: 'be a valid date', read: readInstant },
  color: {
    must: 'be a valid hexadecimal color',
    read: (text) => (/^#([\da-f]{3}|[\da-f]{6})$/i.test(text) ? text.toLowerCase() : null),
  },
  identifier: {
    must: 'only contain small letters, digits and underscores, and begin with a letter',
    read: (text) => (/^[a-z][a-z0-9_]*$/.test(text) ? text : null),
  },
  'id-or-none': {
    must: 'be an integer',
    read: (text) => (text === 'none' || Number.isSafeInteger(readInteger(text)) ? text : null),
  },
  time: { must: 'match the format H:i', read: (text) => (time.test(text) ? text : null) },
}
