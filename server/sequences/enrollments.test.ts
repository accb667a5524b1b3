import assert from 'node:assert/strict'
import { test } from 'node:test'
import { beginAndEnd } from '#sequences/engine/engine.ts'
import type { Enrollment } from '#sequences/enrollments/schema.ts'
import { startApp } from '../../test/harness.ts'
import { openOffice } from '../../test/sequences/office.ts'

const app = await startApp()
const steps = [{ type: 'add_tag', delay: { days: 1 }, tag: 'x' }]

test('enrollments are listed newest first, with what was asked for and by whom, by page and by cursor', async () => {
  const office = await openOffice(app)
  const sequence = await office.newSequence(steps)
  const other = await office.newSequence(steps)
  for (const tag of ['a', 'b', 'c']) {
    await office.post(`/sequences/${sequence}/enroll`, { filters: { tags: [tag], status: 'open' } })
  }
  await office.post(`/sequences/${other}/enroll`, { filters: {} })
  const list = async (query: string) => (await office.get(`/sequences/${sequence}/enrollments?${query}`)).body
  const tagsOf = (data: Enrollment[]) => data.map(({ filters }) => filters.tags?.[0])
  const first = await list('per_page=2')
  assert.deepEqual([tagsOf(first.data), first.meta.total, first.meta.has_more], [['c', 'b'], 3, true])
  assert.deepEqual(tagsOf((await list('per_page=2&page=2')).data), ['a'])
  const { meta } = await list('per_page=2&cursor=')
  const last = await list(`per_page=2&cursor=${meta.next_cursor}`)
  assert.deepEqual([tagsOf(last.data), last.meta.next_cursor], [['a'], null])
  const [{ filters, actor, status }] = first.data
  assert.deepEqual(
    [filters, actor.type, actor.name, status],
    [{ tags: ['c'], status: 'open' }, 'key', 'test', 'running'],
  )
  assert.equal((await office.get('/sequences/999999/enrollments')).status, 404)
  await office.settle()
  const { data } = await list('')
  assert.deepEqual(new Set(data.map((each: Enrollment) => each.status)), new Set(['done']))
})

test('stopped on its way, nobody else begins; who has begun goes on, and the answer says how many', async () => {
  const office = await openOffice(app)
  for (let n = 0; n < 6; n++) {
    const leads = Array.from({ length: 100 }, (_, i) => ({ name: `Lead ${n} ${i}` }))
    await office.post('/leads/batch', { mode: 'create', leads })
  }
  const sequence = await office.newSequence(steps)
  const { id } = (await office.post(`/sequences/${sequence}/enroll`, { filters: {} })).body.enrollment
  await beginAndEnd({ db: app.database.db, clock: office.now })
  const address = `/sequences/${sequence}/enrollments/${id}`
  const { status, body } = await office.delete(address)
  const { enrollment } = body
  assert.deepEqual([status, enrollment.status, typeof enrollment.finished_at], [200, 'stopped', 'string'])
  assert.ok(enrollment.started > 0 && enrollment.started < 600, String(enrollment.started))
  await office.settle()
  assert.deepEqual((await office.get(address)).body.enrollment, enrollment)
  assert.equal((await office.get(`/sequences/${sequence}`)).body.sequence.runs.active, enrollment.started)
  assert.deepEqual((await office.delete(address)).body.enrollment, enrollment)

  const again = (await office.post(`/sequences/${sequence}/enroll`, { filters: {} })).body.enrollment
  await office.settle()
  const over = (await office.delete(`/sequences/${sequence}/enrollments/${again.id}`)).body.enrollment
  assert.deepEqual([over.status, over.seen, over.started], ['done', 600, 600 - enrollment.started])
})
