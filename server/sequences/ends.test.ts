import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startApp } from '../../test/harness.ts'
import { openOffice } from '../../test/sequences/office.ts'

const app = await startApp()
const slow = [
  { type: 'message', text: 'Oi' },
  { type: 'message', delay: { days: 3 }, text: 'Oi?' },
]

test('winning, losing, archiving, deleting, opting out and, if so set, moving end a run', async () => {
  const office = await openOffice(app)
  const { stages } = (await office.get('/pipelines')).body.pipelines[0]
  const patient = await office.newSequence(slow)
  const strict = await office.newSequence(slow, { stop_on_stage_change: true })
  const ends: [string, number, (id: number) => Promise<unknown>][] = [
    ['won', patient, (id) => office.put(`/leads/${id}/won`)],
    ['lost', patient, (id) => office.put(`/leads/${id}/lost`)],
    ['archived', patient, (id) => office.put(`/leads/${id}/archive`)],
    ['deleted', patient, (id) => office.delete(`/leads/${id}`)],
    ['active', patient, (id) => office.put(`/leads/${id}/stage`, { stage_id: stages[1].id })],
    ['stage_changed', strict, (id) => office.put(`/leads/${id}/stage`, { stage_id: stages[1].id })],
  ]
  for (const [how, sequence, happens] of ends) {
    const { id } = await office.newLead()
    const run = await office.start(sequence, id)
    await happens(id)
    await office.settle()
    const { status, steps } = (await office.get(`/sequences/${sequence}/runs/${run}`)).body.run
    assert.deepEqual([status, steps.length], [how, 1])
  }
  const finished = (await office.get(`/sequences/${patient}/runs?status=finished`)).body
  assert.equal(finished.meta.total, 4)
  assert.equal((await office.get(`/sequences/${patient}/runs?status=won`)).body.data.length, 1)
  const { runs } = (await office.get(`/sequences/${patient}`)).body.sequence
  assert.deepEqual([runs.active, runs.finished.won, runs.finished.deleted], [1, 1, 1])
})

test('what a run had written when it ended is not sent any more; what one had that is done, is', async () => {
  const office = await openOffice(app)
  const states = async (leadId: number) => {
    const { rows } = await app.database.pool.query<{ state: string; failure: { reason: string } | null }>(
      `-- test
       select m.state, m.failure from messages m
       join conversations c on c.account_id = m.account_id and c.id = m.conversation_id
       where m.account_id = $1 and c.lead_id = $2`,
      [office.account.id, leadId],
    )
    return rows.map(({ state, failure }) => [state, failure?.reason ?? null])
  }
  const [won, done, beginning] = [await office.newLead(), await office.newLead(), await office.newLead()]
  const long = await office.newSequence(slow)
  for (const { id } of [won, beginning]) await office.start(long, id)
  await office.start(await office.newSequence(slow.slice(0, 1)), done.id)
  await app.database.pool.query(
    `-- test
     update messages set sending_since = now() where account_id = $1 and conversation_id in (
       select id from conversations where account_id = $1 and lead_id = $2)`,
    [office.account.id, beginning.id],
  )
  for (const { id } of [won, beginning]) await office.put(`/leads/${id}/won`)
  await office.settle()
  assert.deepEqual(await states(won.id), [['failed', 'sequence_ended']])
  assert.deepEqual(await states(beginning.id), [['queued', null]])
  assert.deepEqual(
    [(await office.runOf(done.id)).status, await states(done.id)],
    ['done', [['queued', null]]],
  )
})

test('what a run does itself does not end it, and what the stage forbids is left out and said', async () => {
  const office = await openOffice(app)
  const { stages } = (await office.get('/pipelines')).body.pipelines[0]
  const move = (n: number) => ({ type: 'move_stage', stage_id: stages[n].id as number })
  const task = { subject: 'Ligar', type: 'call', priority: 'low', due_in_days: 1 }
  await office.post(`/stages/${stages[1].id}/required-tasks`, task)
  const sequence = await office.newSequence([move(1), move(2), { type: 'add_tag', tag: 'fim' }], {
    stop_on_stage_change: true,
  })
  const { id } = await office.newLead()
  await office.start(sequence, id)
  assert.deepEqual(await office.story(id), ['step_1 done', 'step_2 skipped blocked', 'step_3 done'])
  const run = await office.runOf(id)
  const pending = run.steps[1]!.detail!.pending_tasks as { subject: string }[]
  assert.deepEqual([run.status, pending[0]!.subject], ['done', 'Ligar'])
  assert.equal((await office.get(`/leads/${id}`)).body.lead.stage_id, stages[1].id)
})

test('a reply that comes before the step is taken wins against it', async () => {
  const office = await openOffice(app)
  const { id } = await office.newLead()
  await office.start(await office.newSequence(slow), id)
  const late = '2026-03-05T12:00:00Z'
  // Both are there when the engine wakes: the reply, and a step that is long due.
  office.turn(late)
  await office.replies(id)
  assert.deepEqual([(await office.runOf(id)).status, await office.sentTo(id)], ['replied', ['Oi']])
})

test('paused it stands still, and goes on where it was', async () => {
  const office = await openOffice(app)
  const [silent, talking] = [await office.newLead(), await office.newLead()]
  const sequence = await office.newSequence(slow)
  for (const { id } of [silent, talking]) await office.start(sequence, id)
  await office.at('2026-03-04T12:00:00Z')
  await office.pause(sequence)
  await office.at('2026-03-20T12:00:00Z')
  await office.replies(talking.id)
  assert.equal((await office.runOf(talking.id)).status, 'replied')
  assert.deepEqual([(await office.runOf(silent.id)).next_at, await office.sentTo(silent.id)], [null, ['Oi']])
  await office.resume(sequence)
  assert.equal(String((await office.runOf(silent.id)).next_at), '2026-03-21T12:00:00.000Z')
  await office.at('2026-03-21T11:59:59Z')
  assert.deepEqual(await office.sentTo(silent.id), ['Oi'])
  await office.at('2026-03-21T12:00:00Z')
  assert.deepEqual(await office.sentTo(silent.id), ['Oi', 'Oi?'])
})

test('a merge carries the run to the survivor; of two the survivor’s goes on', async () => {
  const office = await openOffice(app)
  const [one, two, three] = [await office.newLead(), await office.newLead(), await office.newLead()]
  const sequence = await office.newSequence(slow)
  await office.start(sequence, two.id)
  await office.start(sequence, three.id)
  assert.equal((await office.post(`/leads/${one.id}/merge`, { duplicate_id: two.id })).status, 200)
  await office.settle()
  assert.equal((await office.runOf(one.id)).status, 'active')
  await office.post(`/leads/${one.id}/merge`, { duplicate_id: three.id })
  await office.settle()
  const { data } = (await office.get(`/leads/${one.id}/sequences`)).body
  assert.deepEqual(data.map(({ status }: { status: string }) => status).toSorted(), ['active', 'merged'])
  await office.at('2026-03-09T12:00:00Z')
  assert.equal((await office.sentTo(one.id)).filter((text) => text === 'Oi?').length, 1)
})

test('a deleted sequence stops its runs, and their history stays', async () => {
  const office = await openOffice(app)
  const { id } = await office.newLead()
  const sequence = await office.newSequence(slow)
  await office.start(sequence, id)
  await office.delete(`/sequences/${sequence}`)
  await office.settle()
  const [run] = (await office.get(`/leads/${id}/sequences`)).body.data
  assert.deepEqual([run.status, run.sequence.name], ['stopped', 'Boas-vindas'])
})
