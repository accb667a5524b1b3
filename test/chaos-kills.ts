import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'
import { type freshDatabase, newAccount } from './harness.ts'
import { type Reply, request } from './request.ts'
import { isConnectionLost, startServers } from './servers.ts'

const clients = 8
const longestRetryMs = 60_000

/** Clients write and ask again with the same key until they are answered, while servers are killed under them. */
export async function retryThroughKills(
  { url, database }: Awaited<ReturnType<typeof freshDatabase>>,
  kills: number,
) {
  const servers = await startServers(url, 2)
  try {
    const { account, key } = await newAccount(servers.url(0), database)
    const answers = new Map<string, { created: number; deleted: boolean }>()
    let over = false
    const client = async (c: number) => {
      for (let n = 0; !over; n++) {
        const name = `Lead ${c}-${n}`
        const created = await insist(c, 'POST', '/leads', { name })
        assert.equal(created.status, 201, JSON.stringify(created.body))
        const deleted = n % 2 === 0
        const { id } = created.body.lead
        if (deleted) assert.equal((await insist(c, 'DELETE', `/leads/${id}`)).status, 200)
        answers.set(name, { created: id, deleted })
        await sleep(Math.random() * 40)
      }
    }
    /** Takes turns between the servers until one of them has answered. */
    async function insist(c: number, method: string, path: string, body?: unknown): Promise<Reply> {
      const headers = { 'x-api-key': key, 'idempotency-key': `${method} ${path} ${JSON.stringify(body)}` }
      const until = Date.now() + longestRetryMs
      for (let attempt = c; Date.now() < until; attempt++) {
        try {
          const reply = await request(servers.url(attempt), method, `/api/v1${path}`, { body, headers })
          if (reply.status !== 409 && reply.status < 500) return reply
        } catch (error) {
          if (!isConnectionLost(error)) throw error
        }
        await sleep(5)
      }
      throw new Error(`Nobody answered ${method} ${path} for a minute.`)
    }
    const work = Promise.all(Array.from({ length: clients }, (_, c) => client(c)))
    for (let kill = 0; kill < kills; kill++) {
      await sleep(Math.random() * 150)
      await servers.killAndRestart(kill)
    }
    over = true
    await work
    await ensureOnceEach(database, account.id, answers)
    return { written: answers.size }
  } finally {
    await servers.stop()
  }
}

async function ensureOnceEach(
  database: Awaited<ReturnType<typeof freshDatabase>>['database'],
  accountId: number,
  answers: Map<string, { created: number; deleted: boolean }>,
) {
  const { rows } = await database.pool.query<{ name: string; type: string; ids: string }>(
    `select data->'lead'->>'name' as name, type, array_agg(lead_id)::text as ids from events
     where account_id = $1 group by 1, 2`,
    [accountId],
  )
  const expected = [...answers].flatMap(([name, { created, deleted }]) => [
    { name, type: 'lead.created', ids: `{${created}}` },
    ...(deleted ? [{ name, type: 'lead.deleted', ids: `{${created}}` }] : []),
  ])
  const sorted = (list: typeof rows) =>
    list.map((row) => JSON.stringify([row.name, row.type, row.ids])).sort()
  assert.deepEqual(sorted(rows), sorted(expected))
  const leads = await database.pool.query<{ id: number }>(
    'select id from leads where account_id = $1 order by id',
    [accountId],
  )
  const remaining = [...answers.values()].filter(({ deleted }) => !deleted).map(({ created }) => created)
  assert.deepEqual(
    leads.rows.map(({ id }) => id),
    remaining.sort((a, b) => a - b),
  )
}
