import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createKey } from '#accounts/keys/keys.ts'
import { clientOf, startApp } from '../../test/harness.ts'

const app = await startApp()
const acme = await app.newAccount()
const newLead = async () => (await acme.post('/leads', { name: 'Ana' })).body.lead.id as number
const tagOf = async (path: string) => (await acme.get(path)).headers.get('etag')!

test('one record carries a strong tag, a variant of it a weak one, a list none', async () => {
  const id = await newLead()
  assert.match(await tagOf(`/leads/${id}`), /^"[\w-]+"$/)
  assert.match(await tagOf(`/leads/${id}?include=owner`), /^W\/"[\w-]+"$/)
  assert.equal(await tagOf('/leads'), null)
})

test('what the client already has is not sent again', async () => {
  const id = await newLead()
  const tag = await tagOf(`/leads/${id}`)
  for (const known of [tag, `W/${tag}`, `"other", ${tag}`, '*']) {
    const answer = await acme.get(`/leads/${id}`, { 'if-none-match': known })
    assert.deepEqual([answer.status, answer.body, answer.headers.get('etag')], [304, '', tag], known)
    assert.ok(answer.headers.get('x-ratelimit-remaining'))
  }
  for (const unknown of ['"other"', tag.slice(1, -1), 'nonsense', '']) {
    assert.equal((await acme.get(`/leads/${id}`, { 'if-none-match': unknown })).status, 200, unknown)
  }
  const weak = await tagOf(`/leads/${id}?include=owner`)
  assert.equal((await acme.get(`/leads/${id}?include=owner`, { 'if-none-match': weak })).status, 304)
  await acme.put(`/leads/${id}`, { company: 'X' })
  assert.equal((await acme.get(`/leads/${id}`, { 'if-none-match': tag })).status, 200)
})

test('only who may read learns that nothing changed', async () => {
  const id = await newLead()
  const { key } = await createKey(acme.scope, { name: 'tasks', scopes: ['tasks:read'] })
  const header = { 'if-none-match': '*' }
  assert.equal((await clientOf(app.url, key).get(`/leads/${id}`, header)).status, 403)
  assert.equal((await acme.get('/leads/999999999', header)).status, 404)
})

test('a write with If-Match changes only what its sender has seen', async () => {
  const id = await newLead()
  const tag = await tagOf(`/leads/${id}`)
  assert.equal((await acme.put(`/leads/${id}`, { company: 'X' }, { 'if-match': tag })).status, 200)
  const calls = [
    () => acme.put(`/leads/${id}`, { company: 'Y' }, { 'if-match': tag }),
    () => acme.patch(`/leads/${id}`, { company: 'Y' }, { 'if-match': `"other", W/${tag}` }),
    () => acme.post(`/leads/${id}/tags`, { tags: ['a'] }, { 'if-match': 'nonsense' }),
    () => acme.put(`/leads/${id}/won`, {}, { 'if-match': '' }),
    () => acme.delete(`/leads/${id}`, undefined, { 'if-match': tag }),
  ]
  for (const call of calls) {
    const { status, body } = await call()
    assert.deepEqual([status, body.success], [412, false])
    assert.match(body.message, /If-Match/)
  }
  const { lead } = (await acme.get(`/leads/${id}`)).body
  assert.deepEqual([lead.company, lead.tags, lead.status], ['X', [], 'open'])
  assert.equal((await acme.post(`/leads/${id}/tags`, { tags: ['a'] }, { 'if-match': '*' })).status, 200)
  const now = await tagOf(`/leads/${id}`)
  assert.equal((await acme.delete(`/leads/${id}`, undefined, { 'if-match': `"old", ${now}` })).status, 200)
  assert.equal((await acme.put(`/leads/${id}`, { company: 'Y' }, { 'if-match': '*' })).status, 404)
})

test('a weak tag is no ground to write on', async () => {
  const id = await newLead()
  const weak = await tagOf(`/leads/${id}?include=owner`)
  assert.equal((await acme.put(`/leads/${id}`, { company: 'X' }, { 'if-match': weak })).status, 412)
})

test('of twenty writers who saw the same lead, one writes', async () => {
  const id = await newLead()
  const tag = await tagOf(`/leads/${id}`)
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, n) => acme.put(`/leads/${id}`, { company: `${n}` }, { 'if-match': tag })),
  )
  assert.equal(answers.filter(({ status }) => status === 200).length, 1)
  assert.equal(answers.filter(({ status }) => status === 412).length, 19)
})

test('tasks too: what is one record has a tag', async () => {
  const { body } = await acme.post('/tasks', { subject: 'Ligar', type: 'call', due_date: '2030-01-01' })
  const tag = await tagOf(`/tasks/${body.task.id}`)
  const first = await acme.put(`/tasks/${body.task.id}`, { subject: 'Ligar já' }, { 'if-match': tag })
  const second = await acme.put(`/tasks/${body.task.id}`, { subject: 'Nunca' }, { 'if-match': tag })
  assert.deepEqual([first.status, second.status], [200, 412])
})

test('a replay is the answer that was given, whatever the record is like by now', async () => {
  const id = await newLead()
  const headers = { 'if-match': await tagOf(`/leads/${id}`), 'idempotency-key': 'seen' }
  const first = await acme.put(`/leads/${id}`, { company: 'X' }, headers)
  const again = await acme.put(`/leads/${id}`, { company: 'X' }, headers)
  assert.deepEqual([again.status, again.body], [first.status, first.body])
})
