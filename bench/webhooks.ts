import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { cpus } from 'node:os'
import { resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { createKey } from '#accounts/keys/keys.ts'
import { type Actor, inAccount } from '#platform/scope.ts'
import { foundAccount } from '#setup.ts'
import { type Ground, onGround } from './ground.ts'

const bencher: Actor = { type: 'system', id: null, name: 'benchmark' }
const singles = 60
const betweenSinglesMs = 100
const subscriptions = 4
const backlog = 2500
const atOnce = 16
const longestMs = 120_000

/** How long after a write its receiver hears of it, and how fast a backlog goes out; beside bare requests. */
export async function benchWebhooks() {
  // Its receiver is on this machine.
  process.env.FUNIL_ALLOW_PRIVATE_WEBHOOKS = '1'
  const receiver = await countingReceiver()
  try {
    await onGround(async (ground) => {
      console.log(`${cpus().length} × ${cpus()[0]!.model.trim()}, Node ${process.version}\n`)
      const api = await ground.serve('server/cli.ts', ['serve', '--role', 'api'])
      const { accountId, call } = await foundCompany(ground, api)
      const body = await idleLatency(ground, call, receiver)
      await fillBacklog(ground, accountId, call, receiver)
      const ours = await secondsFor(receiver, () =>
        ground.serve('server/cli.ts', ['serve', '--role', 'worker']),
      )
      const total = subscriptions * backlog
      const bare = await secondsFor(receiver, () => bareLoop(receiver.url('/bare'), total, body))
      print('deliveries/s', (total / ours).toFixed(0))
      print('bare undici requests/s', (total / bare).toFixed(0))
      print('ratio', (bare / ours).toFixed(2))
    })
  } finally {
    receiver.close()
  }
}

type Receiver = Awaited<ReturnType<typeof countingReceiver>>
type Call = (path: string, body: object) => Promise<{ id: number }>

async function foundCompany({ database: { db } }: Ground, port: number) {
  const { id: accountId } = await foundAccount(db, { name: 'Empresa S.A.' })
  const { key } = await inAccount(db, accountId, bencher, (scope) =>
    createKey(scope, { name: 'benchmark', rateLimit: 2_000_000_000 }),
  )
  const call: Call = async (path, body) => {
    const answer = await fetch(`http://127.0.0.1:${port}/api/v1${path}`, {
      method: 'POST',
      headers: { 'x-api-key': key, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`)
    return (await answer.json()) as { id: number }
  }
  return { accountId, call }
}

/** From the instant that is in the event, so the rest of its transaction counts too. */
async function idleLatency(ground: Ground, call: Call, receiver: Receiver): Promise<string> {
  const worker = await ground.start('server/cli.ts', ['serve', '--role', 'worker'])
  await call('/webhooks', { target_url: receiver.url('/idle'), events: ['lead.created'] })
  const took: number[] = []
  let last = ''
  receiver.onBody = (text) => {
    last = text
    took.push(Date.now() - Date.parse(JSON.parse(text).occurred_at))
  }
  for (let n = 0; n < singles; n++) {
    await call('/leads', { name: `Lead ${n}`, phone: '(11) 99988-7766', tags: ['vip'] })
    await sleep(betweenSinglesMs)
  }
  await until(() => took.length === singles)
  receiver.onBody = undefined
  took.sort((a, b) => a - b)
  print('idle: commit to receiver, p50 ms', String(took[singles / 2]))
  print('idle: commit to receiver, p95 ms', String(took[Math.floor(singles * 0.95)]))
  await worker.stop()
  return last
}

/** Many events, written while nobody delivers. */
async function fillBacklog(
  { database: { pool } }: Ground,
  accountId: number,
  call: Call,
  receiver: Receiver,
) {
  for (let n = 0; n < subscriptions; n++)
    await call('/webhooks', { target_url: receiver.url(`/${n}`), events: ['lead.updated'] })
  await pool.query(
    `insert into events (account_id, type, lead_id, actor, data)
     select e.account_id, 'lead.updated', n, e.actor, e.data
     from (select * from events where account_id = $1 and type = 'lead.created' limit 1) e, generate_series(1, $2) n`,
    [accountId, backlog],
  )
}

async function secondsFor(receiver: Receiver, send: () => Promise<unknown>) {
  receiver.reset()
  await send()
  await until(() => receiver.count() >= subscriptions * backlog)
  return receiver.seconds()
}

async function bareLoop(url: string, count: number, body: string) {
  const file = resolve(import.meta.dirname, 'undici-loop.ts')
  const args = [file, url, String(count), String(subscriptions * atOnce), body]
  await once(spawn(process.execPath, args, { stdio: 'inherit' }), 'exit')
}

async function countingReceiver() {
  let [count, first, last] = [0, 0, 0]
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => self.onBody && chunks.push(chunk))
    request.on('end', () => {
      last = performance.now()
      if (count++ === 0) first = last
      self.onBody?.(Buffer.concat(chunks).toString())
      response.end()
    })
  })
  server.listen({ port: 0, host: '127.0.0.1' })
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  const self = {
    onBody: undefined as ((text: string) => void) | undefined,
    url: (path: string) => `http://127.0.0.1:${port}${path}`,
    count: () => count,
    /** Between the first and the last: starting is nobody's merit or fault. */
    seconds: () => (last - first) / 1000,
    reset: () => {
      count = 0
    },
    close() {
      server.closeAllConnections()
      server.close()
    },
  }
  return self
}

async function until(isSo: () => boolean) {
  for (const end = Date.now() + longestMs; !isSo(); await sleep(20))
    if (Date.now() > end) throw new Error('Not all of it arrived.')
}

const print = (name: string, figure: string) => console.log(name.padEnd(36) + figure.padStart(8))
