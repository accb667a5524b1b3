import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type Asked, anyRequest } from './fuzz-requests.ts'
import { startApp } from './harness.ts'
import { type Reply, request } from './request.ts'

// FUNIL_FUZZ_RUNS multiplies the work; FUNIL_FUZZ_SEED repeats what a failure printed.
const runs = 450 * Number(process.env.FUNIL_FUZZ_RUNS ?? 1)
const seed = process.env.FUNIL_FUZZ_SEED ? Number(process.env.FUNIL_FUZZ_SEED) : undefined
const patienceMs = 10_000

test('whatever is asked, the answer is one of the documented and never our fault', async () => {
  const app = await startApp({ logLevel: 'error' })
  const acme = await app.newAccount()
  const other = await app.newAccount({ name: 'Outra' })
  for (let n = 0; n < 8; n++) {
    await acme.post('/leads', { name: `Lead ${n}`, phone: `1199988770${n}`, tags: ['vip'] })
    await other.post('/leads', { name: `Alheio ${n}` })
  }
  const lookAtOther = async () =>
    JSON.stringify([(await other.get('/leads')).body, (await other.get('/pipelines')).body])
  const before = await lookAtOther()
  const seen = new Map<number, number>()

  const batch = fc.array(anyRequest(), { minLength: 1, maxLength: 12, size: 'max' })
  await fc.assert(
    fc.asyncProperty(batch, async (asked) => {
      for (const { status } of await Promise.all(asked.map((each) => ask(app.url, acme.key, each))))
        seen.set(status, (seen.get(status) ?? 0) + 1)
    }),
    { numRuns: runs, seed, endOnFailure: runs > 1000 },
  )

  const total = [...seen.values()].reduce((sum, count) => sum + count, 0)
  console.log(
    `${total} requests: ${[...seen]
      .toSorted()
      .map(([status, count]) => `${count} × ${status}`)
      .join(', ')}`,
  )
  for (const status of [200, 201, 400, 401, 404, 415, 422]) assert.ok(seen.has(status), `no ${status} at all`)
  assert.ok((seen.get(200)! + seen.get(201)!) / total > 0.1, 'too few requests went through')
  assert.equal(await lookAtOther(), before)
  const { rows } = await app.database.pool.query('select count(*) from leads where account_id = $1', [
    acme.account.id,
  ])
  assert.equal((await acme.get('/leads?per_page=1')).body.meta.total, rows[0].count)
})

async function ask(url: string, key: string, { method, path, body, headers }: Asked): Promise<Reply> {
  const { promise: late, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(() => reject(new Error(`no answer to ${method} ${path}`)), patienceMs)
  try {
    const asked = request(url, method, path, { body, headers: { 'x-api-key': key, ...headers } })
    const reply = await Promise.race([asked, late])
    assert.ok(reply.status < 500, `${method} ${path} answered ${reply.status}`)
    return reply
  } finally {
    clearTimeout(timer)
  }
}
