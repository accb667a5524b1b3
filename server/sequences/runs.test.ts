import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Lead } from '#leads/schema.ts'
import type { Run } from '#sequences/schema.ts'
import { startApp } from '../../test/harness.ts'
import { openOffice } from '../../test/sequences/office.ts'

const app = await startApp()

test('a lead gets what the steps say, each in its time, filled in, once', async () => {
  const office = await openOffice(app)
  const lead = await office.newLead({ name: 'João Silva', company: null })
  const sequence = await office.newSequence([
    { type: 'message', text: 'Oi {{first_name}}, da {{company|sua empresa}}?' },
    { type: 'add_tag', delay: { hours: 1 }, tag: 'contatado' },
    { type: 'message', delay: { days: 2 }, text: 'Ainda por aí, {{name}}?' },
    { type: 'create_task', task: { subject: 'Ligar para {{name}}', type: 'call', due_in_days: 1 } },
  ])
  await office.start(sequence, lead.id)
  assert.deepEqual(await office.sentTo(lead.id), ['Oi João, da sua empresa?'])
  await office.at('2026-03-02T12:59:59Z')
  assert.deepEqual((await office.get(`/leads/${lead.id}`)).body.lead.tags, [])
  await office.at('2026-03-02T13:00:00Z')
  assert.deepEqual((await office.get(`/leads/${lead.id}`)).body.lead.tags, ['contatado'])
  await office.at('2026-03-04T12:59:59Z')
  assert.equal((await office.sentTo(lead.id)).length, 1)
  await office.at('2026-03-04T13:00:00Z')
  assert.deepEqual((await office.sentTo(lead.id))[1], 'Ainda por aí, João Silva?')
  const run = await office.runOf(lead.id)
  assert.deepEqual(await office.story(lead.id), ['step_1 sent', 'step_2 done', 'step_3 sent', 'step_4 done'])
  assert.deepEqual([run.status, run.next_at, run.step_id], ['done', null, null])
  const [task] = (await office.get(`/tasks?lead_id=${lead.id}`)).body.data
  assert.deepEqual([task.subject, task.due_date], ['Ligar para João Silva', '2026-03-05'])
  await office.at('2026-06-02T13:00:00Z')
  assert.equal((await office.sentTo(lead.id)).length, 2)
  const { runs } = (await office.get(`/sequences/${sequence}`)).body.sequence
  assert.deepEqual([runs.active, runs.finished.done, runs.replied], [0, 1, 0])
})

test('started twice it is one run; stopped, it ends, and can begin anew', async () => {
  const office = await openOffice(app)
  const { id } = await office.newLead()
  const sequence_id = await office.newSequence([{ type: 'message', delay: { days: 1 }, text: 'Oi' }])
  const start = () => office.post(`/leads/${id}/sequences`, { sequence_id })
  const [first, second] = [await start(), await start()]
  assert.deepEqual([first.status, second.status], [201, 200])
  assert.equal(second.body.run.id, first.body.run.id)
  const both = await Promise.all([start(), start(), start()])
  assert.deepEqual(new Set(both.map(({ body }) => body.run.id)), new Set([first.body.run.id]))
  const stopped = await office.delete(`/leads/${id}/sequences/${sequence_id}`)
  assert.deepEqual([stopped.status, stopped.body.run.status], [200, 'stopped'])
  assert.equal((await office.delete(`/leads/${id}/sequences/${sequence_id}`)).status, 404)
  const again = await start()
  assert.equal(again.status, 201)
  assert.notEqual(again.body.run.id, first.body.run.id)
  const types = (await office.get(`/leads/${id}/events`)).body.data.map(({ type }: { type: string }) => type)
  assert.deepEqual(types.slice(0, 3), ['sequence.started', 'sequence.finished', 'sequence.started'])
  const shown = (await office.get(`/leads/${id}?include=sequences`)).body.lead.sequences
  assert.deepEqual(
    shown.map(({ status }: { status: string }) => status),
    ['active', 'stopped'],
  )
})

test('a reply ends the run, unless it is waited for; then it chooses the branch', async () => {
  const office = await openOffice(app)
  const [ends, waits, silent] = [await office.newLead(), await office.newLead(), await office.newLead()]
  const plain = await office.newSequence([
    { type: 'message', text: 'Oi' },
    { type: 'message', delay: { days: 1 }, text: 'Oi?' },
  ])
  const waiting = await office.newSequence([
    { type: 'message', text: 'Posso ligar?' },
    { type: 'wait_reply', timeout: { days: 1 }, on_reply: 'obrigado', on_timeout: 'next' },
    { id: 'insiste', type: 'message', text: 'Você viu?' },
    { id: 'obrigado', type: 'message', text: 'Obrigado!' },
  ])
  await office.start(plain, ends.id)
  await office.start(waiting, waits.id)
  await office.start(waiting, silent.id)
  await office.at('2026-03-02T15:00:00Z')
  await office.replies(ends.id)
  await office.replies(waits.id)
  await office.at('2026-03-09T12:00:00Z')
  assert.deepEqual([(await office.runOf(ends.id)).status, await office.sentTo(ends.id)], ['replied', ['Oi']])
  assert.deepEqual(await office.sentTo(waits.id), ['Posso ligar?', 'Obrigado!'])
  assert.deepEqual(await office.story(waits.id), ['step_1 sent', 'step_2 replied', 'obrigado sent'])
  assert.deepEqual(await office.sentTo(silent.id), ['Posso ligar?', 'Você viu?', 'Obrigado!'])
  const { runs } = (await office.get(`/sequences/${waiting}`)).body.sequence
  assert.deepEqual([runs.finished.done, runs.replied, runs.reply_rate], [2, 1, 0.5])
})

test('a step that breaks is tried again, later and later; the run fails at last, and says so', async () => {
  const office = await openOffice(app)
  const { id } = await office.newLead()
  const sequence = await office.newSequence([{ type: 'message', delay: { hours: 1 }, text: 'Oi' }])
  await office.start(sequence, id)
  let tries = 0
  const broken = async () => {
    tries++
    throw new TypeError('Nobody expected this.')
  }
  for (let hour = 1; hour < 6; hour++) {
    for (let minute = 0; minute < 60; minute += 15) {
      office.turn(new Date(Date.parse('2026-03-02T12:00:00Z') + (hour * 60 + minute) * 60_000).toISOString())
      await office.settle(broken, () => {})
    }
  }
  const run = await office.runOf(id)
  assert.deepEqual([run.status, await office.story(id), tries], ['failed', ['step_1 failed error'], 8])
})

test('wherever a run is shown it tells whose it is: after a merge the survivor’s, after a deletion nobody’s', async () => {
  const office = await openOffice(app)
  const [ana, bia] = [
    await office.newLead({ email: 'ana@example.com' }),
    await office.newLead({ name: 'Bia' }),
  ]
  const sequence = await office.newSequence([{ type: 'message', delay: { days: 1 }, text: 'Oi' }])
  await office.start(sequence, ana.id)
  const shown = async (leadId: number) => {
    const [run] = (await office.get(`/leads/${leadId}/sequences`)).body.data
    const list = (await office.get(`/sequences/${sequence}/runs`)).body.data
    const one = (await office.get(`/sequences/${sequence}/runs/${run.id}`)).body.run
    const included = (await office.get(`/leads?include=sequences`)).body.data
    const beside = included.find(({ id }: Lead) => id === leadId).sequences
    return [run, list[0], one, beside[0]].map(({ lead }: Run) => lead)
  }
  const { id, name, phone, email } = ana
  assert.deepEqual(await shown(ana.id), Array(4).fill({ id, name, phone, email }))
  await office.post(`/leads/${bia.id}/merge`, { duplicate_id: ana.id })
  assert.deepEqual(
    (await shown(bia.id)).map((lead) => lead?.name),
    Array(4).fill('Bia'),
  )
  await office.delete(`/leads/${bia.id}`)
  await office.settle()
  const [run] = (await office.get(`/sequences/${sequence}/runs`)).body.data
  assert.deepEqual([run.status, run.lead_id, run.lead], ['deleted', bia.id, null])
})
