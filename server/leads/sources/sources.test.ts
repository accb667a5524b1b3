import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createKey } from '#accounts/keys/keys.ts'
import { startApp } from '../../../test/harness.ts'
import { request } from '../../../test/request.ts'

const app = await startApp()

test('the account’s sources are told once each, as they come and go; another account’s never', async () => {
  const [acme, other] = [await app.newAccount(), await app.newAccount()]
  const sources = async () =>
    (await acme.get('/sources')).body.data.map(({ source }: { source: string }) => source)
  assert.deepEqual(await sources(), [])
  await other.post('/leads', { name: 'Rui', source: 'segredo' })
  await acme.post('/leads', { name: 'Ana' })
  const ids: number[] = []
  for (const source of ['site', 'feira', 'site', 'Site'])
    ids.push((await acme.post('/leads', { name: 'Ana', source })).body.lead.id)
  assert.deepEqual(await sources(), ['Site', 'feira', 'site'])
  await acme.patch(`/leads/${ids[1]}`, { source: null })
  await acme.delete(`/leads/${ids[3]}`)
  assert.deepEqual(await sources(), ['site'])
  const { key } = await createKey(acme.scope, { name: 'tarefas', scopes: ['tasks:read'] })
  const refused = await request(app.url, 'GET', '/api/v1/sources', { headers: { 'x-api-key': key } })
  assert.deepEqual([refused.status, refused.body.required_permission], [403, 'leads:read'])
})

test('among many leads nobody reads more rows than there are sources', async (t) => {
  const acme = await app.newAccount()
  const { pool } = app.database
  const { lead } = (await acme.post('/leads', { name: 'Ana' })).body
  await pool.query(
    `-- test
     insert into leads (account_id, name, search, status, pipeline_id, stage_id, source)
     select $1, 'Ana', 'ana', 'open', $2, $3, (array['site', 'feira', 'instagram'])[1 + i % 3] from generate_series(1, 5000) i`,
    [acme.scope.accountId, lead.pipeline_id, lead.stage_id],
  )
  await pool.query('vacuum analyze leads')
  const spy = t.mock.method(pool, 'query')
  assert.equal((await acme.get('/sources')).body.data.length, 3)
  const asked = spy.mock.calls.map(({ arguments: [first, values] }) => ({
    ...(first as unknown as { text: string }),
    values: values as unknown[],
  }))
  const { text, values } = asked.find((each) => each.text.includes('recursive'))!
  const { rows } = await pool.query(`explain (analyze, costs off) ${text}`, values)
  const plan = rows.map((row) => row['QUERY PLAN']).join('\n')
  assert.match(plan, /Index Only Scan using leads_source/)
  const read = [...plan.matchAll(/actual .*?rows=(\d+)/g)].map(([, count]) => Number(count))
  assert.ok(Math.max(...read) <= 4, plan)
})
