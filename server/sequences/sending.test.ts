import assert from 'node:assert/strict'
import { test } from 'node:test'
import { optOut } from '#whatsapp/inbox/opt-outs.ts'
import { startApp } from '../../test/harness.ts'
import { openOffice } from '../../test/sequences/office.ts'

const app = await startApp()

test('messages keep to the hours of the account’s time zone', async () => {
  const office = await openOffice(app, { from: '2026-03-06T22:30:00Z' })
  const sending_hours = { days: ['mon', 'tue', 'wed', 'thu', 'fri'] as never[], from: '08:00', to: '20:00' }
  const steps = [
    { type: 'message', text: 'Sexta' },
    { type: 'add_tag', tag: 'visto', delay: { hours: 1 } },
    { type: 'message', text: 'Segunda', delay: { hours: 1 } },
  ]
  const { id } = await office.newLead()
  await office.start(await office.newSequence(steps, { sending_hours }), id)
  await office.at('2026-03-08T12:00:00Z')
  assert.deepEqual([await office.sentTo(id), await office.tagsOf(id)], [['Sexta'], ['visto']])
  assert.equal(String((await office.runOf(id)).next_at), '2026-03-09T11:00:00.000Z')
  await office.at('2026-03-09T10:59:59Z')
  assert.equal((await office.sentTo(id)).length, 1)
  await office.at('2026-03-09T11:00:00Z')
  assert.deepEqual(await office.sentTo(id), ['Sexta', 'Segunda'])
})

test('with a closed window a message is a template, waits, or is left out, as its step says; never silently', async () => {
  const office = await openOffice(app, { provider: 'cloud_api' })
  const template_id = await office.newTemplate()
  const text = 'Oi {{first_name}}'
  const fallback = { template_id, variables: ['{{first_name}}'] }
  const [templated, waiting, forever, skipping] = await Promise.all([1, 2, 3, 4].map(() => office.newLead()))
  const step = (when_window_closed: 'template' | 'wait' | 'skip') => [
    { type: 'message', text, when_window_closed, ...(when_window_closed === 'template' ? { fallback } : {}) },
  ]
  const wait = await office.newSequence(step('wait'))
  await office.start(await office.newSequence(step('template')), templated!.id)
  await office.start(await office.newSequence(step('skip')), skipping!.id)
  for (const lead of [waiting!, forever!]) await office.start(wait, lead.id)
  assert.deepEqual(await office.sentTo(templated!.id), ['Olá Ana'])
  assert.deepEqual((await office.runOf(templated!.id)).steps[0]!.detail, {
    because: 'window_closed',
    instead_of: 'message',
  })
  assert.deepEqual(await office.story(skipping!.id), ['step_1 skipped window_closed'])
  assert.deepEqual(await office.story(waiting!.id), ['step_1 waiting window_closed'])
  await office.at('2026-03-05T12:00:00Z')
  await office.openWindow(waiting!.id, '2100-01-01')
  await office.replies(waiting!.id)
  assert.deepEqual(
    [await office.sentTo(waiting!.id), await office.story(waiting!.id)],
    [['Oi Ana'], ['step_1 sent']],
  )
  await office.at('2026-03-09T12:00:00Z')
  assert.deepEqual(await office.story(forever!.id), ['step_1 skipped window_closed'])
  assert.deepEqual(await office.sentTo(forever!.id), [])
})

test('a number that is away is waited for, at most three days; a lead without a phone is passed by', async () => {
  const office = await openOffice(app)
  const steps = [
    { type: 'message', text: 'Oi' },
    { type: 'add_tag', tag: 'fim' },
  ]
  const sequence = await office.newSequence(steps)
  const [one, two] = [await office.newLead(), await office.newLead({ phone: null })]
  await office.connect('disconnected')
  await office.start(sequence, one.id)
  assert.deepEqual(await office.story(one.id), ['step_1 waiting instance_disconnected'])
  await office.connect('connected')
  await office.at('2026-03-02T13:00:00Z')
  assert.deepEqual(
    [await office.sentTo(one.id), await office.story(one.id)],
    [['Oi'], ['step_1 sent', 'step_2 done']],
  )
  await office.start(sequence, two.id)
  assert.deepEqual(await office.story(two.id), ['step_1 skipped no_phone', 'step_2 done'])
  const three = await office.newLead()
  await office.connect('disconnected')
  await office.start(sequence, three.id)
  await office.at('2026-03-05T12:59:59Z')
  assert.deepEqual(await office.tagsOf(three.id), [])
  await office.at('2026-03-05T13:00:00Z')
  assert.deepEqual(await office.story(three.id), ['step_1 skipped instance_disconnected', 'step_2 done'])
})

test('whoever opted out is left in peace, also where it is found out at the message', async () => {
  const office = await openOffice(app)
  const { id } = await office.newLead()
  const out = () => optOut(office.scope, { leadId: id, identities: [] }, { reach: 'all', source: 'word' })
  const sequence = await office.newSequence([
    { type: 'message', delay: { days: 1 }, text: 'Oi' },
    { type: 'add_tag', tag: 'fim' },
  ])
  await office.start(sequence, id)
  await out()
  await office.settle()
  assert.equal((await office.runOf(id)).status, 'opted_out')
  await office.start(sequence, id)
  await office.at('2026-03-09T12:00:00Z')
  assert.deepEqual(
    [(await office.runOf(id)).status, await office.story(id)],
    ['opted_out', ['step_1 skipped opted_out']],
  )
  assert.deepEqual([await office.sentTo(id), await office.tagsOf(id)], [[], []])
})
