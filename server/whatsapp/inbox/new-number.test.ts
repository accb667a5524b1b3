import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { startApp } from '../../../test/harness.ts'
import { heard, tell } from '../../../test/whatsapp/heard.ts'
import { startMeta } from '../../../test/whatsapp/meta-simulator.ts'
import { graphOf, metaNumberOf } from '../../../test/whatsapp/numbers.ts'
import { inbound, metaHook, writes } from '../../../test/whatsapp/written.ts'

const meta = await startMeta()
after(() => meta.close())
const app = await startApp({ workers: true, graph: graphOf(meta) })

test('who asked not to be written to is not written to under a new number either', async () => {
  const acme = await app.newAccount()
  const number = await metaNumberOf(acme.scope)
  const told = async (body: object) => {
    await tell(app, number, body)
    await heard(app)
  }
  await told(writes(number, '5511987654321', 'Oi'))
  await told(writes(number, '5511987654321', 'SAIR'))
  const [lead] = (await acme.get('/leads')).body.data
  const system = { body: 'Ana changed', wa_id: '5511912340000', type: 'user_changed_number' }
  await told(metaHook(number, { messages: [inbound('5511987654321', { type: 'system', system })] }))
  const renewed = (await acme.get(`/leads/${lead.id}`)).body.lead
  assert.equal(renewed.phone, '+5511912340000')
  const { status, body: refused } = await acme.post(`/leads/${lead.id}/send-whatsapp`, { message: 'Oi' })
  assert.deepEqual([status, refused.skip_reason], [422, 'opted_out'])
})
