import { holdDefinitions } from '#fields/lock.ts'
import { type Field, listFields } from '#fields/queries.ts'
import { type FieldErrors, invalid, selectedInvalid, shown } from '#platform/errors.ts'
import type { Scope } from '#platform/scope.ts'
import { mostMoney } from '#platform/shapes.ts'
import { readDay, readNumber } from '#platform/values.ts'

export type CustomValue = string | number | boolean | string[] | null
export type CustomValues = Record<string, CustomValue>

type Given = Record<string, unknown> | null | undefined

/** The fields that values are checked against; whoever writes values holds them still until the commit. */
export async function fieldsForWriting(scope: Scope, given: Given[]): Promise<Field[]> {
  if (given.some((values) => values && Object.keys(values).length > 0)) await holdDefinitions(scope)
  return listFields(scope, { activeOnly: true })
}

/** What a lead's `custom_fields` may hold: converted by type, unknown keys left out, the rest explained in a 422. */
export function convertCustomFields(
  fields: Field[],
  given: Given,
  { isNew }: { isNew: boolean },
): CustomValues {
  const values: CustomValues = {}
  const errors: FieldErrors = {}
  for (const field of fields) {
    const isGiven = given && Object.hasOwn(given, field.name)
    if (!isGiven && !(isNew && field.is_required)) continue
    const result = convert(field, isGiven ? given[field.name] : null)
    if ('error' in result) errors[pathOf(field)] = [result.error]
    else if (field.is_required && isBlank(result.value)) {
      errors[pathOf(field)] = [`The ${shown(pathOf(field))} field is required.`]
    } else values[field.name] = result.value
  }
  if (Object.keys(errors).length > 0) throw invalid(errors)
  return values
}

const isBlank = (value: CustomValue) => value === null || (Array.isArray(value) && value.length === 0)

/** The value that a filter looks for, in the shape that `custom_fields @>` finds by index. */
export async function filterByCustomFields(scope: Scope, given: Record<string, unknown>) {
  const fields = new Map((await listFields(scope)).map((field) => [field.name, field]))
  const wanted: CustomValues = {}
  const errors: FieldErrors = {}
  for (const [name, raw] of Object.entries(given)) {
    const field = fields.get(name)
    const path = `custom_fields.${name}`
    if (!field) {
      errors[path] = [selectedInvalid(path)]
      continue
    }
    const result = convert(field, field.field_type === 'multiselect' ? [raw].flat() : raw)
    if ('error' in result) errors[path] = [result.error]
    // A blank value asks for nothing, as in every other filter.
    else if (result.value !== null) wanted[name] = result.value
  }
  if (Object.keys(errors).length > 0) throw invalid(errors)
  return wanted
}

const pathOf = (field: Field) => `custom_fields.${field.name}`

type Converted = { value: CustomValue } | { error: string }

function convert(field: Field, raw: unknown): Converted {
  const value = typeof raw === 'string' ? raw.trim() : raw
  if (value === null || value === undefined || value === '') return { value: null }
  return converters[field.field_type](value, field)
}

const must = (field: Field, be: string) => ({ error: `The ${shown(pathOf(field))} field must be ${be}.` })
const refused = (field: Field) => ({ error: selectedInvalid(pathOf(field)) })

const number = (value: unknown, field: Field): Converted => {
  const read = readNumber(value)
  return read === null ? must(field, 'a number') : { value: read }
}

const converters: Record<Field['field_type'], (value: unknown, field: Field) => Converted> = {
  text(value, field) {
    if (typeof value === 'number' && Number.isFinite(value)) return { value: String(value) }
    if (typeof value !== 'string' || !storable(value)) return must(field, 'a string')
    if ([...value].length > 10_000) {
      return { error: `The ${shown(pathOf(field))} field must not be greater than 10000 characters.` }
    }
    return { value }
  },
  number,
  currency(value, field) {
    const read = readNumber(value)
    if (read === null) return must(field, 'a number')
    if (Math.abs(read) > mostMoney) return must(field, `between -${mostMoney} and ${mostMoney}`)
    return { value: Math.round(read * 100) / 100 }
  },
  date(value, field) {
    const day = readDay(value)
    return day === null ? must(field, 'a valid date') : { value: day }
  },
  select(value, field) {
    const option = optionOf(field, value)
    return option === undefined ? refused(field) : { value: option }
  },
  multiselect(value, field) {
    if (!Array.isArray(value)) return must(field, 'an array')
    const options = value.map((each) => optionOf(field, each))
    return options.some((option) => option === undefined)
      ? refused(field)
      : { value: [...new Set(options as string[])] }
  },
  checkbox(value, field) {
    if (value === true || value === 1 || value === '1' || value === 'true') return { value: true }
    if (value === false || value === 0 || value === '0' || value === 'false') return { value: false }
    return must(field, 'true or false')
  },
}

const optionOf = (field: Field, value: unknown) =>
  field.options.find((option) => option === (typeof value === 'number' ? String(value) : value))

const storable = (text: string) => text.isWellFormed() && !text.includes('\0')
