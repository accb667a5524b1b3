import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'
import { createLead, updateLead } from '#leads/actions.ts'
import { Refused } from '#platform/errors.ts'
import { inAccount } from '#platform/scope.ts'
import { clientOf, type freshDatabase, newAccount, tester } from './harness.ts'
import { isConnectionLost, startServers } from './servers.ts'
import { syncClient } from './sync-client.ts'

type Fresh = Awaited<ReturnType<typeof freshDatabase>>
const writers = 16
const slowWriters = 4

/** A copy is kept in step while sellers write, some in transactions that commit late, and the server dies twice. */
export async function syncThroughChaos({ url, database }: Fresh, { seed, ms }: { seed: number; ms: number }) {
  const servers = await startServers(url, 1)
  const address = () => servers.url(0)
  try {
    const { account, key } = await newAccount(address(), database)
    const ids: number[] = []
    const until = Date.now() + ms
    const work = Array.from({ length: writers }, (_, n) =>
      n < slowWriters ? writeSlowly(n, random(seed * 100 + n)) : writeByApi(n, random(seed * 100 + n)),
    )
    const copy = syncClient(address, key, 7)
    const reading = keepInStep()
    await sleep(ms / 3)
    await servers.killAndRestart(0)
    await sleep(ms / 3)
    await servers.killAndRestart(0)
    const written = (await Promise.all(work)).reduce((sum, each) => sum + each, 0)
    const runs = await reading
    await copy.sync()
    await ensureEqual(database, account.id, copy.leads)
    return { written, runs, leads: copy.leads.size }

    async function keepInStep() {
      let runs = 0
      for (; Date.now() < until; runs++) await copy.sync()
      return runs
    }

    /** Through the product's own actions, in a transaction that stays open for a while before and after it writes. */
    async function writeSlowly(n: number, chance: () => number) {
      let written = 0
      while (Date.now() < until) {
        await inAccount(database.db, account.id, tester, async (scope) => {
          await sleep(chance() * 200)
          for (let change = 0; change < 3; change++) {
            const id = pick(ids, chance())
            if (id) await updateLead(scope, id, { company: `slow ${n} ${written}` }).catch(unlessGone)
          }
          if (chance() < 0.3) ids.push((await createLead(scope, { name: `slow ${n}` })).id)
          await sleep(chance() < 0.1 ? 1_500 : chance() * 150)
        }).catch(unlessBusy)
        written++
      }
      return written
    }

    async function writeByApi(n: number, chance: () => number) {
      let written = 0
      while (Date.now() < until) {
        const client = clientOf(address(), key)
        const id = pick(ids, chance())
        try {
          const roll = chance()
          if (!id || roll < 0.3) {
            const { status, body } = await client.post('/leads', { name: `api ${n} ${written}` })
            if (status === 201) ids.push(body.lead.id)
          } else if (roll < 0.7) await client.put(`/leads/${id}`, { company: `api ${n} ${written}` })
          else if (roll < 0.8) await mergeAndPerhapsUndo(client, id, pick(ids, chance())!, chance() < 0.5)
          else await client.delete(`/leads/${id}`)
          written++
        } catch (error) {
          if (!isConnectionLost(error)) throw error
          await sleep(50)
        }
        await sleep(chance() * 60)
      }
      return written
    }

    /** A lead that goes in a merge, and comes back with half of them. */
    async function mergeAndPerhapsUndo(
      client: ReturnType<typeof clientOf>,
      id: number,
      other: number,
      undo: boolean,
    ) {
      const { status } = await client.post(`/leads/${id}/merge`, { duplicate_id: other })
      if (status === 200 && undo) await client.post(`/leads/${id}/unmerge`, { duplicate_id: other })
    }

    function unlessGone(error: unknown) {
      if (!(error instanceof Refused)) throw error
    }
  } finally {
    await servers.stop()
  }
}

// Two slow transactions that wait for each other: the database undoes one of them whole.
function unlessBusy(error: unknown) {
  const code = (error as { cause?: { code?: string } }).cause?.code
  if (code !== '40P01' && code !== '55P03') throw error
}

async function ensureEqual({ pool }: Fresh['database'], accountId: number, copy: Map<number, object>) {
  const { rows } = await pool.query(
    `select id, name, company, stage_id, tags, value, updated_at from leads where account_id = $1 order by id`,
    [accountId],
  )
  const here = JSON.parse(JSON.stringify(rows))
  const there = [...copy.values()]
    .map((lead) => lead as Record<string, unknown>)
    .map(({ id, name, company, stage_id, tags, value, updated_at }) => ({
      id,
      name,
      company,
      stage_id,
      tags,
      value,
      updated_at,
    }))
    .sort((a, b) => (a.id as number) - (b.id as number))
  assert.ok(here.length > 5)
  assert.deepEqual(there, here)
}

const pick = (ids: number[], chance: number) => ids[Math.floor(chance * ids.length)]

/** Mulberry32: small, and the same for the same seed. */
function random(seed: number) {
  let state = seed | 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
