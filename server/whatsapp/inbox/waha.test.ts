import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { after, test } from 'node:test'
import { verifyTokenOf } from '#whatsapp/inbox/handshake.ts'
import { forgetHooks } from '#whatsapp/inbox/housekeeping.ts'
import { explainInbox } from '#whatsapp/inbox/metrics.ts'
import { startApp, testSecret } from '../../../test/harness.ts'
import { heard, messagesOf, tell, unread } from '../../../test/whatsapp/heard.ts'
import { wahaNumberOf } from '../../../test/whatsapp/numbers.ts'
import { until } from '../../../test/whatsapp/until.ts'
import { startWaha, wahaSession } from '../../../test/whatsapp/waha-simulator.ts'

const waha = await startWaha('WEBJS')
after(() => waha.close())
const app = await startApp({ workers: true })

async function open() {
  const acme = await app.newAccount()
  const number = await wahaNumberOf(acme.scope, waha)
  const told = async (...events: object[]) => {
    for (const event of events) assert.equal(await tell(app, number, event), 200)
    await heard(app)
  }
  return { acme, number, told }
}

const newId = () => `3A${randomBytes(9).toString('hex').toUpperCase()}`
const event = (name: string, payload: object) => ({
  id: `evt_${randomBytes(12).toString('hex')}`,
  timestamp: Date.now(),
  event: name,
  session: wahaSession,
  payload: { timestamp: Math.floor(Date.now() / 1000), hasMedia: false, ...payload },
})
const writes = (chat: string, body: string, id = newId()) =>
  event('message.any', { id: `false_${chat}_${id}`, from: chat, fromMe: false, source: 'app', body })
const echoes = (chat: string, body: string, source: string, id = newId()) =>
  event('message.any', { id: `true_${chat}_${id}`, from: chat, fromMe: true, source, body })

test('behind a hidden id the session is asked for the phone, once', async () => {
  const { acme, told } = await open()
  const { lead } = (await acme.post('/leads', { name: 'Bruno', phone: '+5551987654321' })).body
  waha.lids.set('185203123456789@lid', '555187654321@c.us')
  const asked = () => waha.seen.filter(({ path }) => path.includes('/lids/')).length
  await told(writes('185203123456789@lid', 'Oi'))
  await told(writes('185203123456789@lid', 'Tudo bem?'))
  assert.equal(asked(), 1)
  const [conversation, ...others] = (await acme.get('/conversations')).body.data
  assert.deepEqual([conversation.lead_id, conversation.unread_count, others.length], [lead.id, 2, 0])
  await told(writes('555187654321@c.us', 'Do outro jeito'))
  assert.equal((await acme.get('/conversations')).body.meta.total, 1)
})

test('nobody knows the phone: the hidden id alone is a person, and is answered', async () => {
  const { acme, told } = await open()
  await told(writes('299999999999999@lid', 'Oi'))
  const [lead] = (await acme.get('/leads')).body.data
  assert.equal(lead.phone, null)
  const sent = await acme.post(`/leads/${lead.id}/send-whatsapp`, { message: 'Olá!' })
  assert.deepEqual([sent.status, waha.accepted.at(-1)!.chatId], [200, '299999999999999@lid'])
})

test('the echo of our own send is the send, even when its answer was lost', async () => {
  const { acme, number, told } = await open()
  await told(writes('5511987650000@c.us', 'Oi'))
  const [lead] = (await acme.get('/leads')).body.data
  waha.faults.push('taken_then_reset')
  const { body } = await acme.post(`/leads/${lead.id}/send-whatsapp`, { message: 'Temos sim!' })
  assert.equal(body.message.state, 'unknown')
  const { id } = waha.accepted.at(-1)!
  await told(echoes('5511987650000@c.us', 'Temos sim!', 'api', id))
  const ours = [...(await messagesOf(acme)).values()].filter(({ direction }) => direction === 'out')
  assert.deepEqual(
    ours.map((message) => [message.id, message.state, message.provider_id]),
    [[body.message.id, 'sent', id]],
  )
  assert.equal(number.account_id, acme.account.id)
})

test('what is typed on the phone is ours, reads what came before, and makes no lead', async () => {
  const { acme, told } = await open()
  await told(echoes('5511987651111@c.us', 'Oi, aqui é da loja', 'app'))
  assert.equal((await acme.get('/leads')).body.meta.total, 0)
  await told(writes('5511987651111@c.us', 'Oi!'))
  const [conversation, ...others] = (await acme.get('/conversations')).body.data
  assert.deepEqual([conversation.unread_count, others.length], [1, 0])
  assert.notEqual(conversation.lead_id, null)
  await told(echoes('5511987651111@c.us', 'Em que posso ajudar?', 'app'))
  assert.equal((await acme.get(`/conversations/${conversation.id}`)).body.conversation.unread_count, 0)
})

test('one thing that cannot be kept stops nothing else, and stays to be looked at', async () => {
  const { acme, told } = await open()
  const endless = randomBytes(6000).toString('hex')
  await told(
    writes('5511987652222@c.us', 'Não cabe', endless),
    writes('5511987652222@c.us', 'A\u0000B \ud800 C'),
  )
  const messages = [...(await messagesOf(acme)).values()]
  assert.deepEqual(
    messages.map(({ text }) => text),
    ['AB \ufffd C'],
  )
  const [left, ...more] = await unread(app)
  assert.equal(more.length, 0)
  assert.match(left.trouble, /index row/)
  assert.ok(!left.trouble.includes('Não cabe'))
  await until('it was given up', async () => {
    await app.database.pool.query(`-- test
      update whatsapp_hooks set due_at = now(), tries = greatest(tries, 10) where due_at is not null`)
    return (await unread(app))[0].due_at === null
  })
  const found = await explainInbox(app.database.db)
  assert.ok(found.some(({ ok, what }) => !ok && /was given up: .*index row/.test(what)))
})

test('after ten days what was told is forgotten, and what still waits is not', async () => {
  const { told } = await open()
  const { pool, db } = app.database
  await told(writes('5511987654444@c.us', 'velha'), writes('5511987654444@c.us', 'nova'))
  await pool.query(`-- test
    update whatsapp_hooks set received_at = now() - interval '11 days' where id < (select max(id) from whatsapp_hooks)`)
  await pool.query(`-- test
    update whatsapp_heard set heard_at = now() - interval '11 days'`)
  await forgetHooks(db)
  const { rows } = await pool.query(`-- test
    select (select count(*) from whatsapp_hooks) as hooks, (select count(*) from whatsapp_heard) as heard`)
  assert.deepEqual(rows, [{ hooks: 1, heard: 0 }])
})

test('each session has an address of its own, which opens nothing without the signature', async () => {
  const { number } = await open()
  const { number: other } = await open()
  const body = writes('5511987653333@c.us', 'Oi')
  assert.equal(await tell(app, number, body, {}), 404)
  assert.equal(await tell(app, number, body, { 'x-webhook-hmac': '0'.repeat(128) }), 404)
  const guess = `${app.url}/hooks/whatsapp/waha/${number.account_id}-${number.id}-${verifyTokenOf(testSecret, 1).slice(-32)}`
  for (const url of [guess, `${app.url}/hooks/whatsapp/waha/1`]) {
    const answer = await fetch(url, { method: 'POST', body: JSON.stringify(body) })
    assert.equal(answer.status, 404)
  }
  assert.notEqual(number.id, other.id)
})
