import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { createBell } from '#platform/bell.ts'
import { inTransaction } from '#platform/scope.ts'
import { queueMessage } from '#whatsapp/outbox/queue.ts'
import { startOutbox } from '#whatsapp/outbox/worker.ts'
import { httpOptions, startApp } from '../../../test/harness.ts'
import { newShop } from '../../../test/whatsapp/customers.ts'
import { startMeta } from '../../../test/whatsapp/meta-simulator.ts'
import { graphOf } from '../../../test/whatsapp/numbers.ts'
import { until } from '../../../test/whatsapp/until.ts'

const meta = await startMeta()
after(() => meta.close())
const app = await startApp({ workers: true, graph: graphOf(meta) })
meta.hooks.url = `${app.url}/hooks/whatsapp/cloud`
const shop = await newShop(app, meta)
app.runs(
  startOutbox({
    database: app.database,
    outside: { ...httpOptions, graph: graphOf(meta) },
    onTrouble: (error) => {
      throw error
    },
    afterWrite: createBell(app.database.pool),
  }),
)

const queue = (leadId: number, text: string, once?: string) =>
  inTransaction(shop.scope, (scope) => queueMessage(scope, { leadId, content: { text }, once }))
const unavailable = {
  status: 503,
  body: { error: { message: 'Service temporarily unavailable', type: 'OAuthException', code: 2 } },
}
const textsTo = (phone: string) =>
  meta.accepted.filter(({ to }) => to === phone).map(({ body }) => body.text.body as string)

test('what is queued goes out once and in order, whoever sends it', async () => {
  const customers = await Promise.all(Array.from({ length: 4 }, () => shop.newCustomer()))
  const texts = Array.from({ length: 8 }, (_, n) => `Mensagem ${n}`)
  for (const text of texts) await Promise.all(customers.map(({ id }) => queue(id, text)))
  await until('all were sent', async () => {
    const all = (await Promise.all(customers.map(({ id }) => shop.messagesOf(id)))).flat()
    return all.length === 32 && all.every(({ state }) => state === 'sent')
  })
  for (const { phone } of customers) assert.deepEqual(textsTo(phone), texts)
})

test('queued under the same word, it is the same message', async () => {
  const { id, phone } = await shop.newCustomer()
  const [first, again] = [await queue(id, 'Oi', 'run 7 step 1'), await queue(id, 'Oi', 'run 7 step 1')]
  assert.ok('message' in first && 'message' in again)
  assert.equal(first.message.id, again.message.id)
  const racing = await Promise.all(Array.from({ length: 5 }, () => queue(id, 'Tchau', 'run 7 step 2')))
  assert.equal(new Set(racing.map((each) => 'message' in each && each.message.id)).size, 1)
  await until('both were sent', async () =>
    (await shop.messagesOf(id)).every(({ state }) => state === 'sent'),
  )
  assert.deepEqual(textsTo(phone), ['Oi', 'Tchau'])
  const lead = await shop.newLead()
  assert.deepEqual(await queue(lead.id, 'Oi'), {
    refused: { skip_reason: 'window_closed', message: 'Janela de 24h fechada — use um template.' },
  })
})

test('while Meta is not available it waits, and goes out afterwards', async () => {
  const { id, phone } = await shop.newCustomer()
  meta.faults.push(unavailable)
  await queue(id, 'Oi')
  await until(
    'it was put back',
    async () => (await shop.messagesOf(id))[0]!.failure?.reason === 'provider_unavailable',
  )
  await until('it was sent', async () => (await shop.messagesOf(id))[0]!.state === 'sent')
  assert.deepEqual(textsTo(phone), ['Oi'])
  assert.equal((await shop.messagesOf(id))[0]!.failure, null)
})

test('to one person 45 go out at once, and then one in six seconds', async () => {
  const { id, phone } = await shop.newCustomer()
  const begin = Date.now()
  /** What may have gone out by now, on a machine as slow as it likes. */
  const most = () => 45 + Math.floor((Date.now() - begin) / 6000)
  for (let n = 0; n < 60; n++) await queue(id, String(n))
  await until('45 were sent', async () => textsTo(phone).length >= 45)
  const waiting = await until('the rest waits', async () => {
    const found = await shop.rows<{ seconds: number }>(
      `select extract(epoch from send_after - now())::float8 as seconds from messages
       where state = 'queued' and sending_since is null and account_id = $1 and send_after > now() order by id`,
      [shop.account.id],
    )
    return found.length > 0 && found
  })
  assert.ok(waiting[0]!.seconds <= 6, `${waiting[0]!.seconds}`)
  const sent = textsTo(phone).length
  assert.ok(sent <= most(), `${sent} of at most ${most()}`)
  const direct = await shop.send(id, { message: 'Depois' })
  assert.deepEqual([direct.status, direct.body.message.state], [200, 'queued'])
})

test('what waited until the window closed is not sent', async () => {
  const { id, phone } = await shop.newCustomer()
  await shop.rows(`update instances set paused_until = now() + interval '1 hour' where id = $1`, [
    shop.instance.id,
  ])
  await queue(id, 'Tarde demais')
  await shop.rows(`update conversations set window_until = now() - interval '1 second' where lead_id = $1`, [
    id,
  ])
  await shop.rows('update instances set paused_until = null where id = $1', [shop.instance.id])
  await until('it failed', async () => (await shop.messagesOf(id))[0]!.state === 'failed')
  assert.equal((await shop.messagesOf(id))[0]!.failure!.reason, 'window_closed')
  assert.deepEqual(textsTo(phone), [])
  assert.deepEqual(await shop.eventsOf(id), ['message.status failed'])
})

test('a number that is down keeps its messages until it is back, for a day at most', async () => {
  const { id } = await shop.newCustomer()
  const set = (status: string) =>
    shop.rows('update instances set status = $2 where id = $1', [shop.instance.id, status])
  await queue(id, 'Um')
  await until('it was sent', async () => (await shop.messagesOf(id))[0]!.state === 'sent')
  await shop.rows(`update instances set paused_until = now() + interval '1 hour' where id = $1`, [
    shop.instance.id,
  ])
  await queue(id, 'Dois')
  await queue(id, 'Três')
  await set('disconnected')
  await shop.rows('update instances set paused_until = null where id = $1', [shop.instance.id])
  await shop.rows(`update messages set created_at = now() - interval '25 hours' where text = 'Dois'`)
  const third = startOutbox({
    database: app.database,
    outside: { ...httpOptions, graph: graphOf(meta) },
    onTrouble: () => {},
  })
  await until('the old one was given up', async () => (await shop.messagesOf(id))[1]!.state === 'failed')
  await third.stop()
  assert.equal((await shop.messagesOf(id))[2]!.state, 'queued')
  await set('connected')
  await until('the other one was sent', async () => (await shop.messagesOf(id))[2]!.state === 'sent')
})
