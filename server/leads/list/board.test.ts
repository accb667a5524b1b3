import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startApp } from '../../../test/harness.ts'

const app = await startApp()

async function company() {
  const acme = await app.newAccount()
  const [pipeline] = (await acme.get('/pipelines')).body.pipelines
  const board = async (search = '') => {
    const { status, body } = await acme.get(`/pipelines/${pipeline.id}/board${search}`)
    assert.equal(status, 200)
    return body.board.stages.map((stage: { leads: number; value_sum: number }) => [
      stage.leads,
      stage.value_sum,
    ])
  }
  const create = async (body: object) => (await acme.post('/leads', body)).body.lead
  return { ...acme, pipeline, stages: pipeline.stages, board, create }
}

test('each column says how many it holds and what they are worth, to the cent, whatever happens to them', async () => {
  const { stages, board, create, ...acme } = await company()
  const rest = stages.slice(2).map(() => [0, 0])
  const ana = await create({ name: 'Ana', value: 0.1, tags: ['vip'] })
  const bia = await create({ name: 'Bia', value: 0.2 })
  assert.deepEqual(await board(), [[2, 0.3], [0, 0], ...rest])
  await acme.put(`/leads/${ana.id}/stage`, { stage_id: stages[1].id })
  await acme.patch(`/leads/${ana.id}`, { value: 99.99 })
  assert.deepEqual(await board(), [[1, 0.2], [1, 99.99], ...rest])
  await acme.put(`/leads/${bia.id}/archive`)
  assert.deepEqual(await board(), [[0, 0], [1, 99.99], ...rest])
  await acme.patch(`/leads/${bia.id}`, { value: 5 })
  await acme.put(`/leads/${bia.id}/unarchive`)
  assert.deepEqual(await board(), [[1, 5], [1, 99.99], ...rest])
  await acme.delete(`/leads/${ana.id}`)
  assert.deepEqual(await board(), [[1, 5], [0, 0], ...rest])
})

test('the board’s filters narrow its heads and its cards alike', async () => {
  const { stages, board, create, ...acme } = await company()
  await create({ name: 'Ana', value: 10, tags: ['vip'], source: 'site' })
  await create({ name: 'Bia', value: 20, source: 'site', stage_id: stages[1].id })
  const away = await create({ name: 'Ana Velha', value: 40, tags: ['vip'] })
  await acme.put(`/leads/${away.id}/archive`)
  for (const [search, heads] of [
    [
      'tags[]=vip',
      [
        [1, 10],
        [0, 0],
      ],
    ],
    [
      'q=ana',
      [
        [1, 10],
        [0, 0],
      ],
    ],
    [
      'source=site',
      [
        [1, 10],
        [1, 20],
      ],
    ],
    [
      'source=site&q=bia',
      [
        [0, 0],
        [1, 20],
      ],
    ],
    [
      'status=archived',
      [
        [1, 40],
        [0, 0],
      ],
    ],
  ] as const) {
    assert.deepEqual((await board(`?${search}`)).slice(0, 2), heads, search)
    if (search.startsWith('status')) continue
    for (const [n, [count]] of heads.entries()) {
      const cards = await acme.get(`/leads?stage_id=${stages[n].id}&archived=false&cursor=&${search}`)
      assert.equal(cards.body.meta.total, count, search)
      assert.equal(cards.body.data.length, count, search)
    }
  }
  assert.equal((await acme.get(`/leads?stage_id=${stages[0].id}&archived=false`)).body.meta.total, 1)
  assert.equal((await acme.get(`/leads?stage_id=${stages[0].id}`)).body.meta.total, 2)
  assert.equal((await acme.get('/leads?archived=true')).body.meta.total, 1)
})

test('a column pages by cursor in each of its orders, and loses nobody who shares a value', async () => {
  const { stages, create, ...acme } = await company()
  const values = [5, 1, 3, 3, 3, 0.5, 12]
  for (const [n, value] of values.entries()) await create({ name: `Lead ${n}`, value })
  for (const sort of ['value', '-value', 'stage_changed_at', '-stage_changed_at']) {
    for (const filter of ['', '&q=lead', '&archived=false']) {
      const seen: { id: number; value: number; stage_changed_at: string }[] = []
      let cursor: string | null = ''
      while (cursor !== null) {
        const page = await acme.get(
          `/leads?stage_id=${stages[0].id}&per_page=2&sort=${sort}&cursor=${cursor}${filter}`,
        )
        assert.equal(page.status, 200)
        seen.push(...page.body.data)
        cursor = page.body.meta.next_cursor
      }
      const name = sort.replace('-', '') as 'value'
      const sign = sort.startsWith('-') ? -1 : 1
      const keyOf = (lead: (typeof seen)[0]) =>
        name === 'value' ? lead.value : new Date(lead.stage_changed_at).getTime()
      assert.deepEqual(
        seen.map(({ id }) => id),
        seen.toSorted((a, b) => sign * (keyOf(a) - keyOf(b) || a.id - b.id)).map(({ id }) => id),
        sort,
      )
      assert.equal(seen.length, values.length, sort)
    }
  }
})

test('a card shows the soonest pending task, and none when all is done', async () => {
  const { create, ...acme } = await company()
  const [ana, bia] = [await create({ name: 'Ana' }), await create({ name: 'Bia' })]
  const task = async (due_date: string, due_time?: string) =>
    (await acme.post('/tasks', { subject: due_date, type: 'call', due_date, due_time, lead_id: ana.id })).body
      .task
  await task('2026-07-09')
  await task('2026-07-02', '15:00')
  const soonest = await task('2026-07-02', '09:00')
  const next = async () => {
    const { data } = (await acme.get('/leads?include=next_task&sort=created_at')).body
    return data.map(({ id, next_task }: { id: number; next_task: { id: number } | null }) => [
      id,
      next_task?.id ?? null,
    ])
  }
  assert.deepEqual(await next(), [
    [ana.id, soonest.id],
    [bia.id, null],
  ])
  await acme.put(`/tasks/${soonest.id}/complete`)
  assert.notEqual((await next())[0][1], soonest.id)
})
