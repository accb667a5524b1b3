import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { startOutbox } from '#whatsapp/outbox/worker.ts'
import { clientOf, httpOptions, startApp, testSecret } from '../../../test/harness.ts'
import { startServers } from '../../../test/servers.ts'
import { newShop } from '../../../test/whatsapp/customers.ts'
import { startMeta } from '../../../test/whatsapp/meta-simulator.ts'
import { graphOf } from '../../../test/whatsapp/numbers.ts'
import { until } from '../../../test/whatsapp/until.ts'

const meta = await startMeta()
after(() => meta.close())
const app = await startApp({ workers: true, graph: graphOf(meta) })
meta.hooks.url = `${app.url}/hooks/whatsapp/cloud`
const shop = await newShop(app, meta)
Object.assign(process.env, {
  FUNIL_SECRET: testSecret,
  FUNIL_GRAPH_URL: meta.url,
  FUNIL_ALLOW_PRIVATE_PROVIDERS: '1',
})
const servers = await startServers(app.databaseUrl, 1)
after(servers.stop)

test('killed between the send and its answer, nothing is sent again, and a repeated request is told so', async () => {
  const { id, phone } = await shop.newCustomer()
  const before = meta.accepted.length
  meta.faults.push('taken_then_hang')
  const key = { 'idempotency-key': 'killed' }
  const [body, path] = [{ message: 'Oi' }, `/leads/${id}/send-whatsapp`]
  const lost = clientOf(servers.url(0), shop.key).post(path, body, key)
  const outcome = assert.rejects(lost)
  await until('Meta took it', async () => meta.accepted.length > before)
  await servers.killAndRestart(0)
  await outcome

  assert.equal((await shop.send(id, body, key)).status, 409, 'it may still be at it')
  // A minute passes.
  await shop.rows(
    `update messages set sending_since = sending_since - interval '61 seconds' where sending_since is not null`,
  )
  await shop.rows(
    `update idempotency_keys set pending_until = now() - interval '1 second' where pending_until is not null`,
  )
  const replayed = await shop.send(id, body, key)
  assert.deepEqual(
    [replayed.status, replayed.body.message.state, replayed.body.message.failure.reason],
    [200, 'unknown', 'no_answer'],
  )
  const successor = startOutbox({
    database: app.database,
    outside: { ...httpOptions, graph: graphOf(meta) },
    onTrouble: () => {},
  })
  await until('it was given up', async () => (await shop.messagesOf(id))[0]!.state === 'unknown')
  await successor.stop()
  assert.deepEqual(await shop.eventsOf(id), ['message.status unknown'])
  meta.tellStatus(meta.accepted.at(-1)!.id, 'delivered')
  await until('its status was heard', async () => (await shop.messagesOf(id))[0]!.state === 'delivered')
  assert.equal(meta.accepted.filter(({ to }) => to === phone).length, 1)
})

test('a status that comes before the answer is not taken back by it', async () => {
  const { id } = await shop.newCustomer()
  const before = meta.accepted.length
  meta.faults.push('taken_then_hang')
  const answer = shop.send(id, { message: 'Oi' })
  await until('Meta took it', async () => meta.accepted.length > before)
  meta.tellStatus(meta.accepted.at(-1)!.id, 'read')
  await until('it was read', async () => (await shop.messagesOf(id))[0]!.state === 'read')
  // The answer never comes: the time-out is written after the status.
  const { status, body } = await answer
  assert.deepEqual([status, body.message.state, body.message.failure], [200, 'read', null])
  assert.deepEqual(await shop.eventsOf(id), ['message.sent read', 'message.status read'])
})
