import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startApp } from '../../test/harness.ts'
import { openOffice } from '../../test/sequences/office.ts'

const app = await startApp()
const before = [
  { id: 'ola', type: 'message', text: 'Oi' },
  { id: 'espera', type: 'wait_reply', timeout: { days: 2 } },
  { id: 'fim', type: 'message', text: 'Fim' },
]

test('a run finishes the steps that it began, whatever becomes of the sequence', async () => {
  const office = await openOffice(app)
  const [old, young] = [await office.newLead(), await office.newLead()]
  const sequence = await office.newSequence(before)
  await office.start(sequence, old.id)
  await office.put(`/sequences/${sequence}`, { steps: [{ id: 'ola', type: 'message', text: 'Outro' }] })
  await office.start(sequence, young.id)
  await office.at('2026-03-09T12:00:00Z')
  assert.deepEqual([await office.sentTo(old.id), await office.sentTo(young.id)], [['Oi', 'Fim'], ['Outro']])
  assert.deepEqual([(await office.runOf(old.id)).version, (await office.runOf(young.id)).version], [1, 2])
})

test('moved, it goes on at its step, or the next that is still there, and does nothing twice', async () => {
  const office = await openOffice(app)
  const { id } = await office.newLead()
  const sequence = await office.newSequence(before)
  await office.start(sequence, id)
  assert.equal((await office.runOf(id)).waiting_for, 'reply')
  const [ola, , fim] = before
  const steps = [
    { ...fim, text: 'Novo fim' },
    { ...ola, delay: { hours: 1 } },
    { id: 'mais', type: 'message', text: 'Mais' },
  ]
  await office.put(`/sequences/${sequence}`, { steps, apply_to_runs: 'move' })
  const moved = await office.runOf(id)
  assert.deepEqual([moved.version, moved.step_id, moved.waiting_for], [2, 'fim', null])
  assert.equal(String(moved.next_at), '2026-03-04T12:00:00.000Z')
  await office.at('2026-03-09T12:00:00Z')
  await office.at('2026-03-09T13:00:00Z')
  assert.deepEqual(await office.sentTo(id), ['Oi', 'Novo fim', 'Mais'])
})

test('tens of thousands move together, and are counted as before', async () => {
  const office = await openOffice(app)
  const sequence = await office.newSequence(before)
  await app.database.pool.query(
    `insert into sequence_runs (account_id, sequence_id, version, lead_id, step_id, due_at, started_by, started_at)
     select $1, $2, 1, n, 'espera', '2099-01-01', '{}', now() from generate_series(1, 25000) n`,
    [office.account.id, sequence],
  )
  const steps = [...before, { id: 'mais', type: 'add_tag', tag: 'mais' }]
  const { status, body } = await office.put(`/sequences/${sequence}`, { steps, apply_to_runs: 'move' })
  assert.deepEqual([status, body.sequence?.runs.active], [200, 25_000])
  const { rows } = await app.database.pool.query(
    'select version, count(*)::int as runs from sequence_runs where account_id = $1 and sequence_id = $2 group by 1',
    [office.account.id, sequence],
  )
  assert.deepEqual(rows, [{ version: 2, runs: 25_000 }])
})

test('one of which nothing is left finishes what it began', async () => {
  const office = await openOffice(app)
  const { id } = await office.newLead()
  const sequence = await office.newSequence(before)
  await office.start(sequence, id)
  const steps = [{ id: 'novo', type: 'message', text: 'Novo' }]
  await office.put(`/sequences/${sequence}`, { steps, apply_to_runs: 'move' })
  await office.at('2026-03-09T12:00:00Z')
  assert.deepEqual(await office.sentTo(id), ['Oi', 'Fim'])
})

test('leads are enrolled by filter, in the background, each once, with progress', async () => {
  const office = await openOffice(app)
  const wanted = Array.from({ length: 600 }, (_, n) => ({
    name: `Lead ${n}`,
    tags: n % 2 ? ['vip'] : ['b2b'],
  }))
  for (let n = 0; n < 6; n++) {
    await office.post('/leads/batch', { mode: 'create', leads: wanted.slice(n * 100, n * 100 + 100) })
  }
  const sequence = await office.newSequence([{ type: 'add_tag', delay: { days: 1 }, tag: 'x' }])
  const [first] = (await office.get('/leads?tags[]=vip')).body.data
  await office.start(sequence, first.id)
  const { status, body } = await office.post(`/sequences/${sequence}/enroll`, { filters: { tags: ['vip'] } })
  assert.deepEqual([status, body.enrollment.total, body.enrollment.status], [201, 300, 'running'])
  await office.settle()
  const { enrollment } = (await office.get(`/sequences/${sequence}/enrollments/${body.enrollment.id}`)).body
  assert.deepEqual([enrollment.status, enrollment.seen, enrollment.started], ['done', 300, 299])
  assert.equal((await office.get(`/sequences/${sequence}`)).body.sequence.runs.active, 300)
  assert.equal((await office.get(`/sequences/${sequence}/runs?status=active`)).body.meta.total, 300)
  const refused = await office.post(`/sequences/${sequence}/enroll`, { filters: { custom_fields: { x: 1 } } })
  assert.deepEqual(refused.body.errors, { 'custom_fields.x': ['The selected custom fields.x is invalid.'] })
})

test('moved while it waits for the window, what stands in that place now is not left out', async () => {
  const office = await openOffice(app, { provider: 'cloud_api' })
  const { id } = await office.newLead()
  const waiting = { id: 'ola', type: 'message', text: 'Oi', when_window_closed: 'wait' }
  const sequence = await office.newSequence([waiting])
  await office.start(sequence, id)
  assert.deepEqual(await office.story(id), ['ola waiting window_closed'])
  const steps = [
    { id: 'ola', type: 'template', template_id: await office.newTemplate(), variables: ['{{name}}'] },
  ]
  await office.put(`/sequences/${sequence}`, { steps, apply_to_runs: 'move' })
  await office.at('2026-03-09T12:00:00Z')
  assert.deepEqual([await office.story(id), (await office.sentTo(id)).length], [['ola sent'], 1])
})
