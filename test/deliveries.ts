import { createBell } from '#platform/bell.ts'
import type { Database } from '#platform/database.ts'
import { startDeliveries } from '#webhooks/deliver.ts'
import { type clientOf, startApp, testSecret } from './harness.ts'
import { startReceiver, until } from './receiver.ts'

export const deliveryConfig = {
  publicUrl: 'http://localhost',
  secret: () => testSecret,
  allowPrivateWebhooks: true,
}

/** A server, a worker and a receiver, all real. Call it outside of hooks. */
export async function startDelivering() {
  let ring = () => {}
  const app = await startApp({ afterWrite: () => ring() })
  ring = createBell(app.database.pool)
  const receiver = await startReceiver()
  const troubles: unknown[] = []
  const worker = startDeliveries({
    database: app.database,
    config: deliveryConfig,
    onTrouble: (error) => troubles.push(error),
  })
  return {
    app,
    receiver,
    troubles,
    ring: () => ring(),
    /** To be registered after the app's own hook has been: the worker goes before its database. */
    async stop() {
      await worker.stop()
      await receiver.close()
    },
  }
}

/** What waits is due now: time passes in an instant. */
export async function letTimePass({ pool }: Database, webhookId: number) {
  await pool.query(
    'update webhook_deliveries set due_at = now_ms() where webhook_id = $1 and due_at is not null',
    [webhookId],
  )
  createBell(pool)()
}

type Client = ReturnType<typeof clientOf>

export const deliveriesOf = async (client: Client, id: number, query = '') =>
  (await client.get(`/webhooks/${id}/deliveries${query}`)).body.data

/** The log, when nothing in it is under way. */
export async function settled(client: Client, id: number, isSo: (log: Log[]) => boolean): Promise<Log[]> {
  let log: Log[] = []
  await until(
    async () => {
      log = await deliveriesOf(client, id)
      return isSo(log)
    },
    30_000,
    () => `the log stays ${JSON.stringify(log).slice(0, 2000)}`,
  )
  return log
}
type Log = {
  id: number
  event: string
  status: string
  next_attempt_at: string | null
  attempts: {
    at: string
    duration_ms: number
    request: { url: string; headers: Record<string, string> }
    response: { status: number; headers: Record<string, string>; body: string } | null
    error: string | null
  }[]
}

export async function subscribe(client: Client, target_url: string, more: object = {}) {
  const { status, body } = await client.post('/webhooks', { target_url, events: ['lead.created'], ...more })
  if (status !== 201) throw new Error(JSON.stringify(body))
  return body as { id: number; secret: string; events: string[] }
}
