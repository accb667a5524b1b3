import assert from 'node:assert/strict'
import { test } from 'node:test'
import { changeAccount } from '#accounts/accounts.ts'
import { startApp } from '../../../test/harness.ts'

const app = await startApp()
type Account = Awaited<ReturnType<typeof app.newAccount>>
const times = <T>(count: number, work: (n: number) => Promise<T>) =>
  Promise.all(Array.from({ length: count }, (_, n) => work(n)))

/** The maintained counts and the counted leads of each stage. */
async function countsOf({ account }: Account) {
  const { rows } = await app.database.pool.query(
    `select stage_id, pipeline_id,
       jsonb_build_array(sum(k.leads), sum(k.value), sum(k.archived), sum(k.archived_value)) as kept,
       jsonb_build_array(sum(r.leads), sum(r.value), sum(r.archived), sum(r.archived_value)) as real
     from (
       select stage_id, pipeline_id, leads, value_sum as value, archived, archived_value_sum as archived_value
       from lead_counts where account_id = $1
     ) k left join lateral (
       select count(*) as leads, coalesce(sum(value), 0) as value,
         count(*) filter (where status = 'archived') as archived,
         coalesce(sum(value) filter (where status = 'archived'), 0) as archived_value
       from leads l where l.account_id = $1 and l.stage_id = k.stage_id
     ) r on true
     group by stage_id, pipeline_id order by stage_id`,
    [account.id],
  )
  return rows as { kept: number[]; real: number[] }[]
}

test('parallel creations never pass the plan’s limit, not by one', async () => {
  for (const path of ['/leads', '/leads/upsert']) {
    const account = await app.newAccount()
    await changeAccount(account.scope, { limits: { leads: 20 } })
    const answers = await times(50, (n) =>
      account.post(path, { name: `Lead ${n}`, phone: `(11) 9${88_000_000 + n}` }),
    )
    const created = answers.filter(({ status }) => status === 201).length
    const refused = answers.filter(({ body }) => body.limit_reached === true).length
    assert.deepEqual([created, refused], [20, 30], path)
    assert.equal((await account.get('/leads')).body.meta.total, 20)
    const { id } = (await account.get('/leads')).body.data[0]
    await account.delete(`/leads/${id}`)
    assert.equal((await account.post(path, { name: 'Cabe mais um' })).status, 201)
  }
})

test('the same lead upserted by e-mail at the same moment is one lead', async () => {
  const account = await app.newAccount()
  const answers = await times(20, (n) =>
    account.post('/leads/upsert', { name: 'Ana', email: n % 2 ? 'ana@x.com' : 'ANA@x.com' }),
  )
  assert.equal(new Set(answers.map(({ body }) => body.lead.id)).size, 1)
  assert.equal(answers.filter(({ body }) => body.created).length, 1)
})

test('duplicates deleted at the same moment all go, and whoever is left inherits the phone', async () => {
  const account = await app.newAccount()
  for (let round = 0; round < 10; round++) {
    const phone = `+551198877${1000 + round}`
    const made: number[] = []
    for (let n = 0; n < 6; n++)
      made.push((await account.post('/leads', { name: `Cópia ${n}`, phone })).body.lead.id)
    const last = made.pop()
    const gone = await Promise.all(made.map((id) => account.delete(`/leads/${id}`)))
    assert.deepEqual(
      gone.map(({ status }) => status),
      [200, 200, 200, 200, 200],
    )
    const found = await account.post('/leads/upsert', { name: 'Ana', phone })
    assert.deepEqual([found.body.created, found.body.lead.id], [false, last])
  }
})

test('counts equal the leads after a random mix of everything at once', async () => {
  const account = await app.newAccount()
  const { stages } = (await account.get('/pipelines')).body.pipelines[0]
  const stage = (n: number) => stages[n % stages.length].id
  const made = await times(20, (n) => account.post('/leads', { name: `Lead ${n}`, stage_id: stage(n) }))
  const ids = made.map(({ body }) => body.lead.id as number)
  let seed = 42
  const random = (below: number) => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648
    return Math.floor((seed / 2_147_483_648) * below)
  }
  const operations: ((id: number) => Promise<{ status: number; body: unknown }>)[] = [
    (id) => account.put(`/leads/${id}/stage`, { stage_id: stage(random(7)) }),
    (id) => account.put(`/leads/${id}`, { stage_id: stage(random(7)), company: `C${id}` }),
    (id) => account.put(`/leads/${id}/won`, { value: random(10_000) / 100 }),
    (id) => account.put(`/leads/${id}`, { value: random(10_000) / 100, stage_id: stage(random(7)) }),
    (id) => account.patch(`/leads/${id}`, { value: random(10_000) / 100 }),
    (id) => account.put(`/leads/${id}/${random(2) ? 'archive' : 'unarchive'}`),
    (id) => account.post(`/leads/${id}/merge`, { duplicate_id: ids[random(ids.length)] }),
    (id) => account.put(`/leads/${id}/lost`, {}),
    (id) => account.post(`/leads/${id}/tags`, { tags: [`t${random(5)}`] }),
    () => account.post('/leads', { name: 'Mais um', stage_id: stage(random(7)) }),
    () =>
      account.post('/leads/upsert', {
        name: 'Único',
        phone: `(11) 98877-66${10 + random(5)}`,
        stage_id: stage(random(7)),
      }),
    (id) => account.delete(`/leads/${id}`),
  ]
  for (let wave = 0; wave < 10; wave++) {
    const answers = await times(20, () => operations[random(operations.length)]!(ids[random(ids.length)]!))
    for (const { status, body } of answers)
      assert.ok([200, 201, 404, 422].includes(status), JSON.stringify(body))
  }
  const counts = await countsOf(account)
  assert.ok(counts.length > 3)
  for (const { kept, real } of counts) assert.deepEqual(kept.map(Number), real.map(Number))
  const total = counts.reduce((sum, { real }) => sum + real[0]!, 0)
  assert.equal((await account.get('/leads')).body.meta.total, total)
  assert.equal((await account.get('/leads?updated_since=2020-01-01')).body.meta.total, total)
})
