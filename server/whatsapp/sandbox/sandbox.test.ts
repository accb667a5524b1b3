import assert from 'node:assert/strict'
import { test } from 'node:test'
import { messages } from '#platform/messages.ts'
import type { Reason } from '#whatsapp/reasons.ts'
import { startApp } from '../../../test/harness.ts'
import { until } from '../../../test/whatsapp/until.ts'

const app = await startApp({ workers: true })
const reasons = Object.keys(messages.whatsappFailures) as Reason[]

async function newNumber(behaviour: object = {}) {
  const account = await app.newAccount()
  const { id } = (await account.post('/whatsapp/instances', { provider: 'sandbox' })).body.instance
  const behave = (changes: object) => account.put(`/whatsapp/instances/${id}/sandbox`, changes)
  await behave({ delay_seconds: 0, ...behaviour })
  return {
    account,
    id,
    behave,
    write: (saying: object) => account.post(`/whatsapp/instances/${id}/sandbox/messages`, saying),
  }
}
type Number = Awaited<ReturnType<typeof newNumber>>
type Message = { id: number; direction: string; state: string; kind: string; text: string }

const conversation = async ({ account }: Number) => (await account.get('/conversations')).body.data[0]
const written = async (number: Number): Promise<Message[]> => {
  const talk = await conversation(number)
  if (!talk) return []
  return (await number.account.get(`/conversations/${talk.id}/messages`)).body.data
}
const heard = (number: Number, what: string, isThere: (all: Message[]) => boolean) =>
  until(what, async () => {
    const all = await written(number)
    return isThere(all) && all
  })
const begun = async (number: Number) => {
  await number.write({ phone: '+5511999887766', text: 'Oi' })
  await heard(number, 'the first message', (all) => all.length === 1)
  const [lead] = (await number.account.get('/leads')).body.data
  return lead.id as number
}

test('a customer writes and becomes a lead; the answer is delivered and read; the customer answers', async () => {
  const number = await newNumber({ answers: true })
  const { account } = number
  const { status, body } = await number.write({ phone: '(11) 99988-7766', name: 'João', text: 'Oi' })
  assert.deepEqual([status, body.message.phone], [201, '+5511999887766'])
  await heard(number, 'the first message', (all) => all.length === 1)
  const [lead] = (await account.get('/leads')).body.data
  assert.deepEqual([lead.name, lead.phone, lead.source], ['João', '+5511999887766', 'whatsapp'])
  const sent = await account.post(`/leads/${lead.id}/send-whatsapp`, { message: 'Quer um orçamento?' })
  assert.equal(sent.status, 200, JSON.stringify(sent.body))
  const all = await heard(
    number,
    'an answer, and that ours was read',
    (each) => each.length === 3 && each.some(({ state }) => state === 'read'),
  )
  assert.deepEqual(all.map(({ direction, text }) => [direction, text]).toSorted(), [
    ['in', 'Gostei! Podemos fechar.'],
    ['in', 'Oi'],
    ['out', 'Quer um orçamento?'],
  ])
})

test('it fails for every reason that a provider has, and the answer says which', async () => {
  const number = await newNumber()
  const leadId = await begun(number)
  const { account } = number
  for (const reason of reasons) {
    await number.behave({ fails_with: reason })
    const { status, body } = await account.post(`/leads/${leadId}/send-whatsapp`, { message: reason })
    assert.equal(reasonOf(status, body), reason, `${status} ${JSON.stringify(body)}`)
    await calm(account.account.id)
  }
})

type Answer = { reason?: string; skip_reason?: string; message?: { failure: { reason: string } | null } }
const reasonOf = (status: number, { reason, skip_reason, message }: Answer) =>
  status === 502 ? reason : (skip_reason ?? message?.failure?.reason)

/** What the last refusal stopped or put off goes on. */
async function calm(accountId: number) {
  const { pool } = app.database
  await pool.query(
    `update instances set status = 'connected', status_reason = null, paused_until = null where account_id = $1`,
    [accountId],
  )
  await pool.query(
    `update conversations set paced_until = '-infinity', window_until = now() + interval '1 day' where account_id = $1`,
    [accountId],
  )
  await pool.query(
    `update messages set state = 'failed', send_after = null where account_id = $1 and state = 'queued'`,
    [accountId],
  )
  await pool.query('delete from opt_outs where account_id = $1', [accountId])
}

test('what it takes and refuses later is first sent, then failed', async () => {
  const number = await newNumber({ fails_with: 'undeliverable', fails_when: 'later' })
  const leadId = await begun(number)
  const { status } = await number.account.post(`/leads/${leadId}/send-whatsapp`, { message: 'Olá' })
  assert.equal(status, 200)
  await heard(number, 'that it failed', (all) => all.some(({ state }) => state === 'failed'))
})

test('without an answer nobody knows, until the phone tells', async () => {
  const number = await newNumber({ fails_with: 'no_answer', fails_when: 'later' })
  const leadId = await begun(number)
  const { body } = await number.account.post(`/leads/${leadId}/send-whatsapp`, { message: 'Olá' })
  assert.equal(body.message.state, 'unknown')
  await heard(number, 'that it was read', (all) => all.some(({ state }) => state === 'read'))
})

test('a customer may send more than words, and come from an ad', async () => {
  const number = await newNumber()
  const phone = '+5521988887777'
  await number.write({
    phone,
    name: 'Ana',
    text: 'Vi o anúncio',
    ad: { source_id: '120', headline: 'Tênis' },
  })
  for (const kind of ['image', 'document', 'location'])
    assert.equal((await number.write({ phone, kind, text: 'aqui' })).status, 201, kind)
  await number.write({ phone, kind: 'button', text: 'Confirmar' })
  const all = await heard(number, 'all five', (each) => each.length === 5)
  assert.deepEqual(all.map(({ kind }) => kind).toSorted(), [
    'button_reply',
    'document',
    'image',
    'location',
    'text',
  ])
})

test('only a simulated phone is told how to behave, and only in ways that there are', async () => {
  const number = await newNumber()
  const wrong = await number.behave({ fails_with: 'tédio', delay_seconds: -1 })
  assert.deepEqual(wrong.body.errors, {
    delay_seconds: ['The delay seconds field must be at least 0.'],
    fails_with: ['The selected fails with is invalid.'],
  })
  assert.deepEqual((await number.write({ phone: 'abc', text: 'Oi' })).body.errors, {
    phone: ['The phone field format is invalid.'],
  })
  assert.deepEqual((await number.write({ phone: '+5511999887766' })).body.errors, {
    text: ['The text field is required.'],
  })
  const { account } = number
  const atWaha = { provider: 'waha', base_url: 'http://127.0.0.1:1', session: 'x', api_key: 'k' }
  const { id } = (await account.post('/whatsapp/instances', atWaha)).body.instance
  const { status, body } = await account.put(`/whatsapp/instances/${id}/sandbox`, { answers: true })
  assert.deepEqual(
    [status, body],
    [
      422,
      {
        success: false,
        message: 'Este não é um número de teste; crie um com provider sandbox.',
        reason: 'not_sandbox',
      },
    ],
  )
})
