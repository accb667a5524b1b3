import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { createNetwork } from '#platform/network.ts'
import { startApp } from '../../../test/harness.ts'
import { newShop } from '../../../test/whatsapp/customers.ts'
import { startMeta } from '../../../test/whatsapp/meta-simulator.ts'
import { graphOf } from '../../../test/whatsapp/numbers.ts'
import { refusal } from '../../../test/whatsapp/simulator.ts'
import { until } from '../../../test/whatsapp/until.ts'

const meta = await startMeta()
after(() => meta.close())
const network = createNetwork({ timeoutMs: 700, allowPrivate: true })
after(() => network.close())
const app = await startApp({ workers: true, graph: graphOf(meta), network })
meta.hooks.url = `${app.url}/hooks/whatsapp/cloud`
const shop = await newShop(app, meta)

const undeliverable = {
  status: 400,
  body: {
    error: {
      message: '(#131026) Message undeliverable',
      type: 'OAuthException',
      code: 131026,
      error_data: { messaging_product: 'whatsapp', details: 'Message Undeliverable.' },
      fbtrace_id: 'A1',
    },
  },
}

test('a text goes out, is answered as sent, and its states follow', async () => {
  const { id, phone } = await shop.newCustomer()
  meta.course.statuses = ['sent', 'delivered', 'read']
  const { status, body } = await shop.send(id, { message: 'Bom dia' })
  meta.course.statuses = []
  assert.equal(status, 200)
  const { message } = body
  assert.deepEqual(
    [message.state, message.text, message.lead_id, message.author.type, message.send_after],
    ['sent', 'Bom dia', id, 'key', null],
  )
  const accepted = meta.accepted.at(-1)!
  assert.deepEqual(
    [accepted.reference, accepted.to, accepted.id],
    [String(message.id), phone, message.provider_id],
  )
  await until('it was read', async () => (await shop.messagesOf(id))[0]!.state === 'read')
  assert.deepEqual(await shop.eventsOf(id), [
    'message.sent sent',
    'message.status delivered',
    'message.status read',
  ])
})

test('the next one goes where the first was delivered, and the lead is known by that id', async () => {
  const lead = await shop.newLead({ phone: '+5551987654321' })
  await shop.rows(
    `insert into conversations (account_id, instance_id, lead_id, address, contact_phone, window_until)
     values ($1, $2, $3, $4, $4, now() + interval '1 hour')`,
    [shop.account.id, shop.instance.id, lead.id, lead.phone],
  )
  await shop.send(lead.id, { message: 'Um' })
  await shop.send(lead.id, { message: 'Dois' })
  assert.deepEqual(
    meta.accepted.slice(-2).map(({ to }) => to),
    ['+5551987654321', '+555187654321'],
  )
  const [held] = await shop.rows<{ value: string }>(
    `select value from lead_identifiers where lead_id = $1 and kind = 'wa_id'`,
    [lead.id],
  )
  assert.equal(held!.value, '555187654321')
})

test('an answer that does not come leaves the message unknown, and it is never sent again', async () => {
  const { id } = await shop.newCustomer()
  for (const fault of ['taken_then_hang', 'taken_then_reset', 'taken_then_empty'] as const) {
    const before = meta.accepted.length
    meta.faults.push(fault)
    const { status, body } = await shop.send(id, { message: fault })
    assert.deepEqual(
      [status, body.message.state, body.message.failure.reason],
      [200, 'unknown', 'no_answer'],
      fault,
    )
    assert.equal(meta.accepted.length, before + 1, fault)
    meta.tellStatus(meta.accepted.at(-1)!.id, 'delivered')
    await until('its status was heard', async () => (await shop.messagesOf(id)).at(-1)!.state === 'delivered')
    assert.equal(meta.accepted.length, before + 1, fault)
  }
  assert.deepEqual((await shop.eventsOf(id)).slice(0, 3), [
    'message.status unknown',
    'message.sent delivered',
    'message.status delivered',
  ])
})

test('an error of the server that may hide a delivery is unknown as well', async () => {
  const { id } = await shop.newCustomer()
  meta.faults.push({ status: 500, text: '<html>' })
  const { status, body } = await shop.send(id, { message: 'Oi' })
  assert.deepEqual([status, body.message.state], [200, 'unknown'])
})

test('what the provider refuses is a 502 with its own answer, and a failed message', async () => {
  const { id } = await shop.newCustomer()
  meta.faults.push(undeliverable)
  const { status, body } = await shop.send(id, { message: 'Oi' })
  const [message] = await shop.messagesOf(id)
  assert.equal(status, 502)
  assert.deepEqual(body, {
    success: false,
    message:
      'Falha ao enviar: a mensagem não pôde ser entregue; o contato pode não ter WhatsApp ou usar uma versão antiga.',
    raw: undeliverable.body,
    reason: 'undeliverable',
    retryable: false,
    message_id: message!.id,
  })
  assert.deepEqual([message!.state, message!.failure!.reason], ['failed', 'undeliverable'])
  assert.deepEqual(await shop.eventsOf(id), ['message.status failed'])
})

test('a window that only Meta knows to be closed is the same refusal, at once or late', async () => {
  const { id } = await shop.newCustomer()
  const closed = {
    success: false,
    message: 'Janela de 24h fechada — use um template.',
    skip_reason: 'window_closed',
  }
  meta.course.statuses = [131047]
  assert.equal((await shop.send(id, { message: 'Oi' })).status, 200)
  meta.course.statuses = []
  await until('it failed late', async () => (await shop.messagesOf(id))[0]!.state === 'failed')
  const [message] = await shop.messagesOf(id)
  assert.deepEqual(message!.failure, {
    reason: 'window_closed',
    message: closed.message,
    retryable: false,
    code: 131047,
    detail: 'Message failed to send because of 131047.',
  })
  const count = meta.accepted.length
  const { status, body } = await shop.send(id, { message: 'De novo' })
  assert.deepEqual([status, body], [422, closed])
  assert.equal(meta.accepted.length, count)

  const other = await shop.newCustomer()
  meta.faults.push(refusal('cloud_api/errors/131047_window_closed_sync.json'))
  const at = await shop.send(other.id, { message: 'Oi' })
  assert.deepEqual([at.status, at.body], [422, closed])
})

test('a limit of the provider is waited for: queued, then sent by itself, in order', async () => {
  const { id } = await shop.newCustomer()
  meta.faults.push(refusal('cloud_api/errors/131056_pair_rate_limit.json'))
  const first = await shop.send(id, { message: 'Um' })
  assert.deepEqual([first.status, first.body.message.state], [200, 'queued'])
  const second = await shop.send(id, { message: 'Dois' })
  assert.deepEqual([second.status, second.body.message.state], [200, 'queued'])
  await until('both were sent', async () =>
    (await shop.messagesOf(id)).every(({ state }) => state === 'sent'),
  )
  assert.deepEqual(
    meta.accepted.slice(-2).map(({ body }) => body.text.body),
    ['Um', 'Dois'],
  )
})

test('a token that is revoked stops the number, and sends say so', async () => {
  const other = await newShop(app, meta)
  const lead = await other.newLead()
  await other.rows(
    `insert into conversations (account_id, instance_id, lead_id, address, window_until)
     values ($1, $2, $3, $4, now() + interval '1 hour')`,
    [other.account.id, other.instance.id, lead.id, lead.phone],
  )
  meta.faults.push(refusal('cloud_api/errors/190_token_expired.json'))
  const refused = await other.send(lead.id, { message: 'Oi' })
  assert.deepEqual([refused.status, refused.body.reason], [502, 'token_invalid'])
  const { status, body } = await other.send(lead.id, { message: 'Oi' })
  assert.deepEqual([status, body.skip_reason], [422, 'instance_disconnected'])
  const events = (await other.get('/events?per_page=200')).body.data as { type: string }[]
  assert.ok(events.some(({ type }) => type === 'instance.status'))
})

test('a request that is repeated is told the same, and nothing is sent twice', async () => {
  const { id } = await shop.newCustomer()
  const before = meta.accepted.length
  const key = { 'idempotency-key': `send-${id}` }
  const first = await shop.send(id, { message: 'Oi' }, key)
  const second = await shop.send(id, { message: 'Oi' }, key)
  assert.deepEqual(second.body, first.body)
  assert.equal(second.headers.get('idempotent-replayed'), 'true')
  meta.faults.push(undeliverable)
  const again = { 'idempotency-key': `refused-${id}` }
  const refused = await shop.send(id, { message: 'Oi' }, again)
  const replayed = await shop.send(id, { message: 'Oi' }, again)
  assert.deepEqual([replayed.status, replayed.body], [refused.status, refused.body])
  assert.equal(refused.status, 502)
  assert.equal(meta.accepted.length, before + 1)
})

test('an answer quotes the message that it answers', async () => {
  const { id } = await shop.newCustomer()
  const [conversation] = (await shop.get(`/leads/${id}/conversations`)).body.data
  const [heard] = await shop.rows<{ id: number; provider_id: string }>(
    `select id, provider_id from messages where conversation_id = $1 and direction = 'in'`,
    [conversation.id],
  )
  const reply = { message: 'Claro', reply_to: heard!.id }
  const { status, body } = await shop.post(`/conversations/${conversation.id}/messages`, reply)
  assert.equal(status, 200)
  assert.equal(body.message.reply_to, heard!.provider_id)
  assert.deepEqual(meta.accepted.at(-1)!.body.context, { message_id: heard!.provider_id })
  const other = await shop.newCustomer()
  const [another] = (await shop.get(`/leads/${other.id}/conversations`)).body.data
  const wrong = await shop.post(`/conversations/${another.id}/messages`, reply)
  assert.deepEqual(
    [wrong.status, wrong.body.errors],
    [422, { reply_to: ['The selected reply to is invalid.'] }],
  )
  const empty = await shop.post(`/conversations/${another.id}/messages`, {})
  assert.deepEqual(empty.body.errors, { message: ['The message field is required.'] })
})
