import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { createOutbound } from '#platform/outbound.ts'
import { letTimePass, settled, startDelivering, subscribe } from '../../test/deliveries.ts'
import { startProcess } from '../../test/delivery-processes.ts'
import { type Received, status, until } from '../../test/receiver.ts'

const { app, receiver, stop, troubles } = await startDelivering()
after(stop)

// Begun first, because it takes its time.
const hanging = postIntoTheVoid()

async function postIntoTheVoid() {
  receiver.behave('/void', () => {})
  const outbound = createOutbound({ allowPrivate: true })
  const began = Date.now()
  const error = await outbound.post(receiver.url('/void'), {}, '{}').catch((thrown: unknown) => thrown)
  await outbound.close()
  return { error, took: Date.now() - began }
}

const slowly =
  (longestMs: number, code = 200) =>
  (response: Parameters<ReturnType<typeof status>>[0]) =>
    setTimeout(() => response.writeHead(code).end(), Math.random() * longestMs)

/** Each lead's events, as they came. */
const byLead = (received: Received[]) =>
  Map.groupBy(received, ({ body }) => (body.data as unknown as { lead: { id: number } }).lead.id)

async function writeALot(client: Awaited<ReturnType<typeof app.newAccount>>, leads: number, updates: number) {
  await Promise.all(
    Array.from({ length: leads }, async (_, n) => {
      const { lead } = (await client.post('/leads', { name: `Lead ${n}` })).body
      for (let m = 0; m < updates; m++) await client.put(`/leads/${lead.id}`, { value: m + 1 })
    }),
  )
  return leads * (updates + 1)
}

const isInOrder = (received: Received[]) =>
  received.every(({ body }, n) => n === 0 || body.id > received[n - 1]!.body.id)

test('one lead’s events come in order and one at a time; those of many leads come side by side', async () => {
  const acme = await app.newAccount()
  await subscribe(acme, receiver.url('/ordered'), { events: ['lead.created', 'lead.updated'] })
  let [now, most] = [0, 0]
  const busy = new Set<number>()
  receiver.behave('/ordered', (response, { body }) => {
    const lead = (body.data as unknown as { lead: { id: number } }).lead.id
    assert.equal(busy.has(lead), false)
    busy.add(lead)
    most = Math.max(most, ++now)
    setTimeout(() => {
      now--
      busy.delete(lead)
      response.writeHead(200).end()
    }, Math.random() * 20)
  })
  const all = await writeALot(acme, 20, 5)
  const received = await receiver.until('/ordered', all, 40_000)
  assert.equal(received.length, all)
  for (const events of byLead(received).values()) assert.ok(isInOrder(events))
  assert.ok(most > 1 && most <= 16, `${most} at once`)
})

test('a receiver that hangs or is dead delays nobody else’s', async () => {
  const acme = await app.newAccount()
  receiver.behave('/hangs', () => {})
  await subscribe(acme, receiver.url('/hangs'))
  await subscribe(acme, 'http://127.0.0.1:9/dead')
  await subscribe(acme, receiver.url('/quick'))
  const waits: number[] = []
  receiver.behave('/quick', (response, { body, at }) => {
    waits.push(at - Date.parse(body.occurred_at as string))
    response.writeHead(200).end()
  })
  for (let n = 0; n < 60; n++) await acme.post('/leads', { name: `Lead ${n}` })
  await receiver.until('/quick', 60)
  const median = waits.toSorted((a, b) => a - b)[30]!
  assert.ok(median < 500, `the median took ${median} ms`)
  assert.ok(receiver.at('/hangs').length <= 16)
})

test('an event that failed waits; the lead’s next ones go on', async () => {
  const acme = await app.newAccount()
  const { id } = await subscribe(acme, receiver.url('/stumbles'), {
    events: ['lead.created', 'lead.updated'],
  })
  receiver.behave('/stumbles', (response, { body }) =>
    response.writeHead(body.event === 'lead.created' ? 500 : 200).end(),
  )
  const { lead } = (await acme.post('/leads', { name: 'Ana' })).body
  await receiver.until('/stumbles', 1)
  await acme.put(`/leads/${lead.id}`, { value: 5 })
  await settled(
    acme,
    id,
    ([newest, oldest]) => newest?.status === 'delivered' && oldest?.status === 'pending',
  )
  receiver.behave('/stumbles', status(200))
  await letTimePass(app.database, id)
  await settled(acme, id, (all) => all.every((each) => each.status === 'delivered'))
})

test('several workers share the work, and make no delivery twice', { timeout: 300_000 }, async () => {
  const acme = await app.newAccount()
  const workers = await Promise.all([1, 2].map(() => startProcess(app.databaseUrl, 'worker')))
  const paths = ['/a', '/b', '/c', '/d', '/e', '/f']
  for (const path of paths) {
    receiver.behave(path, slowly(5))
    await subscribe(acme, receiver.url(path), { events: ['lead.created', 'lead.updated'] })
  }
  const all = await writeALot(acme, 20, 4)
  for (const path of paths) {
    const received = await receiver.until(path, all, 40_000)
    assert.equal(new Set(received.map(({ headers }) => headers['webhook-id'])).size, all)
  }
  await until(
    async () => {
      const { rows } = await app.database.pool.query(
        `select count(*) filter (where status = 'delivered') as done,
           count(*) filter (where jsonb_array_length(attempts) > 1) as twice
         from webhook_deliveries where account_id = $1`,
        [acme.account.id],
      )
      assert.equal(rows[0].twice, 0)
      return rows[0].done === all * paths.length
    },
    30_000,
    () => 'not everything was written down',
  )
  for (const path of paths) assert.equal(receiver.at(path).length, all, path)
  await Promise.all(workers.map((worker) => worker.kill()))
})

test('what is too big says where the whole of it is', async () => {
  const acme = await app.newAccount()
  await subscribe(acme, receiver.url('/big'))
  const notes = 'ã'.repeat(15_000)
  const { lead } = (await acme.post('/leads', { name: 'Grande', notes })).body
  const [{ body, raw }] = (await receiver.until('/big', 1)) as [Received]
  assert.ok(Buffer.byteLength(raw) < 20_000)
  assert.deepEqual([body.truncated, body.data], [true, { lead: { id: lead.id } }])
  const { data } = (await acme.get((body.url as string).replace('http://localhost/api/v1', ''))).body
  assert.equal(data[0].id, body.id)
  assert.equal(data[0].data.lead.notes, notes)
})

test('a test event goes to this webhook alone, whatever it wants to hear of', async () => {
  const acme = await app.newAccount()
  const { id } = await subscribe(acme, receiver.url('/tested'))
  await subscribe(acme, receiver.url('/untested'))
  const { delivery } = (await acme.post(`/webhooks/${id}/test`)).body
  assert.equal(delivery.event, 'webhook.test')
  const [{ body }] = (await receiver.until('/tested', 1)) as [Received]
  assert.deepEqual(body.data as unknown, { webhook: { id, target_url: receiver.url('/tested') } })
  await settled(acme, id, ([each]) => each?.status === 'delivered')
  assert.equal(receiver.at('/untested').length, 0)
})

test('without an answer in fifteen seconds it is a failure', { timeout: 90_000 }, async () => {
  const { error, took } = await hanging
  assert.match(String(error), /timeout/i)
  assert.ok(took >= 14_900 && took < 25_000, `${took} ms`)
})

test('nothing unexpected happened meanwhile', () => assert.deepEqual(troubles, []))
