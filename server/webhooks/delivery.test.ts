import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { after, test } from 'node:test'
import { Webhook } from 'standardwebhooks'
import { deliveriesOf, letTimePass, settled, startDelivering, subscribe } from '../../test/deliveries.ts'
import { status } from '../../test/receiver.ts'
import { until } from '../../test/whatsapp/until.ts'

const { app, receiver, stop, troubles } = await startDelivering()
after(stop)
const acme = await app.newAccount()

test('an event arrives, signed in both ways, with what was before and the request that caused it', async () => {
  const { id, secret } = await subscribe(acme, receiver.url('/signed'), {
    events: ['lead.created', 'lead.stage_changed'],
  })
  const created = await acme.post('/leads', { name: 'João' }, { 'x-request-id': 'request-of-mine' })
  const { lead } = created.body
  const stages = (await acme.get('/pipelines')).body.pipelines[0].stages
  await acme.put(`/leads/${lead.id}/stage`, { stage_id: stages[1].id })
  const [first, second] = await receiver.until('/signed', 2)
  assert.equal(first!.body.event, 'lead.created')
  assert.equal(first!.body.account_id, acme.account.id)
  assert.equal(first!.body.request_id, 'request-of-mine')
  assert.deepEqual(Object.keys(first!.body), [
    'id',
    'event',
    'occurred_at',
    'account_id',
    'data',
    'request_id',
  ])
  assert.deepEqual(second!.body.previous, {
    stage_id: stages[0].id,
    pipeline_id: lead.pipeline_id,
    status: 'open',
  })
  const { raw, headers } = first!
  const hex = createHmac('sha256', secret).update(raw).digest('hex')
  assert.equal(headers['x-funil-signature'], `sha256=${hex}`)
  assert.equal(headers['webhook-id'], String(first!.body.id))
  const verifier = new Webhook(secret)
  const signed = headers as Record<string, string>
  assert.deepEqual(verifier.verify(raw, signed), first!.body)
  assert.throws(() => verifier.verify(raw.replace('João', 'Joao'), signed), /signature/i)
  const old = { ...signed, 'webhook-timestamp': String(Number(signed['webhook-timestamp']) - 301) }
  assert.throws(() => verifier.verify(raw, old), /timestamp/i)
  assert.throws(
    () => new Webhook(`whsec_${Buffer.alloc(32).toString('base64')}`).verify(raw, signed),
    /signature/i,
  )
  const log = await settled(acme, id, (all) => all.every((each) => each.status === 'delivered'))
  assert.deepEqual(
    log.map(({ event }) => event),
    ['lead.stage_changed', 'lead.created'],
  )
  const [attempt] = log[1]!.attempts
  assert.equal(attempt!.response!.status, 200)
  assert.equal(attempt!.response!.body, 'ok')
  assert.equal(attempt!.request.headers['webhook-id'], headers['webhook-id'])
  const webhook = (await acme.get(`/webhooks/${id}`)).body
  assert.ok(webhook.last_success_at)
  assert.equal(webhook.failure_count, 0)
})

test('a secret of the customer’s own signs as it is', async () => {
  const secret = 'um segredo, com acentuação'
  await subscribe(acme, receiver.url('/own'), { secret })
  await acme.post('/leads', { name: 'Ana' })
  const [{ raw, headers }] = (await receiver.until('/own', 1)) as [(typeof receiver.received)[0]]
  const verifier = new Webhook(Buffer.from(secret), { format: 'raw' })
  assert.ok(verifier.verify(raw, headers as Record<string, string>))
  const hex = createHmac('sha256', secret).update(raw).digest('hex')
  assert.equal(headers['x-funil-signature'], `sha256=${hex}`)
})

test('after a new secret both sign for a day, and then the new one alone', async () => {
  const { id, secret: old } = await subscribe(acme, receiver.url('/rotated'))
  const { secret: fresh } = (await acme.post(`/webhooks/${id}/rotate-secret`)).body
  assert.notEqual(fresh, old)
  await acme.post('/leads', { name: 'Bia' })
  const [first] = await receiver.until('/rotated', 1)
  for (const secret of [old, fresh])
    assert.ok(new Webhook(secret).verify(first!.raw, first!.headers as Record<string, string>))
  const hex = createHmac('sha256', old).update(first!.raw).digest('hex')
  assert.equal(first!.headers['x-funil-signature-previous'], `sha256=${hex}`)
  await app.database.pool.query('update webhooks set previous_secret_until = now() where id = $1', [id])
  await acme.post('/leads', { name: 'Caio' })
  const second = (await receiver.until('/rotated', 2))[1]!
  assert.ok(new Webhook(fresh).verify(second.raw, second.headers as Record<string, string>))
  assert.throws(() => new Webhook(old).verify(second.raw, second.headers as Record<string, string>))
  assert.equal(second.headers['x-funil-signature-previous'], undefined)
})

test('what fails is tried again, with the same id and a new timestamp, until it is given up', async () => {
  const { id } = await subscribe(acme, receiver.url('/flaky'))
  receiver.behave('/flaky', status(500, {}, 'boom'))
  await acme.post('/leads', { name: 'Davi' })
  const waits: number[] = []
  for (let tries = 1; tries <= 10; tries++) {
    const [delivery] = await settled(acme, id, ([each]) => each?.attempts.length === tries)
    const { next_attempt_at, attempts } = delivery!
    if (next_attempt_at)
      waits.push(new Date(next_attempt_at).getTime() - new Date(attempts.at(-1)!.at).getTime())
    assert.equal(delivery!.status, tries === 10 ? 'failed' : 'pending')
    await letTimePass(app.database, id)
  }
  const minutes = [5 / 60, 5, 30, 120, 300, 600, 840, 1200, 1440]
  assert.equal(waits.length, minutes.length)
  for (const [n, wait] of waits.entries()) {
    const share = (wait - 3000) / 60_000 / minutes[n]!
    assert.ok(share < 1.21 && wait / 60_000 / minutes[n]! > 0.79, `wait ${n} was ${wait} ms`)
  }
  assert.equal(new Set(receiver.at('/flaky').map(({ headers }) => headers['webhook-id'])).size, 1)
  assert.equal(new Set(receiver.at('/flaky').map(({ raw }) => raw)).size, 1)
  const webhook = (await acme.get(`/webhooks/${id}`)).body
  assert.equal(webhook.failure_count, 10)
  assert.equal(webhook.last_failure_reason, 'HTTP 500')
  receiver.behave('/flaky', status(204, {}, ''))
  const [{ id: deliveryId }] = await deliveriesOf(acme, id)
  const { delivery } = (await acme.post(`/webhooks/${id}/deliveries/${deliveryId}/resend`)).body
  assert.equal(delivery.status, 'pending')
  const [done] = await settled(acme, id, ([each]) => each?.status === 'delivered')
  assert.equal(done!.attempts.length, 11)
  assert.equal((await acme.get(`/webhooks/${id}`)).body.failure_count, 0)
})

test('a receiver may ask for more time, up to a day', async () => {
  const { id } = await subscribe(acme, receiver.url('/later'))
  const waitAfter = async (header: string) => {
    receiver.behave('/later', status(429, { 'retry-after': header }))
    const before = await deliveriesOf(acme, id)
    await acme.post('/leads', { name: 'Eva' })
    const log = await settled(acme, id, (all) => all.length > before.length && all[0]!.attempts.length === 1)
    return (new Date(log[0]!.next_attempt_at!).getTime() - Date.now()) / 1000
  }
  const near = (seconds: number, wanted: number) => assert.ok(Math.abs(seconds - wanted) < 5, String(seconds))
  near(await waitAfter('3600'), 3600)
  near(await waitAfter('9999999'), 86_400)
  near(await waitAfter(new Date(Date.now() + 7200_000).toUTCString()), 7200)
  assert.ok((await waitAfter('0')) < 7)
  assert.ok((await waitAfter('soon')) < 7)
})

test('who answers 410 hears no more, and the account can see why', async () => {
  const { id } = await subscribe(acme, receiver.url('/gone'))
  receiver.behave('/gone', status(410))
  await acme.post('/leads', { name: 'Fábio' })
  await settled(acme, id, ([each]) => each?.status === 'failed')
  const webhook = (await acme.get(`/webhooks/${id}`)).body
  assert.equal(webhook.is_active, false)
  assert.equal(webhook.disabled_reason, 'The receiver answered that it is gone for good.')
  const told = (await acme.get('/events?type=webhook.disabled')).body.data
  assert.deepEqual(
    told.map(({ data }: { data: object }) => data),
    [{ webhook: { id, target_url: receiver.url('/gone') }, reason: webhook.disabled_reason }],
  )
  await acme.post('/leads', { name: 'Gil' })
  assert.equal((await deliveriesOf(acme, id)).length, 1)
  const back = (await acme.put(`/webhooks/${id}`, { is_active: true })).body
  assert.deepEqual([back.is_active, back.disabled_reason, back.failure_count], [true, null, 0])
})

test('what became of an attempt and what it leads to are written together, or not at all', async () => {
  const { id } = await subscribe(acme, receiver.url('/refused'))
  receiver.behave('/refused', status(410))
  const { pool } = app.database
  await pool.query(
    `create function refuse() returns trigger language plpgsql as $$ begin raise 'not now'; end $$`,
  )
  await pool.query(`create trigger refuse before update of is_active on webhooks for each row
    when (old.id = ${id}) execute function refuse()`)
  await acme.post('/leads', { name: 'Íris' })
  await until('it could not be switched off', async () => troubles.length > 0)
  const [waiting] = await deliveriesOf(acme, id)
  await pool.query('drop trigger refuse on webhooks')
  assert.deepEqual([waiting.status, waiting.attempts.length], ['pending', 0])
  await settled(acme, id, ([each]) => each?.status === 'failed')
  assert.equal((await acme.get(`/webhooks/${id}`)).body.is_active, false)
  troubles.length = 0
})

test('five days of nothing but failures switch it off; one success in between does not', async () => {
  const { id } = await subscribe(acme, receiver.url('/dead'))
  receiver.behave('/dead', status(503))
  const failSince = (days: number) =>
    app.database.pool.query(
      `update webhooks set failing_since = now() - $2 * interval '1 day' where id = $1`,
      [id, days],
    )
  await acme.post('/leads', { name: 'Hugo' })
  await settled(acme, id, ([each]) => each?.attempts.length === 1)
  await failSince(4.9)
  await letTimePass(app.database, id)
  await settled(acme, id, ([each]) => each?.attempts.length === 2)
  assert.equal((await acme.get(`/webhooks/${id}`)).body.is_active, true)
  await failSince(5.1)
  receiver.behave('/dead', status(200))
  await letTimePass(app.database, id)
  await settled(acme, id, ([each]) => each?.status === 'delivered')
  receiver.behave('/dead', status(503))
  await acme.post('/leads', { name: 'Iara' })
  await settled(acme, id, ([each]) => each?.attempts.length === 1)
  assert.equal((await acme.get(`/webhooks/${id}`)).body.is_active, true)
  await failSince(5.1)
  await letTimePass(app.database, id)
  const [kept] = await settled(acme, id, ([each]) => each?.attempts.length === 2)
  assert.equal(kept!.status, 'pending')
  const { is_active, disabled_reason } = (await acme.get(`/webhooks/${id}`)).body
  assert.equal(is_active, false)
  assert.equal(disabled_reason, 'Nothing but failures for five days; the last: HTTP 503')
})

test('nothing unexpected happened meanwhile', () => assert.deepEqual(troubles, []))
