import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, test } from 'node:test'
import { createOutbound } from '#platform/outbound.ts'
import { makeCalls } from '#sequences/engine/calls.ts'
import { startApp } from '../../test/harness.ts'
import { openOffice } from '../../test/sequences/office.ts'

const app = await startApp()
const heard: { id: string | undefined; body: { data: { lead: { id: number } } } }[] = []
let status = 200
const receiver = createServer(async (asked, answer) => {
  const body = JSON.parse((await asked.toArray()).join(''))
  heard.push({ id: asked.headers['webhook-id'] as string, body })
  answer.writeHead(status).end()
}).listen(0, '127.0.0.1')
await once(receiver, 'listening')
const outbound = createOutbound({ allowPrivate: true })
after(async () => {
  receiver.close()
  await outbound.close()
})
const url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/aqui`

test('a webhook step calls from the background, again under the same id when it failed, and says how it went', async () => {
  const office = await openOffice(app)
  const { id } = await office.newLead()
  const call = (time: string) => makeCalls(app.database.db, outbound, new Date(time))
  await office.start(
    await office.newSequence([
      { type: 'webhook', url },
      { type: 'add_tag', tag: 'fim' },
    ]),
    id,
  )
  assert.deepEqual(await office.story(id), ['step_1 waiting calling', 'step_2 done'])
  status = 503
  assert.equal(await call('2026-03-02T12:00:00Z'), 1)
  assert.equal(await call('2026-03-02T12:00:59Z'), 0)
  status = 200
  assert.equal(await call('2026-03-02T12:01:00Z'), 1)
  assert.equal(await call('2026-03-09T12:00:00Z'), 0)
  assert.deepEqual([heard.length, heard[0]!.id === heard[1]!.id, heard[0]!.body.data.lead.id], [2, true, id])
  assert.ok((await office.story(id)).includes('step_1 done'))
})

test('a receiver that never answers is given up, and the run’s history says so', async () => {
  const office = await openOffice(app)
  const { id } = await office.newLead()
  await office.start(await office.newSequence([{ type: 'webhook', url }]), id)
  status = 500
  let time = Date.parse('2026-03-02T12:00:00Z')
  for (let day = 0; day < 10; day++, time += 25 * 3_600_000) {
    await makeCalls(app.database.db, outbound, new Date(time))
  }
  assert.deepEqual(await office.story(id), ['step_1 failed HTTP 500'])
})
