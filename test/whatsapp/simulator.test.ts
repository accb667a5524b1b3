import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, test } from 'node:test'
import { createNetwork } from '#platform/network.ts'
import { cloudApi } from '#whatsapp/cloud-api/provider.ts'
import type { Happening } from '#whatsapp/provider.ts'
import { waha } from '#whatsapp/waha/provider.ts'
import { fixture } from './fixtures.ts'
import { startMeta } from './meta-simulator.ts'
import { startReceiver } from './receiver.ts'
import { sameShape } from './replay.ts'
import { startWaha } from './waha-simulator.ts'

const network = createNetwork({ timeoutMs: 2000, allowPrivate: true })
after(() => network.close())

async function withMeta() {
  const [meta, receiver] = [await startMeta(), await startReceiver()]
  after(() => Promise.all([meta.close(), receiver.close()]))
  meta.hooks.url = receiver.url
  return { meta, receiver, provider: cloudApi(meta.settings, network) }
}

const states = (happenings: Happening[]) =>
  happenings.flatMap((each) => (each.happening === 'status' ? each.change.status : []))

test('what becomes of a message is told by itself, twice or backwards where it is set so', async () => {
  const { meta, receiver, provider } = await withMeta()
  meta.course.statuses = ['sent', 'delivered', 'read']
  Object.assign(meta.delivering, { copies: 2, isReordered: true })
  const sent = await provider.sendText({ address: '5511987654321', text: 'Oi', reference: 'message-7' })
  await meta.settled()
  const told = receiver.delivered.flatMap(({ raw }) => provider.readWebhook(raw))
  assert.deepEqual(states(told), ['read', 'delivered', 'sent', 'read', 'delivered', 'sent'])
  assert.equal(new Set(told.map(({ key }) => key)).size, 3)
  for (const each of told)
    assert.partialDeepStrictEqual(each, {
      change: { reference: 'message-7', message_id: sent.outcome === 'sent' && sent.message_id },
    })
})

test('a closed window is told late, after the message was accepted', async () => {
  const { meta, receiver, provider } = await withMeta()
  meta.course.statuses = [131047]
  assert.equal((await provider.sendText({ address: '5511987654321', text: 'Oi' })).outcome, 'sent')
  await meta.settled()
  const [told] = receiver.delivered.flatMap(({ raw }) => provider.readWebhook(raw))
  assert.partialDeepStrictEqual(told, { change: { status: 'failed', failure: { reason: 'window_closed' } } })
})

test('who does not take a delivery is told again, so often and no more', async () => {
  const answers = [500, 503, 200]
  let asked = 0
  const server = createServer((request, response) => {
    request.resume()
    response.writeHead(answers[asked++] ?? 500).end()
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  after(() => server.close())
  const { meta } = await withMeta()
  meta.hooks.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  meta.delivering.retries = 3
  meta.receive('5511987654321', { type: 'text', text: { body: 'Oi' } })
  await meta.settled()
  assert.equal(asked, 3)
  meta.receive('5511987654321', { type: 'text', text: { body: 'Oi' } })
  await meta.settled()
  assert.equal(asked, 7)
})

test('Meta refuses what the documentation refuses', async () => {
  const { meta, provider } = await withMeta()
  const codeOf = async (change: object) => {
    const body = {
      messaging_product: 'whatsapp',
      to: '+5511987654321',
      type: 'text',
      text: { body: 'Oi' },
      ...change,
    }
    const answer = await fetch(`${meta.url}/v25.0/106540352242922/messages`, {
      method: 'POST',
      headers: { authorization: `Bearer ${meta.settings.token}` },
      body: JSON.stringify(body),
    })
    return ((await answer.json()) as { error: { code: number } }).error?.code
  }
  const template = (name: string, body: object[]) => ({
    type: 'template',
    template: { name, language: { code: 'pt_BR' }, components: [{ type: 'body', parameters: body }] },
  })
  const text = (text: string) => ({ type: 'text', text })
  assert.equal(await codeOf({}), undefined)
  assert.equal(await codeOf({ to: '5511987654321' }), 100)
  assert.equal(await codeOf({ text: { body: 'x'.repeat(4097) } }), 100)
  assert.equal(await codeOf(template('nenhum', [text('a')])), 132001)
  assert.equal(await codeOf(template('promo_verao', [text('a')])), 132015)
  assert.equal(await codeOf(template('pedido_enviado', [text('a')])), 132000)
  assert.equal(await codeOf(template('pedido_enviado', [text('a'), text('b\nc')])), 132018)
  assert.equal(meta.accepted.length, 1)
  const wrong = cloudApi({ ...meta.settings, token: 'another' }, network)
  assert.partialDeepStrictEqual(await wrong.instanceState(), { failure: { reason: 'token_invalid' } })
  assert.ok('found' in (await provider.instanceState()))
})

test('the webhooks of the simulators are shaped like the documented ones', async () => {
  const { meta, receiver, provider } = await withMeta()
  const inbound = fixture('cloud_api/inbound/text.json')
  meta.receive('5511987654321', { type: 'text', text: { body: 'Oi' } })
  await meta.settled()
  assert.deepEqual(sameShape(JSON.parse(String(receiver.delivered[0]!.raw)), inbound), [])
  meta.course.statuses = ['delivered', 131026]
  await provider.sendText({ address: '5511987654321', text: 'Oi' })
  await meta.settled()
  const [delivered, failed] = receiver.delivered.slice(1).map(({ raw }) => JSON.parse(String(raw)))
  assert.deepEqual(
    sameShape(delivered, fixture('cloud_api/statuses/delivered_legacy_without_bsuid.json')),
    [],
  )
  assert.deepEqual(sameShape(failed, fixture('cloud_api/statuses/failed_131026_undeliverable.json')), [])

  const server = await startWaha('NOWEB')
  after(() => server.close())
  server.hooks.url = receiver.url
  server.course.acks = [1]
  const from = receiver.delivered.length
  server.receive('5511987654321@c.us', { body: 'Oi' })
  await server.settled()
  await waha(server.settings, network).sendText({ address: '5511987654321@c.us', text: 'Oi' })
  await server.settled()
  server.setStatus('SCAN_QR_CODE')
  await server.settled()
  const told = receiver.delivered.slice(from).map(({ raw }) => JSON.parse(String(raw)))
  const like = [
    'message_text_noweb_cus',
    'message_any_from_me_app',
    'message_ack_1_server',
    'session_status_scan_qr',
  ]
  for (const [at, name] of like.entries()) {
    const { metadata: _, ...documented } = fixture(`waha/webhooks/${name}.json`)
    // An engine's insides, and what is null here and something there.
    const loose = sameShape(told[at], documented).filter(
      (line) => !/_data|\.ack|statuses|jid|is null|platform|worker/.test(line),
    )
    assert.deepEqual(loose, [], name)
  }
})

test('a private address is not called unless the operator allows it', async () => {
  const { meta } = await withMeta()
  const careful = createNetwork({ timeoutMs: 2000 })
  const sent = await cloudApi(meta.settings, careful).sendText({ address: '5511987654321', text: 'Oi' })
  await careful.close()
  assert.partialDeepStrictEqual(sent, { outcome: 'failed', failure: { reason: 'provider_unreachable' } })
  assert.equal(meta.seen.length, 0)
})
