import { createHmac, randomBytes } from 'node:crypto'

const prefix = 'whsec_'
const generatedBytes = 32

/** A secret that every Standard Webhooks library takes as it is. */
export const newSecret = () => prefix + randomBytes(generatedBytes).toString('base64')

/** After `whsec_` there must be base64; any other text is good. */
export const isUsableSecret = (secret: string) =>
  !secret.startsWith(prefix) ||
  /^(?:[\w+/-]{4})*(?:[\w+/-]{2}==|[\w+/-]{3}=)?$/.test(secret.slice(prefix.length))

/** Both schemes over the very bytes that are sent. While a secret is being changed, the old one signs too. */
export function signatureHeaders(
  secrets: [string, ...string[]],
  { id, body, at }: { id: string; body: string; at: Date },
): Record<string, string> {
  const timestamp = String(Math.floor(at.getTime() / 1000))
  const signed = secrets.map((secret) => `v1,${hmac(keyOf(secret), `${id}.${timestamp}.${body}`, 'base64')}`)
  const plain = secrets.map((secret) => `sha256=${hmac(secret, body, 'hex')}`)
  return {
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': signed.join(' '),
    'x-funil-signature': plain[0]!,
    ...(plain[1] ? { 'x-funil-signature-previous': plain[1] } : {}),
  }
}

/** The key of Standard Webhooks: what `whsec_` encodes, or the text itself. */
const keyOf = (secret: string) =>
  secret.startsWith(prefix) ? Buffer.from(secret.slice(prefix.length), 'base64') : Buffer.from(secret)

const hmac = (key: string | Buffer, text: string, encoding: 'hex' | 'base64') =>
  createHmac('sha256', key).update(text).digest(encoding)
