import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startApp } from '../../test/harness.ts'
import { silentNumber } from '../../test/whatsapp/talks.ts'

const app = await startApp()
const many = 20_000
type Asked = { text: string; values: unknown[] }

test('among many conversations a page is read from an index, and nobody counts to the end', async (t) => {
  const acme = await app.newAccount()
  const { pool } = app.database
  const number = await silentNumber(acme.scope)
  await pool.query(
    `-- test
     insert into conversations (account_id, instance_id, address, contact_name, unread_count, last_message_at)
     select $1, $2, 'a' || i, 'Cliente ' || md5(i::text), case when i % 50 = 0 then 1 else 0 end,
       now() - i * interval '1 minute' from generate_series(1, $3::int) i`,
    [acme.scope.accountId, number, many],
  )
  await pool.query('-- test\nupdate conversations set contact_name = $1 where address = $2', [
    'Zoë Ångström',
    'a777',
  ])
  await pool.query('vacuum analyze conversations')
  const spy = t.mock.method(pool, 'query')

  /** What a list answers, and how the database found its rows. */
  async function planOf(query: string) {
    spy.mock.resetCalls()
    const { body } = await acme.get(`/conversations?${encodeURI(query)}`)
    const asked = spy.mock.calls.map(({ arguments: [first, second] }): Asked => {
      const given = first as unknown as string | { text: string; values?: unknown[] }
      const text = typeof given === 'string' ? given : given.text
      return { text, values: ((typeof given === 'object' && given.values) || second || []) as unknown[] }
    })
    const page = asked.find(({ text }) => text.includes('"contact_name"'))!
    const { rows } = await pool.query(`explain ${page.text}`, page.values)
    return { meta: body.meta, plan: rows.map((row) => row['QUERY PLAN']).join('\n') }
  }

  const all = await planOf('')
  assert.match(
    all.plan,
    /Index Only Scan Backward using conversations_newest|Index Scan Backward using conversations_newest/,
  )
  assert.deepEqual([all.meta.total, all.meta.total_is_minimum], [10_000, true])
  const last = await planOf(`page=${many / 50}`)
  assert.deepEqual([last.meta.total, last.meta.has_more], [many, false])
  const unread = await planOf('unread=1')
  assert.match(unread.plan, /conversations_unread/)
  assert.deepEqual([unread.meta.total, unread.meta.total_is_minimum], [many / 50, undefined])
  const found = await planOf('q=zoe angstrom')
  assert.match(found.plan, /conversations_search/)
  assert.equal(found.meta.total, 1)
  for (const { plan } of [all, last, unread, found]) assert.doesNotMatch(plan, /Seq Scan on conversations/)
})
