import assert from 'node:assert/strict'
import { after, test } from 'node:test'
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

const queue = (leadId: number, text: string) =>
  inTransaction(shop.scope, (scope) => queueMessage(scope, { leadId, content: { text } }))
const onlyOf = async (leadId: number) => (await shop.messagesOf(leadId))[0]!
const pause = (until: string) =>
  shop.rows(`update instances set paused_until = ${until} where id = $1`, [shop.instance.id])

test('what the number may not send is refused once, not tried again and again', async () => {
  const { id } = await shop.newCustomer()
  const asked = () => meta.seen.filter(({ method, path }) => method === 'POST' && path.endsWith('/messages'))
  const before = asked().length
  const error = { message: 'Marketing messages are disabled', type: 'OAuthException', code: 131063 }
  for (let n = 0; n < 8; n++) meta.faults.push({ status: 400, body: { error } })
  await queue(id, 'Promoção')
  await until('it failed', async () => (await onlyOf(id)).state === 'failed')
  meta.faults.length = 0
  assert.equal((await onlyOf(id)).failure!.reason, 'marketing_disabled')
  assert.equal(asked().length - before, 1)
})

test('how a message fared does not bury what happened to its lead', async () => {
  const lead = await shop.newCustomer()
  meta.course.statuses = ['sent', 'delivered', 'read']
  await queue(lead.id, 'Oi')
  await until('it was read', async () => (await onlyOf(lead.id)).state === 'read')
  meta.course.statuses = []
  assert.ok((await shop.eventsOf(lead.id)).includes('message.status read'))
  const told = ['message.sent', 'message.received', 'lead.created']
  const { data, meta: page } = (await shop.get(`/leads/${lead.id}/events`)).body
  const typesOf = (events: { type: string }[]) => events.map(({ type }) => type)
  assert.deepEqual([typesOf(data), page.total], [told, told.length])
  const shown = (await shop.get(`/leads/${lead.id}?include=events`)).body.lead
  assert.deepEqual(typesOf(shown.events), told)
})

test('a fault of our own before the send costs no message', async () => {
  const { id } = await shop.newCustomer()
  const [{ secrets }] = (await shop.rows<{ secrets: Buffer }>('select secrets from instances where id = $1', [
    shop.instance.id,
  ])) as [{ secrets: Buffer }]
  await shop.rows(`update instances set secrets = '\\x00' where id = $1`, [shop.instance.id])
  await queue(id, 'Oi')
  await until('it was tried', async () => (await onlyOf(id)).failure !== null)
  assert.equal((await onlyOf(id)).state, 'queued')
  await shop.rows('update instances set secrets = $2 where id = $1', [shop.instance.id, secrets])
  await until('it was sent', async () => (await onlyOf(id)).state === 'sent')
})

test('with its number, what waits to be sent from it is given up', async () => {
  const { id } = await shop.newCustomer()
  await pause(`now() + interval '1 hour'`)
  await queue(id, 'Oi')
  await shop.delete(`/whatsapp/instances/${shop.instance.id}`)
  // A process that begins looks for what is old at once.
  const another = startOutbox({
    database: app.database,
    outside: { ...httpOptions, graph: graphOf(meta) },
    onTrouble: () => {},
  })
  await until('it was given up', async () => (await onlyOf(id)).state === 'failed')
  await another.stop()
  assert.equal((await onlyOf(id)).failure!.reason, 'instance_disconnected')
})
