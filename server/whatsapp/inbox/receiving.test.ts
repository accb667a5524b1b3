import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { startApp } from '../../../test/harness.ts'
import { startMeta } from '../../../test/whatsapp/meta-simulator.ts'
import { graphOf, metaNumberOf } from '../../../test/whatsapp/numbers.ts'
import { until } from '../../../test/whatsapp/until.ts'

const meta = await startMeta()
after(() => meta.close())
const app = await startApp({ workers: true, graph: graphOf(meta) })
meta.hooks.url = `${app.url}/hooks/whatsapp/cloud`

test('who writes first becomes a lead', async () => {
  const acme = await app.newAccount()
  await metaNumberOf(acme.scope)
  meta.receive('5511987654321', { type: 'text', text: { body: 'Oi' } })
  await meta.settled()
  const [lead] = await until('a lead', async () => {
    const { data } = (await acme.get('/leads')).body
    return data.length > 0 && data
  })
  assert.deepEqual([lead.name, lead.phone, lead.source], ['Ana Souza', '+5511987654321', 'whatsapp'])
    (await app.database.pool.query('-- test\nselect * from whatsapp_hooks')).rows,
    (await app.database.pool.query('-- test\nselect * from conversations')).rows,
  )
})
