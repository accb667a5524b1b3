const second = 1000
const minute = 60 * second
const hour = 60 * minute

/** How long to wait after the first failure, the second, and so on; after the last one it is given up. */
export const waitsMs = [
  5 * second,
  5 * minute,
  30 * minute,
  2 * hour,
  5 * hour,
  10 * hour,
  14 * hour,
  20 * hour,
  24 * hour,
]
export const failingForMs = 5 * 24 * hour
const longestAskedMs = 24 * hour
const jitter = 0.2

/** Until the next attempt, after so many; null when it was the last. A receiver may ask for more time, not for less. */
export function waitAfter(tries: number, retryAfter?: string, random = Math.random): number | null {
  const wait = waitsMs[tries - 1]
  if (wait === undefined) return null
  const spread = wait * (1 - jitter + 2 * jitter * random())
  return Math.round(Math.max(spread, Math.min(askedMs(retryAfter), longestAskedMs)))
}

/** `Retry-After`: seconds, or an HTTP date. */
function askedMs(header: string | undefined) {
  if (!header) return 0
  if (/^\d+$/.test(header.trim())) return Number(header) * second
  const until = Date.parse(header) - Date.now()
  return Number.isFinite(until) ? Math.max(until, 0) : 0
}
