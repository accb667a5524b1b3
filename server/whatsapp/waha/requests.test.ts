import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { createNetwork, type Network } from '#platform/network.ts'
import { noMedia } from '#whatsapp/media.ts'
import type { Provider, Sent } from '#whatsapp/provider.ts'
import { failureOfAnswer, isAmbiguous } from '#whatsapp/waha/errors.ts'
import { sentId } from '#whatsapp/waha/ids.ts'
import { waha } from '#whatsapp/waha/provider.ts'
import { wahaSession } from '#whatsapp/waha/sessions.ts'
import { fixture, testEach } from '../../../test/whatsapp/fixtures.ts'
import { replay, sameShape } from '../../../test/whatsapp/replay.ts'
import { isDescribed, specification } from '../../../test/whatsapp/specification.ts'
import { startWaha, type Waha, wahaHmacKey, wahaKey } from '../../../test/whatsapp/waha-simulator.ts'

let servers: Record<'NOWEB' | 'GOWS' | 'WEBJS', Waha>
let network: Network
before(async () => {
  servers = {
    NOWEB: await startWaha('NOWEB'),
    GOWS: await startWaha('GOWS'),
    WEBJS: await startWaha('WEBJS'),
  }
  network = createNetwork({ timeoutMs: 2000, allowPrivate: true })
  for (const { people, lids } of Object.values(servers)) {
    people.set('5551987654321', '555187654321@c.us')
    lids.set('185203123456789@lid', '555187654321@c.us')
  }
})
after(() => Promise.all([...Object.values(servers), network].map((each) => each.close())))

type Engine = keyof typeof servers
const exchange = (name: string) => fixture(`waha/rest/${name}.json`)
const provider = (engine: Engine = 'NOWEB'): Provider => waha(servers[engine].settings, network)
const session = () => wahaSession(servers.NOWEB.settings, network)
const ana = '5511987654321@c.us'
const hello = (engine: Engine, more = {}) =>
  provider(engine).sendText({ address: ana, text: 'Temos sim!', ...more })

/** The simulator takes the documented request, and its answer is shaped like the documented one. */
async function isReplayed(name: string, engine: Engine = 'NOWEB') {
  const { request, response } = exchange(name)
  const answer = await replay(servers[engine].url, request, { '<WAHA_API_KEY>': wahaKey })
  assert.equal(answer.status, response.status, JSON.stringify(answer.body))
  // What is inside of an engine's own data is its own affair.
  const { _data, ...documented } = response.body
  assert.deepEqual(sameShape(answer.body, documented), [])
}

/** What we send is the documented request. */
async function weSend<T>(name: string, send: () => Promise<T>, engine: Engine = 'NOWEB'): Promise<T> {
  const { request } = exchange(name)
  const answered = await send()
  const { method, path, query, headers, body } = servers[engine].seen.at(-1)!
  const wanted = new URL(request.path, 'http://localhost')
  assert.deepEqual([method, path], [request.method, decodeURIComponent(wanted.pathname)])
  assert.equal(headers['x-api-key'], wahaKey)
  assert.deepEqual(Object.fromEntries(query), Object.fromEntries(wanted.searchParams))
  if (request.body) assert.partialDeepStrictEqual(body, request.body)
  return answered
}

async function sendOf(name: string, engine: Engine, more = {}) {
  await isReplayed(name, engine)
  const sent = await weSend(name, () => hello(engine, more), engine)
  assert.ok(sent.outcome === 'sent')
  assert.equal(sent.address, ana)
  assert.equal(sent.message_id, servers[engine].accepted.at(-1)!.id)
  assert.match(sentId(exchange(name).response.body)!, /^3EB0[0-9A-F]{18}$/)
  return sent as Extract<Sent, { outcome: 'sent' }>
}

testEach('waha/rest/', {
  send_text_noweb: () => sendOf('send_text_noweb', 'NOWEB').then(() => {}),
  send_text_gows: () => sendOf('send_text_gows', 'GOWS').then(() => {}),
  send_text_webjs: () => sendOf('send_text_webjs', 'WEBJS').then(() => {}),
  send_text_with_pregenerated_id: async () => {
    const { id } = exchange('send_text_with_pregenerated_id').request.body
    const reply_to = { message_id: '3AA4C123B1612DD272D1', from_me: false }
    const sent = await sendOf('send_text_with_pregenerated_id', 'NOWEB', { message_id: id, reply_to })
    assert.equal(sent.message_id, id)
  },
  new_message_id: async () => {
    await isReplayed('new_message_id')
    assert.match((await weSend('new_message_id', () => provider().newMessageId()))!, /^3EB0/)
    const before = servers.WEBJS.seen.length
    assert.equal(await provider('WEBJS').newMessageId(), null)
    assert.equal(servers.WEBJS.seen.length, before)
  },
  send_image_url: () => isReplayed('send_image_url'),
  send_seen: async () => {
    await isReplayed('send_seen')
    const marked = await provider().markRead({ address: ana, message_id: '3AA4C123B1612DD272D1' })
    assert.deepEqual(marked, { found: true })
    assert.deepEqual(servers.NOWEB.seen.at(-1)!.body, { session: 'vendas', chatId: ana })
  },
  start_typing: () => isReplayed('start_typing'),
  stop_typing: () => isReplayed('stop_typing'),
  check_exists_br: async () => {
    await isReplayed('check_exists_br')
    const checked = await weSend('check_exists_br', () => provider().checkNumber('+5551987654321'))
    assert.deepEqual(checked, {
      found: { exists: true, address: '555187654321@c.us', phone: '+5551987654321' },
    })
    const sent = await provider().sendText({ address: '+5551987654321', text: 'Oi' })
    assert.ok(sent.outcome === 'sent' && sent.address === '555187654321@c.us')
  },
  check_exists_no: async () => {
    await isReplayed('check_exists_no')
    const checked = await weSend('check_exists_no', () => provider().checkNumber('+5511900000000'))
    assert.deepEqual(checked, { found: { exists: false, address: null, phone: null } })
    const before = servers.NOWEB.accepted.length
    const sent = await provider().sendText({ address: '+5511900000000', text: 'Oi' })
    assert.ok(sent.outcome === 'failed' && sent.failure.reason === 'not_on_whatsapp')
    assert.equal(servers.NOWEB.accepted.length, before)
  },
  check_exists_lid: async () => {
    servers.GOWS.people.set('5551987654321', '185203123456789@lid')
    await isReplayed('check_exists_lid', 'GOWS')
    const checked = await weSend(
      'check_exists_lid',
      () => provider('GOWS').checkNumber('+5551987654321'),
      'GOWS',
    )
    assert.deepEqual(checked, {
      found: { exists: true, address: '185203123456789@lid', phone: '+5551987654321' },
    })
  },
  lid_to_pn_unknown: async () => {
    await isReplayed('lid_to_pn_unknown')
    const unknown = () => provider().phoneBehind('185203123456000@lid')
    assert.deepEqual(await weSend('lid_to_pn_unknown', unknown), { found: null })
    assert.deepEqual(await provider().phoneBehind('185203123456789@lid'), { found: '+5551987654321' })
    assert.deepEqual(await provider().phoneBehind(ana), { found: '+5511987654321' })
  },
  session_create: async () => {
    servers.NOWEB.session.exists = false
    await isReplayed('session_create')
    servers.NOWEB.session.exists = false
    assert.deepEqual(await session().connect('https://crm.example.com/hooks/whatsapp/waha/1'), {
      found: true,
    })
    const { body } = servers.NOWEB.seen.at(-1)!
    const { config } = exchange('session_create').request.body
    const [hook] = config.webhooks
    assert.deepEqual(body.config.ignore, config.ignore)
    assert.deepEqual(body.config.noweb, config.noweb)
    assert.deepEqual(body.config.webhooks[0].events, hook.events)
    assert.deepEqual(body.config.webhooks[0].retries, hook.retries)
    assert.deepEqual(body.config.webhooks[0].hmac, { key: wahaHmacKey })
    // Once more, while it is there.
    assert.deepEqual(await session().connect('https://crm.example.com/hooks/whatsapp/waha/1'), {
      found: true,
    })
    const again = servers.NOWEB.seen.slice(-3).map(({ method, path }) => `${method} ${path}`)
    assert.deepEqual(again, [
      'POST /api/sessions',
      'PUT /api/sessions/vendas',
      'POST /api/sessions/vendas/start',
    ])
    servers.NOWEB.session.status = 'WORKING'
  },
  session_get_working: async () => {
    await isReplayed('session_get_working')
    const state = await weSend('session_get_working', () => provider().instanceState())
    assert.deepEqual(state, {
      found: { status: 'connected', phone: '+551140001234', display_name: 'Loja Exemplo', detail: 'WORKING' },
    })
  },
  qr_json: () => isReplayed('qr_json'),
  qr_raw: async () => {
    await isReplayed('qr_raw')
    assert.deepEqual(await weSend('qr_raw', () => session().qrCode()), { found: '2@abcDEF==,xyz' })
  },
})

const refusals: Record<string, [string, string, boolean]> = {
  '401_unauthorized': ['token_invalid', 'stop-channel', false],
  '422_session_not_working': ['instance_disconnected', 'wait', false],
  '422_session_missing': ['instance_disconnected', 'wait', false],
  '400_validation': ['invalid_request', 'bug', false],
  '500_463_reachout_timelock': ['cold_contacts_limited', 'stop-channel', false],
  '500_generic': ['provider_unavailable', 'retry', true],
}

testEach(
  'waha/errors/',
  Object.fromEntries(
    Object.entries(refusals).map(([name, expected]) => [
      name,
      async () => {
        const { status, body } = fixture(`waha/errors/${name}.json`)
        const failure = failureOfAnswer(status, body)
        assert.deepEqual([failure.reason, failure.action, isAmbiguous(status, body)], expected)
        // Neither the customer's message nor the server's files.
        assert.doesNotMatch(JSON.stringify(failure), /Temos sim|"stack"/)
        servers.NOWEB.faults.push({ status, body })
        const sent = await hello('NOWEB', { message_id: '3EB0A1B2C3D4E5F6A7B8C9' })
        assert.doesNotMatch(JSON.stringify(sent), /Temos sim|"stack"/)
        if (isAmbiguous(status, body))
          assert.partialDeepStrictEqual(sent, { outcome: 'unknown', message_id: '3EB0A1B2C3D4E5F6A7B8C9' })
        else assert.partialDeepStrictEqual(sent, { outcome: 'failed', failure: { reason: failure.reason } })
      },
    ]),
  ),
)

test('what an engine cannot do is known from what it says', () => {
  const said = { statusCode: 422, message: 'The method is not implemented by the engine.' }
  assert.equal(failureOfAnswer(422, said).reason, 'not_implemented')
  assert.equal(
    failureOfAnswer(404, { error: { code: 404, key: 'FILE_NOT_FOUND' } }).reason,
    'media_unreadable',
  )
  assert.equal(failureOfAnswer(404, '<html>').reason, 'instance_disconnected')
})

test('ids in answers are found wherever an engine puts them', () => {
  assert.equal(sentId({ id: { id: '3EB0A' } }), '3EB0A')
  assert.equal(sentId({ id: '3EB0A' }), '3EB0A')
  assert.equal(sentId({ id: { _serialized: 'true_1@c.us_3EB0A' } }), '3EB0A')
  assert.equal(sentId(''), null)
  assert.equal(sentId({}), null)
})

test('files are fetched from WAHA with the key, whatever address it gives', async () => {
  servers.NOWEB.files.set('false_1@c.us_3A.jpeg', {
    mime_type: 'image/jpeg; charset=binary',
    text: 'a picture',
  })
  const url = 'http://waha:3000/api/files/vendas/false_1@c.us_3A.jpeg'
  const opened = await provider().openMedia({ ...noMedia, url }, 100)
  assert.ok('found' in opened)
  assert.equal(opened.found.mime_type, 'image/jpeg')
  assert.equal(Buffer.concat(await Array.fromAsync(opened.found.bytes)).toString(), 'a picture')
  const gone = await provider().openMedia({ ...noMedia, url: url.replace('3A', '3B') }, 100)
  assert.ok('failure' in gone && gone.failure.reason === 'media_unreadable')
  const elsewhere = await provider().openMedia({ ...noMedia, url: 'http://169.254.169.254/latest' }, 100)
  assert.ok('failure' in elsewhere && elsewhere.failure.reason === 'media_unreadable')
})

test('a number that was let go says so', async () => {
  assert.deepEqual(await session().disconnect(), { found: true })
  assert.partialDeepStrictEqual(await provider().instanceState(), { found: { status: 'disconnected' } })
  const sent = await hello('NOWEB')
  assert.ok(sent.outcome === 'failed' && sent.failure.reason === 'instance_disconnected')
  assert.deepEqual(await session().restart(), { found: true })
  servers.NOWEB.session.exists = false
  assert.partialDeepStrictEqual(await provider().instanceState(), {
    failure: { reason: 'instance_disconnected' },
  })
})

test('every request fits WAHA’s specification', {
  skip: !isDescribed && 'the specifications are not here',
}, () => {
  const complaints = specification('waha')
  const all = Object.values(servers).flatMap(({ seen }) => seen)
  const ours = all.filter(({ path }) => !path.startsWith('/api/files/'))
  assert.ok(ours.length > 30)
  for (const { method, path, body } of ours) assert.deepEqual(complaints(method, path, body), [], path)
  assert.notDeepEqual(complaints('POST', '/api/sendText', { session: 'vendas' }), [])
  assert.notDeepEqual(complaints('POST', '/api/sendLetter', {}), [])
})
