import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { createNetwork, type Network } from '#platform/network.ts'
import { cloudApi } from '#whatsapp/cloud-api/provider.ts'
import { readTemplate } from '#whatsapp/cloud-api/templates.ts'
import { MediaTooLarge, noMedia } from '#whatsapp/media.ts'
import type { Provider, Sent, Template } from '#whatsapp/provider.ts'
import { fixture, testEach } from '../../../test/whatsapp/fixtures.ts'
import { type Meta, metaToken, startMeta } from '../../../test/whatsapp/meta-simulator.ts'
import { replay, sameShape } from '../../../test/whatsapp/replay.ts'
import { isDescribed, specification } from '../../../test/whatsapp/specification.ts'

let meta: Meta
let network: Network
let provider: Provider
before(async () => {
  meta = await startMeta()
  network = createNetwork({ timeoutMs: 2000, allowPrivate: true })
  provider = cloudApi(meta.settings, network)
})
after(() => Promise.all([meta.close(), network.close()]))

const exchange = (name: string) => fixture(`cloud_api/rest/${name}.json`)
const template = (name: string): Template =>
  readTemplate(
    exchange('templates_list_page1').response.body.data.find((each: Template) => each.name === name),
  )!

/** The simulator takes the documented request, and its answer is shaped like the documented one. */
async function isReplayed(name: string) {
  const { request, response } = exchange(name)
  const answer = await replay(meta.url, request, { '<ACCESS_TOKEN>': metaToken })
  assert.equal(answer.status, response.status, JSON.stringify(answer.body))
  assert.deepEqual(sameShape(answer.body, response.body), [])
}

/** What we send says all that the documented request says. */
async function weSend(name: string, send: () => Promise<unknown>) {
  const { request } = exchange(name)
  await send()
  const { method, path, query, headers, body } = meta.seen.at(-1)!
  const [wantedPath, wantedQuery] = request.path.split('?')
  assert.deepEqual([method, path], [request.method, wantedPath])
  assert.equal(headers.authorization, `Bearer ${metaToken}`)
  for (const [key, value] of new URLSearchParams(wantedQuery)) assert.ok(query.has(key), `${key}=${value}`)
  if (request.body) assert.partialDeepStrictEqual(body, request.body)
}

const text = (address: string, text: string, more = {}) => provider.sendText({ address, text, ...more })

async function both(name: string, send: () => Promise<unknown>) {
  await isReplayed(name)
  await weSend(name, send)
}

testEach('cloud_api/rest/', {
  send_text: () =>
    both('send_text', () => text('5511987654321', 'Oi, Ana! Temos sim.', { reference: 'msg_01jd3v' })),
  send_text_reply: () => {
    const { message_id } = exchange('send_text_reply').request.body.context
    const reply_to = { message_id, from_me: false }
    return both('send_text_reply', () => text('5511987654321', 'Sobre isto:', { reply_to }))
  },
  send_text_br_input_differs_from_wa_id: async () => {
    let sent: Sent | null = null
    await both('send_text_br_input_differs_from_wa_id', async () => {
      sent = await text('+55 51 98765-4321', 'Bom dia, Bruno!')
    })
    assert.partialDeepStrictEqual(sent, { outcome: 'sent', address: '555187654321' })
  },
  send_template_positional: () =>
    both('send_template_positional', () =>
      provider.sendTemplate({
        address: '5511987654321',
        template: template('pedido_enviado'),
        variables: ['Ana', '1234', 'BR123456789'],
      }),
    ),
  send_template_named: async () => {
    await isReplayed('send_template_named')
    const sent = await provider.sendTemplate({
      address: '5511987654321',
      template: template('lembrete_agendamento'),
      variables: { data: '21/11', nome: 'Ana', loja: 'Centro' },
    })
    assert.equal(sent.outcome, 'sent')
    // We give quick replies no payload of their own.
    const { components, ...rest } = exchange('send_template_named').request.body.template
    const wanted = {
      ...rest,
      components: components.filter(({ type }: { type: string }) => type !== 'button'),
    }
    assert.deepEqual(meta.seen.at(-1)!.body.template, wanted)
  },
  send_template_media_header: async () => {
    const link = 'https://cdn.example.com/promo.jpg'
    await both('send_template_media_header', () =>
      provider.sendTemplate({
        address: '5511987654321',
        template: template('promo_inverno'),
        variables: { header_image: link, 1: '30%' },
      }),
    )
  },
  send_interactive_list: () => isReplayed('send_interactive_list'),
  send_image_by_link: () => isReplayed('send_image_by_link'),
  send_document_by_id: () => isReplayed('send_document_by_id'),
  send_reaction: () => isReplayed('send_reaction'),
  mark_as_read: () => {
    const { message_id } = exchange('mark_as_read').request.body
    return both('mark_as_read', () => provider.markRead({ address: '5511987654321', message_id }))
  },
  mark_as_read_with_typing: () => isReplayed('mark_as_read_with_typing'),
  media_get: async () => {
    const id = '1003383421387262'
    meta.files.set(id, { mime_type: 'image/jpeg', text: 'a picture' })
    await isReplayed('media_get')
    const media = { ...noMedia, id }
    const opened = await provider.openMedia(media, 100)
    assert.ok('found' in opened)
    assert.equal(opened.found.mime_type, 'image/jpeg')
    assert.match(opened.found.sha256!, /^[0-9a-f]{64}$/)
    assert.equal(Buffer.concat(await Array.fromAsync(opened.found.bytes)).toString(), 'a picture')
    const [asked, fetched] = meta.seen.slice(-2)
    assert.equal(`${asked!.path}?${asked!.query}`, exchange('media_get').request.path)
    assert.equal(fetched!.headers.authorization, `Bearer ${metaToken}`)
    const small = await provider.openMedia(media, 4)
    assert.ok('found' in small)
    await assert.rejects(Array.fromAsync(small.found.bytes), MediaTooLarge)
  },
  subscribed_apps_post: () =>
    both('subscribed_apps_post', () => provider.connect('https://crm.example.com/hook')),
  templates_list_page1: async () => {
    // One more than fits on the fixture's page, and so many that our own pages are several.
    const [first] = meta.templates
    for (let n = meta.templates.length; n < 230; n++) meta.templates.push({ ...first, name: `outro_${n}` })
    await isReplayed('templates_list_page1')
    const before = meta.seen.length
    const listed = await provider.listTemplates()
    assert.equal(meta.seen.length - before, 3)
    assert.ok('found' in listed)
    assert.deepEqual(
      listed.found.map(({ name }) => name),
      meta.templates.map(({ name }) => name),
    )
    assert.deepEqual(
      listed.found.slice(0, 6).map(({ variables_count, status }) => [variables_count, status]),
      [
        [3, 'APPROVED'],
        [3, 'APPROVED'],
        [2, 'APPROVED'],
        [0, 'PAUSED'],
        [1, 'REJECTED'],
        [0, 'PENDING'],
      ],
    )
    const { path, query } = meta.seen.at(-1)!
    assert.equal(path, exchange('templates_list_page1').request.path.split('?')[0])
    assert.equal(
      query.get('fields'),
      new URLSearchParams(exchange('templates_list_page1').request.path.split('?')[1]).get('fields'),
    )
  },
  template_create: () => isReplayed('template_create'),
})

test('media is never asked of a place that is not Meta’s', async () => {
  meta.files.set('555', { mime_type: 'image/jpeg', text: 'x' })
  const strict = cloudApi({ ...meta.settings, media_origins: ['https://lookaside.fbsbx.com'] }, network)
  const before = meta.seen.length
  const opened = await strict.openMedia({ ...noMedia, id: '555' }, 100)
  assert.ok('failure' in opened && opened.failure.reason === 'media_unreadable')
  assert.equal(meta.seen.length, before + 1)
  const nothing = await strict.openMedia(noMedia, 100)
  assert.ok('failure' in nothing)
})

test('whoever shows only a username is written to by that id', async () => {
  assert.equal((await text('BR.1122334455667788', 'Olá!')).outcome, 'sent')
  const { to, recipient } = meta.accepted.at(-1)!.body
  assert.deepEqual([to, recipient], [undefined, 'BR.1122334455667788'])
})

test('the version, and where the API is, can be set', async () => {
  const other = cloudApi({ ...meta.settings, base_url: `${meta.url}/`, version: 'v26.0' }, network)
  await other.sendText({ address: '5511987654321', text: 'Oi' })
  assert.match(meta.seen.at(-1)!.path, /^\/v26\.0\/\d+\/messages$/)
})

test('every request fits Meta’s specification', {
  skip: !isDescribed && 'the specifications are not here',
}, () => {
  const complaints = specification('cloud_api')
  const ours = meta.seen.filter(({ path }) => path.startsWith('/v2'))
  assert.ok(ours.length > 20)
  for (const { method, path, body } of ours) assert.deepEqual(complaints(method, path, body), [])
  assert.notDeepEqual(complaints('POST', '/v25.0/1/messages', { type: 'text' }), [])
  assert.notDeepEqual(complaints('POST', '/v25.0/1/letters', {}), [])
})
