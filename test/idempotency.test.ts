import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { createKey } from '#accounts/keys/keys.ts'
import { forgetIdempotencyKeys } from '#http/idempotency.ts'
import { retryThroughKills } from './chaos-kills.ts'
import { clientOf, freshDatabase, startApp } from './harness.ts'
import { startServers } from './servers.ts'

const app = await startApp()
const acme = await app.newAccount()
const other = await app.newAccount()
const killed = await freshDatabase()
const servers = await startServers(app.databaseUrl, 2)
after(servers.stop)
const elsewhere = [0, 1].map((n) => clientOf(servers.url(n), acme.key))

const keyed = (key: string) => ({ 'idempotency-key': key })
const replayed = ({ headers }: { headers: Headers }) => headers.get('idempotent-replayed')
const count = async (sql: string, values: unknown[]) =>
  Number((await app.database.pool.query(`select count(*) from ${sql}`, values)).rows[0].count)
const named = (name: string) => count('leads where account_id = $1 and name = $2', [acme.account.id, name])
const keptKeys = () => count('idempotency_keys where account_id = $1', [acme.account.id])

test('the same request again is answered as the first time, and done once', async () => {
  const body = { name: 'Uma vez', tags: ['a'], value: 12.5 }
  const first = await acme.post('/leads', body, keyed('once'))
  const again = await acme.post('/leads', { value: 12.5, tags: ['a'], name: 'Uma vez' }, keyed('"once"'))
  assert.deepEqual([first.status, replayed(first)], [201, null])
  assert.deepEqual([again.status, replayed(again)], [201, 'true'])
  assert.deepEqual(again.body, first.body)
  assert.equal(again.headers.get('content-type'), 'application/json; charset=utf-8')
  assert.equal(await named('Uma vez'), 1)
  const { id } = first.body.lead
  assert.equal(await count('events where account_id = $1 and lead_id = $2', [acme.account.id, id]), 1)
})

test('a deletion that comes again is still a success', async () => {
  const { id } = (await acme.post('/leads', { name: 'Vai' })).body.lead
  const answers = [
    await acme.delete(`/leads/${id}`, undefined, keyed('gone')),
    await acme.delete(`/leads/${id}`, undefined, keyed('gone')),
  ]
  assert.deepEqual(
    answers.map(({ status, body }) => [status, body]),
    [
      [200, { success: true }],
      [200, { success: true }],
    ],
  )
  assert.equal((await acme.delete(`/leads/${id}`)).status, 404)
})

test('another body, path or query under the same key is refused', async () => {
  const { id } = (await acme.post('/leads', { name: 'Um' }, keyed('mine'))).body.lead
  const different = await acme.post('/leads', { name: 'Dois' }, keyed('mine'))
  assert.equal(different.status, 422)
  assert.equal(different.body.success, false)
  assert.match(different.body.message, /Idempotency-Key/)
  assert.equal((await acme.post('/leads?x=1', { name: 'Um' }, keyed('mine'))).status, 422)
  const second = (await acme.post('/leads', { name: 'Outro' })).body.lead.id
  assert.equal((await acme.post(`/leads/${id}/tags`, { tags: ['a'] }, keyed('tags'))).status, 200)
  assert.equal((await acme.post(`/leads/${second}/tags`, { tags: ['a'] }, keyed('tags'))).status, 422)
  assert.equal(await named('Dois'), 0)
})

test('a key belongs to one account and one route', async () => {
  const first = await acme.post('/leads', { name: 'Nossa' }, keyed('shared'))
  const theirs = await other.post('/leads', { name: 'Nossa' }, keyed('shared'))
  assert.deepEqual([theirs.status, replayed(theirs)], [201, null])
  assert.notEqual(theirs.body.lead.id, first.body.lead.id)
  const upsert = await acme.post('/leads/upsert', { name: 'Nossa' }, keyed('shared'))
  assert.deepEqual([upsert.status, replayed(upsert)], [201, null])
})

test('a key is 1 to 255 characters', async () => {
  const longest = await acme.post('/leads', { name: 'Longa' }, keyed('k'.repeat(255)))
  assert.equal(longest.status, 201)
  const longer = await acme.post('/leads', { name: 'Longa' }, keyed('k'.repeat(256)))
  const message = 'The Idempotency-Key field must not be greater than 255 characters.'
  assert.deepEqual([longer.status, longer.body], [422, { message, errors: { 'Idempotency-Key': [message] } }])
  const blank = await acme.post('/leads', { name: 'Longa' }, keyed('""'))
  assert.deepEqual(blank.body.errors, { 'Idempotency-Key': ['The Idempotency-Key field is required.'] })
  assert.equal(await named('Longa'), 1)
})

test('what was refused before the work began is not kept', async () => {
  const before = await keptKeys()
  assert.equal((await acme.post('/leads', {}, keyed('mended'))).status, 422)
  assert.equal((await acme.post('/leads', '{', keyed('mended'))).status, 400)
  assert.equal((await acme.put('/leads/999999999', { name: 'x' }, keyed('mended'))).status, 404)
  const reader = await createKey(acme.scope, { name: 'reader', scopes: ['leads:read'], rateLimit: 100 })
  const refused = await clientOf(app.url, reader.key).post('/leads', { name: 'Agora' }, keyed('mended'))
  assert.equal(refused.status, 403)
  assert.equal(
    (await clientOf(app.url, `${reader.key}x`).post('/leads', { name: 'Agora' }, keyed('mended'))).status,
    401,
  )
  assert.equal(await keptKeys(), before)
  const mended = await acme.post('/leads', { name: 'Agora' }, keyed('mended'))
  assert.deepEqual([mended.status, replayed(mended)], [201, null])
})

test('a business rule’s no is kept, and nothing of the attempt', async () => {
  const small = await app.newAccount({ plan: 'free' })
  const { rows } = await app.database.pool.query(
    `update accounts set limits = '{"leads": 1}' where id = $1 returning limits`,
    [small.account.id],
  )
  assert.deepEqual(rows[0].limits, { leads: 1 })
  const first = (await small.post('/leads', { name: 'Primeiro' })).body.lead
  const refused = await small.post('/leads', { name: 'Segundo' }, keyed('full'))
  assert.deepEqual([refused.status, refused.body.limit_reached], [422, true])
  await small.delete(`/leads/${first.id}`)
  const again = await small.post('/leads', { name: 'Segundo' }, keyed('full'))
  assert.deepEqual([again.status, again.body, replayed(again)], [422, refused.body, 'true'])
  const fresh = await small.post('/leads', { name: 'Segundo' }, keyed('room'))
  assert.equal(fresh.status, 201)
})

test('replays count in the rate window', async () => {
  const { key } = await createKey(acme.scope, { name: 'slow', rateLimit: 2 })
  const slow = clientOf(app.url, key)
  assert.equal((await slow.post('/leads', { name: 'Ritmo' }, keyed('pace'))).status, 201)
  assert.equal(replayed(await slow.post('/leads', { name: 'Ritmo' }, keyed('pace'))), 'true')
  assert.equal((await slow.post('/leads', { name: 'Ritmo' }, keyed('pace'))).status, 429)
})

test('while the first still runs, the second is told so; a first that breaks off frees the key, and its server goes on', async () => {
  const { id } = (await acme.post('/leads', { name: 'Devagar' })).body.lead
  const holder = await app.database.pool.connect()
  await holder.query('begin')
  await holder.query('select 1 from leads where account_id = $1 and id = $2 for update', [
    acme.account.id,
    id,
  ])
  const first = elsewhere[0]!.put(`/leads/${id}`, { company: 'X' }, keyed('running'))
  const { rows } = await waitFor(() =>
    app.database.pool.query<{ pid: number }>(
      `select pid from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
    ),
  )
  const second = await elsewhere[1]!.put(`/leads/${id}`, { company: 'X' }, keyed('running'))
  assert.deepEqual([second.status, second.body.success, second.headers.get('retry-after')], [409, false, '1'])
  await app.database.pool.query('select pg_terminate_backend($1)', [rows[0]!.pid])
  assert.equal((await first).status, 500)
  await holder.query('rollback')
  holder.release()
  const third = await elsewhere[0]!.put(`/leads/${id}`, { company: 'X' }, keyed('running'))
  assert.deepEqual([third.status, replayed(third)], [200, null])
})

test('a hundred identical requests at the same moment on two processes: one runs', async () => {
  const answers = await Promise.all(
    Array.from({ length: 100 }, (_, n) =>
      elsewhere[n % 2]!.post('/leads', { name: 'Corrida' }, keyed('race')),
    ),
  )
  const [ran, ...rest] = answers.filter((answer) => answer.status === 201 && !replayed(answer))
  assert.deepEqual(rest, [])
  const recalled = answers.filter((answer) => replayed(answer))
  assert.ok(recalled.every(({ body }) => body.lead.id === ran!.body.lead.id))
  assert.equal(answers.filter(({ status }) => status === 409).length, 99 - recalled.length)
  assert.equal(await named('Corrida'), 1)
})

test('after a day a key is free again, and housekeeping forgets it', async () => {
  await acme.post('/leads', { name: 'Ontem' }, keyed('yesterday'))
  const age = () =>
    app.database.pool.query(
      `update idempotency_keys set created_at = now() - interval '24 hours 1 second' where account_id = $1 and key = 'yesterday'`,
      [acme.account.id],
    )
  await age()
  const today = await acme.post('/leads', { name: 'Hoje' }, keyed('yesterday'))
  assert.deepEqual([today.status, replayed(today)], [201, null])
  assert.equal(replayed(await acme.post('/leads', { name: 'Hoje' }, keyed('yesterday'))), 'true')
  const before = await keptKeys()
  await forgetIdempotencyKeys(app.database.db)
  assert.equal(await keptKeys(), before)
  await age()
  await forgetIdempotencyKeys(app.database.db)
  assert.equal(await keptKeys(), before - 1)
})

test('servers killed at random moments: with one key each write happens exactly once', {
  timeout: 300_000,
}, async () => {
  const { written } = await retryThroughKills(killed, 10)
  assert.ok(written > 20, `only ${written} writes`)
})

async function waitFor<T extends { rows: unknown[] }>(look: () => Promise<T>): Promise<T> {
  for (let attempt = 0; attempt < 200; attempt++) {
    const seen = await look()
    if (seen.rows.length > 0) return seen
    await new Promise((done) => setTimeout(done, 20))
  }
  throw new Error('It never came to wait.')
}
