/** Reading what people send: each gives the value, or null when it cannot be read. */

const numeric = /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d{1,3})?$/i

export function readNumber(value: unknown): number | null {
  const number = typeof value === 'string' && numeric.test(value) ? Number(value) : value
  return typeof number === 'number' && Number.isFinite(number) ? number : null
}

export function readInteger(value: unknown): number | null {
  if (typeof value === 'string' && !/^[+-]?\d+$/.test(value)) return null
  const number = typeof value === 'string' ? Number(value) : value
  return typeof number === 'number' && Number.isInteger(number) ? number : null
}

const day = /^(\d{4})-(\d{2})-(\d{2})$/
const instant =
  /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(\.\d+)?)?(?: ?(Z|[+-]\d{2}(?::?\d{2})?)| (\d{2}:\d{2}))?)?$/i

const earliest = new Date('0001-01-01T00:00:00Z')
const latest = new Date('9999-12-31T23:59:59.999Z')

/** `YYYY-MM-DD`; an instant gives its own day. */
export function readDay(value: unknown): string | null {
  if (typeof value !== 'string') return null
  const date = instant.exec(value)?.[1]
  return date && isRealDay(date) && (day.test(value) || readInstant(value)) ? date : null
}

/** ISO 8601; without a zone it is UTC. A `+` that a query string turned into a space is put back. */
export function readInstant(value: unknown): Date | null {
  if (typeof value !== 'string') return null
  const parts = instant.exec(value)
  if (!parts || !isRealDay(parts[1]!)) return null
  const [, date, hours = '00', minutes = '00', seconds = '00', fraction = '', zone = 'Z', spaced] = parts
  const offset = (spaced ? `+${spaced}` : zone.toUpperCase()).replace(
    /^([+-]\d{2}):?(\d{2})?$/,
    (_, h, m) => `${h}:${m ?? '00'}`,
  )
  const read = new Date(`${date}T${hours}:${minutes}:${seconds}${fraction}${offset}`)
  // A zone can push the first or the last day out of the years that can be written with four digits.
  return read >= earliest && read <= latest ? read : null
}

export const isDayOnly = (value: string) => day.test(value)

function isRealDay(text: string) {
  const [, year, month, date] = day.exec(text)!.map(Number) as [number, number, number, number]
  const real = new Date(0)
  // Not Date.UTC: it takes the years 0 to 99 for 1900 to 1999.
  real.setUTCFullYear(year, month - 1, date)
  return year >= 1 && real.getUTCMonth() === month - 1 && real.getUTCDate() === date
}
