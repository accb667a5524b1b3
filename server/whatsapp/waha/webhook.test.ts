import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { readMetaWebhook } from '#whatsapp/cloud-api/webhook.ts'
import type { Content, Message } from '#whatsapp/provider.ts'
import { readMessageId } from '#whatsapp/waha/ids.ts'
import { fileAddress } from '#whatsapp/waha/media.ts'
import { readWahaWebhook } from '#whatsapp/waha/webhook.ts'
import { fixture, fixtureBytes, manifest, testEach } from '../../../test/whatsapp/fixtures.ts'

function read(name: string) {
  const happenings = readWahaWebhook(fixtureBytes(`waha/webhooks/${name}.json`))
  assert.equal(happenings.length, 1)
  assert.equal(happenings[0]!.number, 'vendas')
  assert.ok(happenings[0]!.at)
  return happenings[0]!
}

function message(name: string): Message {
  const happening = read(name)
  assert.equal(happening.happening, 'message')
  return (happening as { message: Message }).message
}

const content = <K extends Content['kind']>(name: string, kind: K) => {
  const { content } = message(name)
  assert.equal(content.kind, kind)
  return content as Extract<Content, { kind: K }>
}

const says = (name: string, expected: object) => () => assert.partialDeepStrictEqual(read(name), expected)
const ack = (name: string, expected: object) =>
  says(name, { happening: 'status', change: { message_id: '3EB0106FD287DB7F1ADBC6', ...expected } })
const state = (name: string, status: string, detail: string) =>
  says(name, { happening: 'instance_state', state: { status, detail } })

testEach('waha/webhooks/', {
  message_text_noweb_cus: () =>
    assert.deepEqual(message('message_text_noweb_cus'), {
      id: '3AA4C123B1612DD272D1',
      person: {
        address: '5511987654321@c.us',
        phone: '+5511987654321',
        name: 'Ana Souza',
        username: null,
        identities: [
          { kind: 'phone', value: '+5511987654321' },
          { kind: 'chat_id', value: '5511987654321@c.us' },
        ],
      },
      content: { kind: 'text', text: 'Oi! Vocês têm o tênis preto 42? 🙂' },
      reply_to: null,
      is_forwarded: false,
      ad: null,
    }),
  message_text_noweb_lid: () => {
    const { address, phone, identities } = message('message_text_noweb_lid').person
    assert.deepEqual([address, phone], ['185203123456789@lid', '+5551987654321'])
    assert.ok(identities.some(({ kind }) => kind === 'lid'))
  },
  message_text_gows_lid: () => {
    const { address, phone, name } = message('message_text_gows_lid').person
    assert.deepEqual([address, phone, name], ['185203123456789@lid', '+5551987654321', 'Bruno Lima'])
  },
  message_text_webjs: () => {
    const { id, person } = message('message_text_webjs')
    assert.deepEqual(
      [id, person.address, person.name],
      ['3AF506B40928B5B7A767', '5511987654321@c.us', 'Ana Souza'],
    )
  },
  message_reply: () => assert.equal(message('message_reply').reply_to, '3EB0AAAAAAAAAAAAAAAAAA'),
  message_image: () => {
    const { media, caption } = content('message_image', 'image')
    assert.deepEqual([media.mime_type, caption, media.problem], ['image/jpeg', 'É esse aqui', null])
    assert.equal(
      fileAddress('https://waha.example.com/', media.url!),
      'https://waha.example.com/api/files/vendas/false_5511987654321@c.us_3A41BED440E50454F31A.jpeg',
    )
  },
  message_document: () =>
    assert.equal(content('message_document', 'document').media.filename, 'Orçamento nº 12.pdf'),
  message_video: () => assert.equal(content('message_video', 'video').media.mime_type, 'video/mp4'),
  message_sticker: () => assert.equal(content('message_sticker', 'sticker').caption, null),
  message_media_error: () => {
    const { media } = content('message_media_error', 'document')
    assert.deepEqual([media.url, media.problem], [null, 'download failed'])
  },
  message_location: () => {
    const { latitude, longitude, name } = content('message_location', 'location')
    assert.deepEqual([latitude, longitude, name], [-23.561414, -46.655881, 'MASP'])
  },
  message_contact_vcard: () =>
    assert.deepEqual(content('message_contact_vcard', 'contacts').contacts, [
      {
        name: 'João Pereira',
        phones: ['+55 21 99888-7766'],
        whatsapp: ['5521998887766'],
        emails: [],
        company: null,
      },
    ]),
  message_status_broadcast: says('message_status_broadcast', { happening: 'ignored', why: 'story' }),
  message_any_from_me_api: says('message_any_from_me_api', {
    happening: 'echo',
    source: 'api',
    message: { id: '3EB0106FD287DB7F1ADBC6', person: { address: '5511987654321@c.us', name: null } },
  }),
  message_any_from_me_app: says('message_any_from_me_app', {
    happening: 'echo',
    source: 'phone',
    message: { content: { text: 'Respondi pelo celular' }, person: { phone: '+5511987654321' } },
  }),
  message_any_inbound_duplicate_of_message: () =>
    assert.deepEqual(read('message_any_inbound_duplicate_of_message'), read('message_text_noweb_cus')),
  message_ack_1_server: ack('message_ack_1_server', { status: 'sent' }),
  message_ack_2_device: ack('message_ack_2_device', { status: 'delivered', is_played: false }),
  message_ack_4_played: ack('message_ack_4_played', { status: 'read', is_played: true }),
  message_ack_minus1_error: ack('message_ack_minus1_error', {
    status: 'failed',
    failure: { reason: 'provider_error', retryable: false },
  }),
  message_ack_lid_chat: ack('message_ack_lid_chat', { status: 'read' }),
  message_reaction: () => {
    const { message_id, emoji } = content('message_reaction', 'reaction')
    assert.deepEqual([message_id, emoji], ['3EB0106FD287DB7F1ADBC6', '🙏'])
    assert.equal(read('message_reaction').at!.getTime(), 1795179670_853)
  },
  message_reaction_removed: () => assert.equal(content('message_reaction_removed', 'reaction').emoji, null),
  message_revoked: says('message_revoked', {
    happening: 'revoke',
    message_id: '3AA4C123B1612DD272D1',
    from_me: false,
    person: { phone: '+5511987654321' },
  }),
  session_status_starting: state('session_status_starting', 'connecting', 'STARTING'),
  session_status_scan_qr: state('session_status_scan_qr', 'waiting_scan', 'SCAN_QR_CODE'),
  session_status_working: says('session_status_working', {
    state: { status: 'connected', phone: '+551140001234', display_name: 'Loja Exemplo' },
  }),
  session_status_stopped: state('session_status_stopped', 'disconnected', 'STOPPED'),
  session_status_passkey_confirmation: says('session_status_passkey_confirmation', {
    state: { status: 'waiting_scan' },
    pairing_code: '12345678',
  }),
})

/** An event like one of the fixtures, but for what is said here. */
function like(name: string, event: string, payload: object) {
  const base = fixture(`waha/webhooks/${name}.json`)
  const changed = { ...base, event, payload: { ...base.payload, ...payload } }
  return readWahaWebhook(Buffer.from(JSON.stringify(changed)))[0]!
}

test('groups, channels and lists are counted, and nobody’s conversation', () => {
  const ids = { group: '12036304@g.us', channel: '12036304@newsletter', broadcast_list: '169@broadcast' }
  for (const [why, chat] of Object.entries(ids))
    for (const event of ['message', 'message.any', 'message.edited', 'message.reaction'])
      assert.partialDeepStrictEqual(
        like('message_text_webjs', event, {
          id: `false_${chat}_3AF5_5511987654321@c.us`,
          editedMessageId: '3AF5',
          reaction: { text: '👍', messageId: '3AF5' },
        }),
        { happening: 'ignored', why },
      )
  assert.partialDeepStrictEqual(like('message_ack_1_server', 'message.ack.group', {}), {
    happening: 'ignored',
  })
})

test('what our own phone reads is no delivery, and what waits is not sent', () => {
  const own = like('message_ack_lid_chat', 'message.ack', { id: 'false_1@lid_3AF5', fromMe: false })
  assert.partialDeepStrictEqual(own, { happening: 'ignored', why: 'our_own_reading' })
  const waiting = like('message_ack_1_server', 'message.ack', { ack: 0 })
  assert.partialDeepStrictEqual(waiting, { happening: 'ignored', why: 'not_sent_yet' })
  assert.equal(like('message_ack_1_server', 'message.ack', { ack: 9 }).happening, 'unknown')
  // Where an engine leaves out whose message it was, the id knows.
  const read = like('message_ack_1_server', 'message.ack', { fromMe: null, ack: 3 })
  assert.partialDeepStrictEqual(read, { happening: 'status', change: { status: 'read' } })
})

test('an edit says which message is now what', () => {
  const edit = like('message_text_webjs', 'message.edited', { editedMessageId: '3AF5', body: 'Olá!' })
  assert.partialDeepStrictEqual(edit, {
    happening: 'edit',
    message_id: '3AF5',
    from_me: false,
    content: { kind: 'text', text: 'Olá!' },
  })
})

test('an id names its message by its last part, whatever the chat', () => {
  assert.deepEqual(readMessageId('true_185203123456789@lid_3EB0'), {
    fromMe: true,
    chat: '185203123456789@lid',
    raw: '3EB0',
  })
  assert.equal(readMessageId('false_12036304@g.us_3EB0_5511987654321@c.us').raw, '3EB0')
  assert.equal(readMessageId('true_5511987654321:7@s.whatsapp.net_3EB0').chat, '5511987654321@c.us')
  assert.deepEqual(readMessageId('3EB0'), { fromMe: null, chat: null, raw: '3EB0' })
})

test('files are asked of WAHA alone, wherever it says they are', () => {
  assert.equal(
    fileAddress('http://waha:3000/sub', 'http://evil.example/api/files/s/x.jpg'),
    'http://waha:3000/sub/api/files/s/x.jpg',
  )
  assert.equal(fileAddress('http://waha:3000', 'http://waha:3000/api/sessions'), null)
  assert.equal(fileAddress('http://waha:3000', 'nonsense'), null)
})

test('whatever arrives is read without a throw, and says the same twice', () => {
  const bodies = manifest.filter(({ kind }) => kind === 'webhook').map(({ file }) => fixture(file))
  const odd = fc.oneof(fc.jsonValue(), fc.constantFrom('', 0, -1, null, [], {}, '__proto__', 'constructor'))
  const strange = fc
    .tuple(fc.constantFrom(...bodies), fc.nat(), odd)
    .map(([body, at, value]) => replacedAt(structuredClone(body), at, value))
  fc.assert(
    fc.property(fc.oneof(strange, odd), (body) => {
      const raw = Buffer.from(JSON.stringify(body) ?? '')
      for (const readOne of [readMetaWebhook, readWahaWebhook]) {
        const happenings = readOne(raw)
        assert.ok(happenings.every(({ key }) => key.length > 0))
        assert.deepEqual(readOne(raw), happenings)
      }
    }),
    { numRuns: 2000 },
  )
  for (const raw of ['', '{', '\xff', '[]', 'null', '{"entry":[{"changes":[null]}]}']) {
    assert.doesNotThrow(() => [readMetaWebhook(Buffer.from(raw)), readWahaWebhook(Buffer.from(raw))])
  }
})

/** The same body with one of its inner values, counted through, replaced. */
function replacedAt(body: object, at: number, value: unknown) {
  const places: [Record<string, unknown>, string][] = []
  const visit = (node: unknown) => {
    if (typeof node !== 'object' || node === null) return
    for (const key of Object.keys(node)) {
      places.push([node as Record<string, unknown>, key])
      visit((node as Record<string, unknown>)[key])
    }
  }
  visit(body)
  const [node, key] = places[at % places.length]!
  node[key] = value
  return body
}
