import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startApp } from '../../test/harness.ts'
import { newPerson } from '../../test/people.ts'

const app = await startApp()
const acme = await app.newAccount()
const [ana, bia, chefe] = [
  await newPerson(app.url, acme.scope, 'viewer'),
  await newPerson(app.url, acme.scope, 'manager'),
  await newPerson(app.url, acme.scope, 'admin'),
]
const names = async (who: typeof ana, search = '') =>
  (await who.get(`/views${search}`)).body.data.map(({ name }: { name: string }) => name)

test('a view is one’s own until it is shared; then all see it, and its owner or an admin changes it', async () => {
  const filters = { assigned_to: ana.id, tags: ['vip'], q: 'joão' }
  const made = await ana.post('/views', {
    name: 'Quentes',
    of: 'leads',
    filters,
    sort: '-value',
    columns: ['name'],
  })
  assert.equal(made.status, 201)
  const { id, filters: kept } = made.body.view
  assert.deepEqual(kept, filters)
  assert.deepEqual(await names(bia), [])
  assert.equal((await bia.put(`/views/${id}`, { name: 'Minha' })).status, 404)
  assert.equal((await chefe.put(`/views/${id}`, { name: 'Minha' })).status, 404)
  await ana.put(`/views/${id}`, { is_shared: true })
  assert.deepEqual(await names(bia), ['Quentes'])
  assert.equal((await bia.put(`/views/${id}`, { name: 'Minha' })).status, 403)
  assert.equal((await bia.delete(`/views/${id}`)).status, 403)
  assert.equal((await chefe.put(`/views/${id}`, { name: 'Da equipe' })).status, 200)
  assert.deepEqual([await names(ana, '?of=leads'), await names(ana, '?of=tasks')], [['Da equipe'], []])
  assert.equal((await ana.delete(`/views/${id}`)).status, 200)
  assert.deepEqual(await names(ana), [])
})

test('what the list would refuse is not kept', async () => {
  const refused = async (body: object) => {
    const answer = await ana.post('/views', { name: 'X', of: 'leads', ...body })
    assert.equal(answer.status, 422, JSON.stringify(answer.body))
    return Object.keys(answer.body.errors)
  }
  assert.deepEqual(await refused({ filters: { stage_id: 'abc' } }), ['filters.stage_id'])
  assert.deepEqual(await refused({ filters: { nonsense: 1 } }), ['filters.nonsense'])
  assert.deepEqual(await refused({ filters: { cursor: '' } }), ['filters.cursor'])
  assert.deepEqual(await refused({ sort: 'shoe_size' }), ['sort'])
  assert.deepEqual(await refused({ of: 'shoes' }), ['of'])
  const { view } = (await ana.post('/views', { name: 'Só o nome', of: 'tasks' })).body
  assert.deepEqual([view.filters, view.columns, view.sort, view.is_shared], [{}, [], null, false])
  assert.equal((await ana.put(`/views/${view.id}`, { sort: 'shoe_size', name: null })).status, 422)
})
