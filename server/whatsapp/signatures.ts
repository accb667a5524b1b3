import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Headers } from '#whatsapp/provider.ts'

/** Meta signs the very bytes, escaped as it escapes them: parsed and written again, they would be others. */
export const isFromMeta = (raw: Buffer, headers: Headers, appSecret: string) =>
  isSigned('sha256', raw, appSecret, headerOf(headers, 'x-hub-signature-256'), 'sha256=')

/** WAHA signs only where a key is set; without one, or with another algorithm, nothing is believed. */
export const isFromWaha = (raw: Buffer, headers: Headers, hmacKey: string) =>
  headerOf(headers, 'x-webhook-hmac-algorithm') === 'sha512' &&
  isSigned('sha512', raw, hmacKey, headerOf(headers, 'x-webhook-hmac'), '')

/** Meta's question when a webhook is set up: the challenge to answer with, or null. */
export function handshake(query: Record<string, unknown>, verifyToken: string): string | null {
  const { 'hub.mode': mode, 'hub.verify_token': token, 'hub.challenge': challenge } = query
  if (mode !== 'subscribe' || typeof token !== 'string' || typeof challenge !== 'string') return null
  return verifyToken !== '' && isSame(Buffer.from(token), Buffer.from(verifyToken)) ? challenge : null
}

function isSigned(algorithm: string, raw: Buffer, key: string, given: string, prefix: string) {
  if (key === '') return false
  const expected = prefix + createHmac(algorithm, key).update(raw).digest('hex')
  return isSame(Buffer.from(given), Buffer.from(expected))
}

const isSame = (given: Buffer, expected: Buffer) =>
  given.length === expected.length && timingSafeEqual(given, expected)

const headerOf = (headers: Headers, name: string) => {
  const value = headers[name]
  return typeof value === 'string' ? value : ''
}
