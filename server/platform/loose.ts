/** Reading what strangers send: whatever is not what it should be is as if it were not there. */
export type Loose = Record<string, unknown>

export const objectIn = (value: unknown): Loose =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Loose) : {}

export const objectsIn = (value: unknown): Loose[] =>
  Array.isArray(value) ? value.filter(isObject).map(objectIn) : []

export const textIn = (value: unknown): string | null =>
  typeof value === 'string' && value !== '' ? value : null

/** Ids are strings here and integers there. */
export const idIn = (value: unknown): string | null =>
  textIn(typeof value === 'number' ? String(value) : value)

export function numberIn(value: unknown): number | null {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
  return typeof number === 'number' && Number.isFinite(number) ? number : null
}

/** Seconds, as a number or a text; some engines write fractions. */
export function instantIn(seconds: unknown): Date | null {
  const read = numberIn(seconds)
  const date = read === null ? null : new Date(read * 1000)
  return date && !Number.isNaN(date.getTime()) ? date : null
}

export function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const isObject = (value: unknown) => typeof value === 'object' && value !== null && !Array.isArray(value)
