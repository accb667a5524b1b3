import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { createNetwork } from '#platform/network.ts'
import { hookPathOf } from '#whatsapp/inbox/handshake.ts'
import { startApp, testSecret } from '../../../test/harness.ts'
import { wahaNumberOf } from '../../../test/whatsapp/numbers.ts'
import { refusal } from '../../../test/whatsapp/simulator.ts'
import { until } from '../../../test/whatsapp/until.ts'
import { startWaha } from '../../../test/whatsapp/waha-simulator.ts'

const network = createNetwork({ timeoutMs: 700, allowPrivate: true })
after(() => network.close())
const app = await startApp({ workers: true, network })

/** An account with a session, and a lead who has WhatsApp. */
async function newShop(engine: 'NOWEB' | 'WEBJS') {
  const waha = await startWaha(engine)
  after(() => waha.close())
  const account = await app.newAccount()
  const instance = await wahaNumberOf(account.scope, waha)
  waha.hooks.url = app.url + hookPathOf(testSecret, instance)
  await account.put(`/whatsapp/instances/${instance.id}/primary`)
  const { lead } = (await account.post('/leads', { name: 'Ana', phone: '+5551987654321' })).body
  waha.people.set('5551987654321', '555187654321@c.us')
  const mine = async () =>
    (
      await app.database.pool.query(
        `-- test\nselect * from messages where account_id = $1 and direction = 'out' order by id`,
        [account.account.id],
      )
    ).rows
  const send = (message: string) => account.post(`/leads/${lead.id}/send-whatsapp`, { message })
  const sentEvents = async () =>
    (await account.get(`/leads/${lead.id}/events`)).body.data.filter(
      ({ type }: { type: string }) => type === 'message.sent',
    ).length
  return { waha, account, instance, lead, mine, send, sentEvents }
}

test('a first send asks which number has WhatsApp, and the echo of it makes no second message', async () => {
  for (const engine of ['NOWEB', 'WEBJS'] as const) {
    const { waha, lead, mine, send, account, sentEvents } = await newShop(engine)
    waha.course.acks = [1, 2, 3]
    const { status, body } = await send('Oi')
    assert.deepEqual([status, body.message.state !== 'unknown'], [200, true], engine)
    assert.equal(waha.accepted[0]!.chatId, '555187654321@c.us')
    await until('it was read', async () => (await mine())[0].state === 'read')
    await waha.settled()
    await until('every hook was read', async () => {
      const { rows } = await app.database.pool.query(
        `-- test\nselect 1 from whatsapp_hooks where account_id = $1 and due_at is not null`,
        [account.account.id],
      )
      return rows.length === 0
    })
    assert.equal((await mine()).length, 1, engine)
    assert.equal(await sentEvents(), 1, engine)
    await send('Tudo bem?')
    const asked = waha.seen.filter(({ path }) => path.endsWith('check-exists'))
    assert.equal(asked.length, 1, 'the second one goes where the first went')
    const { data } = (await account.get(`/leads/${lead.id}/conversations`)).body
    assert.equal(data.length, 1)
  }
})

test('an answer that never came is found out by the echo, whether the id was known before or not', async () => {
  for (const engine of ['NOWEB', 'WEBJS'] as const) {
    const { waha, mine, send, sentEvents } = await newShop(engine)
    waha.faults.push('taken_then_hang')
    const { body } = await send('Alguém aí?')
    const id = body.message?.id ?? body.message_id
    await until('its echo was heard', async () => (await mine())[0].state === 'sent')
    const all = await mine()
    assert.deepEqual(
      all.map((each) => [each.id, each.provider_id]),
      [[id, waha.accepted[0]!.id]],
      engine,
    )
    assert.equal(await sentEvents(), 1, engine)
  }
})

test('a phone without WhatsApp is refused, and a session that is down is noted', async () => {
  const { waha, account, send, instance } = await newShop('NOWEB')
  waha.people.clear()
  const nobody = await send('Oi')
  assert.deepEqual([nobody.status, nobody.body.reason], [502, 'not_on_whatsapp'])
  waha.people.set('5551987654321', '555187654321@c.us')
  waha.faults.push(refusal('waha/errors/422_session_not_working.json'))
  const down = await send('Oi')
  assert.deepEqual([down.status, down.body.reason, down.body.retryable], [502, 'instance_disconnected', true])
  const { data } = (await account.get('/whatsapp/instances')).body
  assert.deepEqual([data[0].id, data[0].status], [instance.id, 'disconnected'])
  assert.equal((await send('Oi')).body.skip_reason, 'instance_disconnected')
})
