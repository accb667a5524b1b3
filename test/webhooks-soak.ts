import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'
import { createLead } from '#leads/actions.ts'
import type { Database } from '#platform/database.ts'
import { inTransaction, type Scope } from '#platform/scope.ts'
import { subscribe } from './deliveries.ts'
import { startProcess } from './delivery-processes.ts'
import { clientOf, type freshDatabase, newAccount } from './harness.ts'
import { type Receiver, startReceiver, until } from './receiver.ts'
import { isConnectionLost } from './servers.ts'

const clients = 8
const updatesOfALead = 4
const longestRetryMs = 60_000
const longestQuietMs = 60_000

/** Writes and deliveries while the server and the worker are killed again and again: nothing is lost, nothing is made up. */
export async function deliverThroughKills(
  { url, database }: Awaited<ReturnType<typeof freshDatabase>>,
  { events, everyMs }: { events: number; everyMs: number },
) {
  const receiver = await startReceiver()
  const [server, worker] = [await startProcess(url, 'api'), await startProcess(url, 'worker')]
  let isOver = false
  try {
    const { key, account, scope, ...client } = await newAccount(server.url(), database)
    const wanted = { events: ['lead.created', 'lead.updated'] }
    const healthy = await subscribe(client, receiver.url('/healthy'), wanted)
    const flaky = await subscribe(client, receiver.url('/flaky'), wanted)
    const dead = await subscribe(client, 'http://127.0.0.1:9/dead', wanted)
    failTheFirstTime(receiver, '/flaky')
    const killing = keepKilling([server, worker], everyMs, () => isOver)
    const undoing = keepUndoing(scope, () => isOver)
    const writes = Math.ceil(events / (updatesOfALead + 1) / clients)
    await Promise.all(Array.from({ length: clients }, (_, n) => write(server, key, n, writes)))
    isOver = true
    const [kills, undone] = [await killing, await undoing]
    await Promise.all([healthy, flaky].map(({ id }) => allDelivered(database, id)))
    const { rows } = await database.pool.query<{ id: number; lead_id: number }>(
      `select id, lead_id from events where account_id = $1 and type = any ($2) order by id`,
      [account.id, wanted.events],
    )
    ensureAllInOrder(receiver, '/healthy', rows)
    ensureAll(receiver, '/flaky', rows)
    await ensureIntact(database, dead.id, rows.length)
    const repeated = receiver.at('/healthy').length - rows.length
    return { events: rows.length, kills, undone, repeated }
  } finally {
    isOver = true
    await server.kill()
    await worker.kill()
    await receiver.close()
  }
}

type Process = Awaited<ReturnType<typeof startProcess>>
type Row = { id: number; lead_id: number }

function failTheFirstTime(receiver: Receiver, path: string) {
  const seen = new Set<number>()
  receiver.behave(path, (response, { body }) => {
    const isFirst = !seen.has(body.id)
    seen.add(body.id)
    response.writeHead(isFirst && body.id % 10 === 0 ? 503 : 200).end()
  })
}

async function keepKilling(processes: Process[], everyMs: number, isOver: () => boolean) {
  let kills = 0
  while (!isOver()) {
    await sleep(everyMs * (0.5 + Math.random()))
    if (isOver()) break
    const victim = processes[kills % processes.length]!
    await victim.kill()
    await victim.restart()
    kills++
  }
  return kills
}

/** Writes that are undone after their event was written: nobody may ever hear of them. */
async function keepUndoing(scope: Scope, isOver: () => boolean) {
  let undone = 0
  for (; !isOver(); undone++) {
    const work = inTransaction(scope, async (within) => {
      await createLead(within, { name: 'Nunca' } as never)
      throw new Error('undone')
    })
    await assert.rejects(work, /undone/)
    await sleep(50)
  }
  return undone
}

async function write(server: Process, key: string, n: number, leads: number) {
  const insist = async (method: 'post' | 'put', path: string, body: object) => {
    const headers = { 'idempotency-key': `${n} ${method} ${path} ${JSON.stringify(body)}` }
    for (const end = Date.now() + longestRetryMs; Date.now() < end; ) {
      try {
        const reply = await clientOf(server.url(), key)[method](path, body, headers)
        if (reply.status !== 409 && reply.status < 500) return reply
      } catch (error) {
        if (!isConnectionLost(error)) throw error
      }
      await sleep(20)
    }
    throw new Error(`Nobody answered ${method} ${path} for a minute.`)
  }
  for (let lead = 0; lead < leads; lead++) {
    const made = await insist('post', '/leads', { name: `Lead ${n}-${lead}` })
    assert.equal(made.status, 201, JSON.stringify(made.body))
    for (let value = 1; value <= updatesOfALead; value++)
      assert.equal((await insist('put', `/leads/${made.body.lead.id}`, { value })).status, 200)
  }
}

/** Waits as long as something still arrives. */
async function allDelivered({ pool }: Database, webhookId: number) {
  let [left, since] = [Number.POSITIVE_INFINITY, Date.now()]
  await until(
    async () => {
      const { rows } = await pool.query<{ left: number }>(
        `select count(*) as left from webhook_deliveries where webhook_id = $1 and status <> 'delivered'`,
        [webhookId],
      )
      if (rows[0]!.left < left) [left, since] = [rows[0]!.left, Date.now()]
      if (Date.now() - since > longestQuietMs)
        throw new Error(`${left} deliveries are left, and nothing moves.`)
      await sleep(100)
      return left === 0
    },
    30 * 60_000,
    () => `${left} deliveries are left`,
  )
}

function ensureAll(receiver: Receiver, path: string, rows: Row[]) {
  const received = new Set(receiver.at(path).map(({ body }) => body.id))
  assert.deepEqual(
    [...received].toSorted((a, b) => a - b),
    rows.map(({ id }) => id),
  )
}

/** A lead's events never go back, not even after a crash: the newest may come again, an older one does not. */
function ensureAllInOrder(receiver: Receiver, path: string, rows: Row[]) {
  ensureAll(receiver, path, rows)
  const leadOf = new Map(rows.map(({ id, lead_id }) => [id, lead_id]))
  for (const [lead, events] of Map.groupBy(receiver.at(path), ({ body }) => leadOf.get(body.id))) {
    const ids = events.map(({ body }) => body.id)
    assert.deepEqual(
      ids,
      ids.toSorted((a, b) => a - b),
      `lead ${lead}`,
    )
  }
}

async function ensureIntact({ pool }: Database, webhookId: number, howMany: number) {
  const { rows } = await pool.query(
    `select count(*) as all, count(*) filter (where status = 'delivered') as delivered,
       count(*) filter (where status = 'pending' and due_at is not null) as waiting
     from webhook_deliveries where webhook_id = $1`,
    [webhookId],
  )
  assert.deepEqual(rows[0], { all: howMany, delivered: 0, waiting: howMany })
}
