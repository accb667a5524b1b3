import { idIn, type Loose, objectIn, objectsIn, textIn } from '#platform/loose.ts'
import type { Template, TemplateValues, TemplateVariable } from '#whatsapp/provider.ts'

export type Filled = { components: Loose[] } | { missing: string[]; tooMany: boolean }

/** One template as Meta lists it; null for what cannot be named. */
export function readTemplate(raw: Loose): Template | null {
  const [name, language] = [textIn(raw.name), textIn(raw.language)]
  if (name === null || language === null) return null
  const components = objectsIn(raw.components)
  const variables = variablesOf(components)
  return {
    id: idIn(raw.id) ?? `${name}:${language}`,
    name,
    language,
    category: textIn(raw.category) ?? 'UNKNOWN',
    status: (textIn(raw.status) ?? 'UNKNOWN').toUpperCase(),
    parameter_format: textIn(raw.parameter_format) === 'NAMED' ? 'NAMED' : 'POSITIONAL',
    components,
    variables,
    variables_count: variables.length,
    rejected_reason: raw.rejected_reason === 'NONE' ? null : textIn(raw.rejected_reason),
    quality: textIn(objectIn(raw.quality_score).score),
  }
}

/** The components of a send, or what is missing. Meta refuses values with line breaks, tabs or many spaces. */
export function fillTemplate(template: Template, given: TemplateValues): Filled {
  const values = valuesOf(template, given)
  const missing = template.variables.filter(({ name }) => !values[name]).map(({ name }) => name)
  const tooMany = isList(given) && given.length > template.variables.length
  if (missing.length > 0 || tooMany) return { missing, tooMany }
  const isNamed = template.parameter_format === 'NAMED'
  const parameters = (place: TemplateVariable['place']) =>
    template.variables
      .filter((variable) => variable.place === place)
      .map((variable) => parameterOf(variable, values[variable.name]!, isNamed && place !== 'button'))
  const buttons = template.variables.filter(({ place }) => place === 'button')
  return {
    components: [
      ...(['header', 'body'] as const)
        .map((type) => ({ type, parameters: parameters(type) }))
        .filter((component) => component.parameters.length > 0),
      ...buttons.map((variable) => ({
        type: 'button',
        sub_type: variable.kind === 'coupon_code' ? 'copy_code' : 'url',
        index: String(variable.button),
        parameters: [parameterOf(variable, values[variable.name]!, false)],
      })),
    ],
  }
}

/** What the customer will read: the body with its values. */
export function templateText(template: Template, given: TemplateValues): string {
  const body = objectsIn(template.components).find(({ type }) => isType(type, 'BODY'))
  return filledText(template, given, 'body', textIn(body?.text) ?? '')
}

/** A text of this part of the template, with its values; what has none stays as it is. */
export function filledText(
  template: Template,
  given: TemplateValues,
  place: TemplateVariable['place'],
  text: string,
  button: number | null = null,
): string {
  const values = valuesOf(template, given)
  const ours = template.variables.filter((each) => each.place === place && each.button === button)
  const named = new Map(ours.map(({ key, name }) => [key, name]))
  return text.replace(placeholder, (whole, key) => values[named.get(key) ?? ''] || whole)
}

const placeholder = /\{\{\s*(\w+)\s*\}\}/g

function variablesOf(components: Loose[]): TemplateVariable[] {
  const header = components.filter(({ type }) => isType(type, 'HEADER')).flatMap(headerVariables)
  const body = components
    .filter(({ type }) => isType(type, 'BODY'))
    .flatMap(({ text }) => placeholdersOf(text))
    .map((key): TemplateVariable => ({ name: key, place: 'body', kind: 'text', key, button: null }))
  const buttons = components
    .filter(({ type }) => isType(type, 'BUTTONS'))
    .flatMap((component) => objectsIn(component.buttons))
    .flatMap(buttonVariables)
  return [...header, ...body, ...buttons]
}

function headerVariables({ format, text }: Loose): TemplateVariable[] {
  const kind = textIn(format)?.toLowerCase()
  if (kind === 'image' || kind === 'video' || kind === 'document')
    return [{ name: `header_${kind}`, place: 'header', kind, key: kind, button: null }]
  return placeholdersOf(text).map((key) => {
    // A header's {{1}} is not the body's.
    const name = /^\d+$/.test(key) ? `header_${key}` : key
    return { name, place: 'header', kind: 'text', key, button: null }
  })
}

function buttonVariables(raw: Loose, index: number): TemplateVariable[] {
  const variable = { name: `button_${index}`, place: 'button' as const, button: index }
  if (isType(raw.type, 'COPY_CODE')) return [{ ...variable, kind: 'coupon_code', key: 'code' }]
  if (!isType(raw.type, 'URL')) return []
  return placeholdersOf(raw.url).map((key) => ({ ...variable, kind: 'text', key }))
}

/** Each once: numbers in their order, names as they come. */
function placeholdersOf(text: unknown): string[] {
  const keys = [...new Set([...(textIn(text) ?? '').matchAll(placeholder)].map((match) => match[1]!))]
  return keys.every((key) => /^\d+$/.test(key)) ? keys.sort((a, b) => Number(a) - Number(b)) : keys
}

function valuesOf({ variables }: Template, given: TemplateValues): Record<string, string> {
  const values = variables.map(({ name }, at) => {
    const value = isList(given) ? given[at] : Object.hasOwn(given, name) ? given[name] : ''
    return [name, flat(String(value ?? ''))]
  })
  return Object.fromEntries(values)
}

const flat = (text: string) => text.replace(/\s+/g, ' ').trim()

function parameterOf({ kind, key }: TemplateVariable, value: string, isNamed: boolean): Loose {
  if (kind === 'coupon_code') return { type: kind, coupon_code: value }
  if (kind === 'text')
    return isNamed ? { type: kind, parameter_name: key, text: value } : { type: kind, text: value }
  return { type: kind, [kind]: /^https?:/.test(value) ? { link: value } : { id: value } }
}

const isList = (given: TemplateValues): given is readonly string[] => Array.isArray(given)

const isType = (type: unknown, wanted: string) => textIn(type)?.toUpperCase() === wanted
