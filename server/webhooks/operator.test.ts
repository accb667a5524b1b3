import assert from 'node:assert/strict'
import { test } from 'node:test'
import { explainQueue } from '#webhooks/queue.ts'
import { deliveriesOf, subscribe } from '../../test/deliveries.ts'
import { startProcess } from '../../test/delivery-processes.ts'
import { freshDatabase, newAccount } from '../../test/harness.ts'
import { startReceiver, status, until } from '../../test/receiver.ts'

const fresh = await freshDatabase()

test('the operator sees what waits and why, and a new worker takes over from a dead one at once', {
  timeout: 300_000,
}, async () => {
  const { url, database } = fresh
  const receiver = await startReceiver()
  const api = await startProcess(url, 'api')
  const worker = await startProcess(url, 'worker')
  try {
    const acme = await newAccount(api.url(), database)
    const explained = async () => (await explainQueue(database.db)).map(({ ok, what }) => `${ok} ${what}`)
    assert.deepEqual(await explained(), ['true Webhooks: nothing waits.'])

    // While the receiver holds sixteen of them, the worker dies.
    const { id } = await subscribe(acme, receiver.url('/slow'))
    receiver.behave('/slow', () => {})
    for (let n = 0; n < 20; n++) await acme.post('/leads', { name: `Lead ${n}` })
    await receiver.until('/slow', 16)
    await worker.kill()
    await until(
      async () => (await explained())[0]!.includes('no worker runs'),
      30_000,
      () => 'the dead worker is still counted',
    )
    const [stuck] = await explained()
    assert.equal(
      stuck,
      'false Webhooks: 20 deliveries are due, and no worker runs. Start one: bin/funil serve --role worker',
    )
    const depth = /funil_webhook_queue\{state="due"\} 20\n/
    assert.match(await (await fetch(`${api.url()}/metrics`)).text(), depth)

    receiver.behave('/slow', status(200))
    await worker.restart()
    const began = Date.now()
    await receiver.until('/slow', 36, 40_000)
    assert.ok(Date.now() - began < 10_000, 'it waited for the dead one')
    await until(
      async () => (await deliveriesOf(acme, id, '?status=delivered')).length === 20,
      30_000,
      () => 'not everything was delivered',
    )
    const { id: dead } = await subscribe(acme, 'http://127.0.0.1:9/dead')
    await acme.post('/leads', { name: 'Perdido' })
    await until(
      async () => (await explained()).length === 2,
      30_000,
      () => 'no failure is told',
    )
    const metrics = await (await fetch(`${worker.url()}/metrics`)).text()
    assert.match(metrics, /funil_webhook_attempts_total 2[1-9]\n/)
    assert.match(metrics, /funil_webhook_failures_total [1-9]\n/)
    assert.match(metrics, /funil_webhook_queue\{state="later"\} 1\n/)
    assert.match(metrics, /funil_webhook_oldest_undelivered_seconds [\d.]+\n/)
    const found = await explained()
    assert.match(found[0]!, /^true Webhooks: 0 due now, 1 wait for their next attempt\.$/)
    const { account } = acme
    assert.equal(
      found[1],
      `true Webhook ${dead} of account ${account.id}: 1 failures in a row; the last: The connection was refused.`,
    )
    await acme.put(`/webhooks/${dead}`, { is_active: false })
    assert.match((await explained())[1]!, /1 wait for subscriptions that are switched off/)
  } finally {
    await api.kill()
    await worker.kill()
    await receiver.close()
  }
})
