import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { startApp } from './harness.ts'
import { startMeta } from './whatsapp/meta-simulator.ts'
import { graphOf, metaNumberOf } from './whatsapp/numbers.ts'
import { refusal } from './whatsapp/simulator.ts'

// The same as seed.test.ts, for what is said of WhatsApp.
const meta = await startMeta()
after(() => meta.close())
const app = await startApp({ graph: graphOf(meta) })

/** An account with an official number, and a lead who has never written to it. */
async function shop() {
  const account = await app.newAccount()
  await metaNumberOf(account.scope)
  const { lead } = (await account.post('/leads', { name: 'Ana', phone: '+5511987654321' })).body
  return { account, path: `/leads/${lead.id}/send-whatsapp`, lead }
}

test('"WhatsApp 24h window closed (Official / Cloud API only)"', async () => {
  const { account, path } = await shop()
  const { status, body } = await account.post(path, { message: 'Bom dia' })
  assert.equal(status, 422)
  assert.deepEqual(body, {
    success: false,
    message: 'Janela de 24h fechada — use um template.',
    skip_reason: 'window_closed',
  })
  assert.equal(meta.seen.length, 0)
})

test('"502 — Provider error: Returned when the WhatsApp provider refuses the send"', async () => {
  const { account, path, lead } = await shop()
  await app.database.pool.query(
    `-- test
     insert into conversations (account_id, instance_id, lead_id, address, window_until)
     select account_id, id, $2, '5511987654321', now() + interval '1 hour' from instances where account_id = $1`,
    [account.account.id, lead.id],
  )
  const refused = refusal('cloud_api/errors/131009_parameter_value.json')
  meta.faults.push(refused)
  const { status, body } = await account.post(path, { message: 'Bom dia' })
  assert.equal(status, 502)
  assert.deepEqual(Object.keys(body).slice(0, 3), ['success', 'message', 'raw'])
  assert.equal(body.success, false)
  assert.match(body.message, /^Falha ao enviar: .+/)
  assert.deepEqual(body.raw, refused.body)
})
