import { createHmac } from 'node:crypto'
import type { Instance } from '#whatsapp/channels.ts'
import { hookPathOf } from '#whatsapp/inbox/handshake.ts'
import { type App, type newAccount, testSecret } from '../harness.ts'
import { metaAppSecret } from './meta-simulator.ts'
import { until } from './until.ts'
import { wahaHmacKey } from './waha-simulator.ts'

type Account = Awaited<ReturnType<typeof newAccount>>
// biome-ignore lint/suspicious/noExplicitAny: messages are what the API shows
type Json = any

/** Tells a number something as its provider does, and gives the answer's status. */
export async function tell(
  { url }: App,
  instance: Instance,
  body: unknown,
  headers?: Record<string, string>,
): Promise<number> {
  const raw = Buffer.isBuffer(body) ? body : Buffer.from(JSON.stringify(body))
  const answer = await fetch(url + hookPathOf(testSecret, instance), {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(headers ?? signed(instance, raw)) },
    body: new Uint8Array(raw),
  })
  await answer.arrayBuffer()
  return answer.status
}

export function signed({ provider }: Pick<Instance, 'provider'>, raw: Buffer): Record<string, string> {
  const [algorithm, key] = provider === 'waha' ? ['sha512', wahaHmacKey] : ['sha256', metaAppSecret]
  const mark = createHmac(algorithm!, key!).update(raw).digest('hex')
  return provider === 'waha'
    ? { 'x-webhook-hmac': mark, 'x-webhook-hmac-algorithm': 'sha512' }
    : { 'x-hub-signature-256': `sha256=${mark}` }
}

/** Until every hook has been looked at, and those that wait for nothing are done. */
export async function heard({ database: { pool } }: Pick<App, 'database'>) {
  await until('every hook was looked at', async () => {
    const { rows } = await pool.query(
      '-- test\nselect count(*) from whatsapp_hooks where tries = 0 and due_at is not null',
    )
    return rows[0].count === 0
  })
}

/** What could not be read, and what still waits. */
export async function unread({ database: { pool } }: Pick<App, 'database'>) {
  const { rows } = await pool.query(
    '-- test\nselect id, trouble, due_at from whatsapp_hooks where trouble is not null or due_at is not null',
  )
  return rows
}

/** All messages of the account, by the provider's id. */
export async function messagesOf({ get }: Pick<Account, 'get'>): Promise<Map<string, Json>> {
  const { data } = (await get('/conversations?per_page=200')).body
  const pages = await Promise.all(
    data.map(
      async ({ id }: { id: number }) => (await get(`/conversations/${id}/messages?per_page=200`)).body.data,
    ),
  )
  return new Map(pages.flat().map((message) => [message.provider_id, message]))
}
