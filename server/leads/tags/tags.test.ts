import assert from 'node:assert/strict'
import { test } from 'node:test'
import { foldTagChanges } from '#leads/tags/tags.ts'
import { startApp } from '../../../test/harness.ts'

const app = await startApp()

async function company() {
  const acme = await app.newAccount()
  const counted = async (search = '') =>
    (await acme.get(`/tags${search}`)).body.data.map(({ tag, leads }: { tag: string; leads: number }) => [
      tag,
      leads,
    ])
  const create = async (tags: string[]) => (await acme.post('/leads', { name: 'Ana', tags })).body.lead.id
  return { ...acme, counted, create }
}

test('tags are counted as they come and go, before and after they are folded, whatever happens at once', async () => {
  const { counted, create, ...acme } = await company()
  const ids = await Promise.all(
    Array.from({ length: 12 }, (_, n) => create(n % 2 ? ['vip'] : ['vip', 'b2b'])),
  )
  assert.deepEqual(await counted(), [
    ['vip', 12],
    ['b2b', 6],
  ])
  await Promise.all([
    ...ids.slice(0, 4).map((id) => acme.delete(`/leads/${id}/tags`, { tags: ['vip'] })),
    ...ids.slice(4, 8).map((id) => acme.delete(`/leads/${id}`)),
    ...ids.slice(8).map((id) => acme.post(`/leads/${id}/tags`, { tags: ['novo'] })),
    foldTagChanges(app.database),
    foldTagChanges(app.database),
  ])
  const expected = [
    ['b2b', 4],
    ['novo', 4],
    ['vip', 4],
  ]
  assert.deepEqual(await counted(), expected)
  await foldTagChanges(app.database)
  assert.deepEqual(await counted(), expected)
  assert.deepEqual(await counted('?q=VI'), [['vip', 4]])
})

test('a tag is renamed and taken away everywhere, and each lead says so', async () => {
  const { counted, create, ...acme } = await company()
  const [one, both] = [await create(['vip', 'x']), await create(['vip', 'VIP'])]
  const renamed = await acme.put('/tags', { tag: 'vip', name: 'VIP' })
  assert.deepEqual([renamed.status, renamed.body.leads], [200, 2])
  assert.deepEqual((await acme.get(`/leads/${one}`)).body.lead.tags, ['VIP', 'x'])
  assert.deepEqual((await acme.get(`/leads/${both}`)).body.lead.tags, ['VIP'])
  assert.deepEqual(await counted(), [
    ['VIP', 2],
    ['x', 1],
  ])
  const [told] = (await acme.get(`/leads/${one}/events`)).body.data
  assert.deepEqual([told.type, told.data.added, told.data.removed], ['lead.tagged', ['VIP'], ['vip']])
  assert.equal((await acme.delete('/tags', { tag: 'VIP' })).body.leads, 2)
  assert.deepEqual(await counted(), [['x', 1]])
  assert.equal((await acme.delete('/tags', { tag: 'VIP' })).body.leads, 0)
})
