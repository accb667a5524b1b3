import type { Lead } from '#leads/schema.ts'
import { messages } from '#platform/messages.ts'

const pattern = /\{\{\s*([^{}|]*?)\s*(?:\|([^{}]*))?\}\}/g

/** What a text can say of a lead; `custom.x` is the custom field x. */
const values: Record<string, (known: Known) => string | null> = {
  name: ({ lead }) => lead.name,
  first_name: ({ lead }) => lead.name.trim().split(/\s+/)[0] ?? null,
  phone: ({ lead }) => lead.phone,
  email: ({ lead }) => lead.email,
  company: ({ lead }) => lead.company,
  owner: ({ owner }) => owner,
}
export const variableNames = [...Object.keys(values), 'custom.<field>']

export type Known = { lead: Lead; owner: string | null; locale: string }

/** The variables of a text that nobody knows. */
export const unknownVariables = (text: string, fields: Set<string>) =>
  [...text.matchAll(pattern)]
    .filter(([, name]) => !Object.hasOwn(values, name!) && !fields.has(customName(name!) ?? ''))
    .map(([written]) => written)

/** Each variable is what the lead has, else what stands behind its `|`, else nothing. */
export const filledIn = (text: string, known: Known) =>
  text.replace(pattern, (_, name: string, fallback = '') => valueFor(name, known)?.trim() || fallback.trim())

const customName = (name: string) => (name.startsWith('custom.') ? name.slice('custom.'.length) : null)

function valueFor(name: string, known: Known): string | null {
  const field = customName(name)
  if (field === null) return values[name]?.(known) ?? null
  const value: unknown = (known.lead.custom_fields as Record<string, unknown>)[field]
  return value === null || value === undefined ? null : shownAs(value, known.locale)
}

function shownAs(value: unknown, locale: string): string {
  if (typeof value === 'boolean') return value ? messages.yes : messages.no
  if (typeof value === 'number') return value.toLocaleString(locale)
  if (Array.isArray(value)) return value.join(', ')
  const day = typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value)
  return day ? new Date(`${value}T00:00:00Z`).toLocaleDateString(locale, { timeZone: 'UTC' }) : String(value)
}
