import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createKey } from '#accounts/keys/keys.ts'
import { clientOf, startApp } from '../../test/harness.ts'
import { openOffice } from '../../test/sequences/office.ts'

const app = await startApp()
const steps = [
  { id: 'ola', type: 'message', text: 'Oi {{first_name}}' },
  { id: 'espera', type: 'wait_reply', timeout: { days: 2 } },
]

test('a run tells what was sent, and the steps of its own version, whatever the sequence says by now', async () => {
  const office = await openOffice(app)
  const { id } = await office.newLead({ name: 'João Silva' })
  const sequence = await office.newSequence(steps)
  await office.start(sequence, id)
  await office.put(`/sequences/${sequence}`, { steps: [{ id: 'outro', type: 'add_tag', tag: 'x' }] })
  const run = await office.runOf(id)
  assert.deepEqual([run.version, run.version_steps], [1, steps])
  const [sent, waits] = run.steps
  const [talk] = (await office.get(`/leads/${id}/conversations`)).body.data
  assert.deepEqual(sent!.message, {
    id: sent!.message_id,
    conversation_id: talk.id,
    state: 'queued',
    text: 'Oi João',
    failure: null,
  })
  assert.deepEqual([waits!.outcome, waits!.reason, waits!.message], ['waiting', 'reply', null])
})

test('whoever may not read messages is told that one was sent, not what it says', async () => {
  const office = await openOffice(app)
  const { id } = await office.newLead()
  const sequence = await office.newSequence(steps)
  const run = await office.start(sequence, id)
  const { key } = await createKey(office.scope, { name: 'relatório', scopes: ['sequences:read'] })
  const { body } = await clientOf(app.url, key).get(`/sequences/${sequence}/runs/${run}`)
  const [sent] = body.run.steps
  assert.deepEqual([sent.outcome, typeof sent.message_id, sent.message], ['sent', 'number', null])
})

test('a key that may not read leads is not told whose a run is', async () => {
  const office = await openOffice(app)
  const { id } = await office.newLead({ name: 'João Silva' })
  const sequence = await office.newSequence(steps)
  const run = await office.start(sequence, id)
  const addresses = [
    `/sequences/${sequence}/runs`,
    `/sequences/${sequence}/runs/${run}`,
    `/leads/${id}/sequences`,
  ]
  const { key } = await createKey(office.scope, { name: 'n8n', scopes: ['sequences:read'] })
  const blind = clientOf(app.url, key)
  for (const address of addresses) {
    const { status, body } = await blind.get(address)
    assert.equal(status, 200)
    assert.doesNotMatch(JSON.stringify(body), /João Silva|\+55/, address)
    assert.match(JSON.stringify((await office.get(address)).body), /João Silva/, address)
  }
})
