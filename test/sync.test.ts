import assert from 'node:assert/strict'
import { test } from 'node:test'
import { updateLead } from '#leads/actions.ts'
import { inTransaction } from '#platform/scope.ts'
import { settledUntil } from '#platform/watermark.ts'
import { syncThroughChaos } from './chaos-sync.ts'
import { freshDatabase, startApp } from './harness.ts'
import { syncClient } from './sync-client.ts'

const app = await startApp()
const chaos = await freshDatabase()
const { pool, db } = app.database
type Named = { id: number }
const idsOf = (list: Named[]) => list.map(({ id }) => id)

test('a watermark lies before everything that an open transaction has stamped, however late it took its number', async () => {
  const writer = await pool.connect()
  await writer.query('begin')
  const stamp = (await writer.query('select now_ms() as at')).rows[0].at as Date
  await new Promise((done) => setTimeout(done, 20))
  assert.ok(new Date(await settledUntil(db)) <= stamp)
  await writer.query('rollback')
  writer.release()
  assert.ok(new Date(await settledUntil(db)) > stamp)
})

test('a writer whose start is hidden counts as old as the longest transaction', async () => {
  const writer = await pool.connect()
  await writer.query('set track_activities = off')
  await writer.query('begin')
  await writer.query('select pg_current_xact_id()')
  const behindMs = Date.now() - new Date(await settledUntil(db)).getTime()
  assert.ok(behindMs >= 119_000 && behindMs < 125_000, String(behindMs))
  await writer.query('rollback')
  await writer.query('reset track_activities')
  writer.release()
})

test('no transaction outlives the longest that is reckoned with', async () => {
  const { rows } = await pool.query('show transaction_timeout')
  assert.deepEqual(rows, [{ transaction_timeout: '2min' }])
})

test('deletions come with the changes, in the order of both, in either way of paging', async () => {
  const acme = await app.newAccount()
  const ids: number[] = []
  for (const name of ['A', 'B', 'C', 'D', 'E']) ids.push((await acme.post('/leads', { name })).body.lead.id)
  const [a, b, c, d, e] = ids as [number, number, number, number, number]
  await acme.delete(`/leads/${b}`)
  await acme.put(`/leads/${a}`, { company: 'X' })
  await acme.delete(`/leads/${d}`)
  const since = '2020-01-01T00:00:00Z'
  const seen: number[][] = []
  let cursor: string | null = ''
  while (cursor !== null) {
    const { status, body } = await acme.get(
      `/leads?updated_since=${since}&with_deleted=1&per_page=2&cursor=${cursor}`,
    )
    assert.equal(status, 200)
    assert.equal(body.meta.total, 5)
    seen.push(idsOf(body.data), idsOf(body.deleted))
    cursor = body.meta.next_cursor
  }
  assert.deepEqual(seen, [[c, e], [], [a], [b], [], [d]])
  const numbered = []
  for (const page of [1, 2, 3, 4]) {
    const { body } = await acme.get(`/leads?updated_since=${since}&with_deleted=1&per_page=2&page=${page}`)
    assert.deepEqual([body.meta.last_page, body.meta.has_more], [3, page < 3])
    numbered.push(idsOf(body.data), idsOf(body.deleted))
  }
  assert.deepEqual(numbered, [[a], [d], [e], [b], [c], [], [], []])
  const [gone] = (await acme.get('/leads?with_deleted=1&per_page=1')).body.deleted
  assert.deepEqual(Object.keys(gone), ['id', 'deleted_at'])
  assert.equal('deleted' in (await acme.get('/leads')).body, false)
  assert.equal((await acme.get('/leads?with_deleted=1&sort=created_at')).status, 422)
  const later = await acme.get(
    `/leads?with_deleted=1&updated_since=${new Date(Date.now() + 60_000).toISOString()}`,
  )
  assert.deepEqual([later.body.data, later.body.deleted, later.body.meta.total], [[], [], 0])
  const other = await app.newAccount()
  assert.deepEqual((await other.get('/leads?with_deleted=1')).body.deleted, [])
})

test('by number, a deletion between two pages loses nobody', async () => {
  const acme = await app.newAccount()
  for (let n = 0; n < 6; n++) await acme.post('/leads', { name: `${n}` })
  const query = '/leads?updated_since=2020-01-01&with_deleted=1&per_page=2'
  const first = await acme.get(query)
  await acme.delete(`/leads/${first.body.data[0].id}`)
  const seen = new Set(idsOf(first.body.data))
  for (const page of [2, 3, 4])
    for (const { id } of (await acme.get(`${query}&page=${page}`)).body.data) seen.add(id)
  assert.equal(seen.size, 6)
})

test('what commits late is in the next run', async () => {
  const acme = await app.newAccount()
  const { id } = (await acme.post('/leads', { name: 'Antes' })).body.lead
  const copy = syncClient(() => app.url, acme.key, 7)
  let commit = () => {}
  const held = new Promise<void>((done) => {
    commit = done
  })
  let changed = () => {}
  const written = new Promise<void>((done) => {
    changed = done
  })
  const late = inTransaction(acme.scope, async (scope) => {
    await updateLead(scope, id, { name: 'Depois' })
    changed()
    await held
  })
  await written
  await acme.post('/leads', { name: 'No meio' })
  await copy.sync()
  assert.equal(copy.leads.get(id)!.name, 'Antes')
  commit()
  await late
  await copy.sync()
  assert.equal(copy.leads.get(id)!.name, 'Depois')
  assert.equal(copy.leads.size, 2)
})

test('sixteen sellers write, transactions commit late, the server dies twice: the copy is equal', {
  timeout: 300_000,
}, async () => {
  const { written, runs } = await syncThroughChaos(chaos, { seed: 1, ms: 8_000 })
  assert.ok(written > 100 && runs > 1, `${written} writes, ${runs} runs`)
})
