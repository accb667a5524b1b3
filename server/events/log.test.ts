import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { createLead } from '#leads/actions.ts'
import { inTransaction } from '#platform/scope.ts'
import { startApp } from '../../test/harness.ts'

const app = await startApp()
type Event = { id: number; type: string; lead_id: number; data: { lead: { name: string } } }

test('the log tells what happened, oldest first, page by page, and goes on where it stopped', async () => {
  const acme = await app.newAccount()
  const first = await acme.get('/events')
  assert.deepEqual([first.body.data, first.body.meta.has_more], [[], false])
  const { id } = (await acme.post('/leads', { name: 'Ana' })).body.lead
  await acme.put(`/leads/${id}`, { tags: ['vip'] })
  await acme.delete(`/leads/${id}`)
  await sleep(5)
  const seen: Event[] = []
  let { next_after, has_more } = first.body.meta
  do {
    const { body } = await acme.get(`/events?per_page=2&after=${next_after}`)
    seen.push(...body.data)
    ;({ next_after, has_more } = body.meta)
  } while (has_more)
  const types = ['lead.created', 'lead.updated', 'lead.tagged', 'lead.deleted']
  assert.deepEqual(
    seen.map(({ type }) => type),
    types,
  )
  assert.deepEqual((await acme.get(`/events?after=${next_after}`)).body.data, [])
  assert.deepEqual((await acme.get('/events')).body.data, seen)
  const ofId = await acme.get(`/events?after=${seen[1]!.id}`)
  assert.deepEqual(ofId.body.data, seen.slice(2))
  assert.deepEqual((await acme.get('/events?type=lead.tagged')).body.data, [seen[2]])
  assert.deepEqual((await acme.get(`/events?lead_id=${id}`)).body.data, seen)
})

test('with `before` it is told newest first, page by page, until the oldest', async () => {
  const acme = await app.newAccount()
  const { id } = (await acme.post('/leads', { name: 'Ana' })).body.lead
  for (const tag of ['a', 'b', 'c']) await acme.post(`/leads/${id}/tags`, { tags: [tag] })
  await sleep(5)
  const forwards: Event[] = (await acme.get('/events')).body.data
  const seen: Event[] = []
  let next: string | null = ''
  while (next !== null) {
    const { body } = await acme.get(`/events?per_page=2&before=${next}`)
    seen.push(...body.data)
    next = body.meta.next_before as string | null
  }
  assert.deepEqual(seen, forwards.toReversed())
  const ofId = await acme.get(`/events?type=lead.tagged&before=${seen[0]!.id}`)
  assert.deepEqual(
    ofId.body.data,
    seen.slice(1).filter(({ type }) => type === 'lead.tagged'),
  )
  assert.equal((await acme.get('/events?before=x')).body.errors.before[0], 'The selected before is invalid.')
})

test('another account has no part in it', async () => {
  const [acme, other] = [await app.newAccount(), await app.newAccount()]
  const { id } = (await acme.post('/leads', { name: 'Ana' })).body.lead
  await sleep(5)
  const [event] = (await acme.get('/events')).body.data
  assert.deepEqual((await other.get(`/events?lead_id=${id}`)).body.data, [])
  const { status, body } = await other.get(`/events?after=${event.id}`)
  assert.deepEqual([status, body.errors], [422, { after: ['The selected after is invalid.'] }])
  for (const nonsense of ['x', '0', '99999999999999999999', 'eyJhdCI6MX0']) {
    assert.equal((await acme.get(`/events?after=${nonsense}`)).status, 422, nonsense)
  }
  assert.equal((await (await app.newAccount({ scopes: ['leads:read'] })).get('/events')).status, 403)
})

test('without a place to go on from it begins thirty days ago; a cursor goes on from where it was', async () => {
  const acme = await app.newAccount()
  const old = (await acme.post('/leads', { name: 'Antiga' })).body.lead.id
  await app.database.pool.query(
    `update events set occurred_at = now() - interval '31 days' where account_id = $1`,
    [acme.account.id],
  )
  const { id } = (await acme.post('/leads', { name: 'Nova' })).body.lead
  await sleep(5)
  const leadIds = (list: Event[]) => list.map(({ lead_id }) => lead_id)
  assert.deepEqual(leadIds((await acme.get('/events')).body.data), [id])
  const cursor = Buffer.from(JSON.stringify({ at: '2000-01-01T00:00:00Z', id: 0 })).toString('base64url')
  assert.deepEqual(leadIds((await acme.get(`/events?after=${cursor}`)).body.data), [old, id])
})

test('transactions that end in another order than they began leave nothing behind the reader', async () => {
  const acme = await app.newAccount()
  const seen: string[] = []
  let after = ''
  async function look() {
    for (;;) {
      const { data, meta } = (await acme.get(`/events?per_page=3&after=${after}`)).body
      seen.push(...data.map((event: Event) => event.data.lead.name))
      after = meta.next_after
      if (!meta.has_more) return
    }
  }
  const open = (name: string, before: number, between: number) =>
    inTransaction(acme.scope, async (scope) => {
      await sleep(before)
      await createLead(scope, { name: `${name} 1` })
      await sleep(between)
      await createLead(scope, { name: `${name} 2` })
    })
  // One writer holds the stage's count: the others wait for it, in turn, with their events already written.
  const work = Promise.all([0, 1, 2, 3, 4, 5].map((n) => open(`t${n}`, n * 7, (6 - n) * 15)))
  let over = false
  work.finally(() => {
    over = true
  })
  while (!over) await look()
  await work
  await sleep(5)
  await look()
  const all = [0, 1, 2, 3, 4, 5].flatMap((n) => [`t${n} 1`, `t${n} 2`])
  assert.deepEqual(seen.toSorted(), all)
  const { rows } = await app.database.pool.query(
    `select data->'lead'->>'name' as name from events where account_id = $1 order by occurred_at, id`,
    [acme.account.id],
  )
  assert.deepEqual(
    seen,
    rows.map(({ name }) => name),
  )
})
