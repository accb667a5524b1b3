import assert from 'node:assert/strict'
import { readMetaWebhook } from '#whatsapp/cloud-api/webhook.ts'
import type { Content, Message } from '#whatsapp/provider.ts'
import { fixtureBytes, testEach } from '../../../test/whatsapp/fixtures.ts'

const read = (name: string) => readMetaWebhook(fixtureBytes(`cloud_api/inbound/${name}.json`))

function only(name: string) {
  const happenings = read(name)
  assert.equal(happenings.length, 1)
  const [happening] = happenings
  assert.equal(happening!.number, '106540352242922')
  assert.equal(happening!.business, '102290129340398')
  return happening!
}

function message(name: string): Message {
  const happening = only(name)
  assert.equal(happening.happening, 'message')
  assert.ok(happening.at && happening.at.getUTCFullYear() === 2026)
  return (happening as { message: Message }).message
}

const content = <K extends Content['kind']>(name: string, kind: K) => {
  const read = message(name).content
  assert.equal(read.kind, kind)
  return read as Extract<Content, { kind: K }>
}

const ana = {
  address: '5511987654321',
  phone: '+5511987654321',
  name: 'Ana Souza',
  username: null,
  identities: [
    { kind: 'phone', value: '+5511987654321' },
    { kind: 'wa_id', value: '5511987654321' },
    { kind: 'bsuid', value: 'BR.1306909301512063' },
  ],
}
const ours = 'wamid.HBgNNTUxMTk4NzY1NDMyMRUCABEYFEUzMEMwQTQyQUY2Mzc0Nzg5QzExAA=='
const nothing = { reply_to: null, is_forwarded: false, ad: null }

testEach('cloud_api/inbound/', {
  text: () => {
    assert.deepEqual(message('text'), {
      id: 'wamid.HBgNNTUxMTk4NzY1NDMyMRUCABIYFEEwOUE2OThDQzY3NTZFRDRGMzZCAA==',
      person: ana,
      content: { kind: 'text', text: 'Oi! Vocês têm o tênis preto 42? 🙂' },
      ...nothing,
    })
    assert.deepEqual(only('text').at, new Date(1795179600_000))
  },
  text_br_without_9th_digit: () => {
    const { person } = message('text_br_without_9th_digit')
    assert.equal(person.address, '555187654321')
    assert.equal(person.phone, '+5551987654321')
  },
  text_reply_with_context: () => assert.equal(message('text_reply_with_context').reply_to, ours),
  text_ctwa_referral: () =>
    assert.deepEqual(message('text_ctwa_referral').ad, {
      source_type: 'ad',
      source_id: '120226305854810726',
      source_url: 'https://fb.me/3cr4Wqqkv',
      headline: 'Fale com a gente',
      body: 'Tênis com 30% off',
      click_id: 'Aff-n8ZTODiE79d22KtAwQKj9e',
    }),
  text_username_no_phone: () =>
    assert.deepEqual(message('text_username_no_phone').person, {
      address: 'BR.1122334455667788',
      phone: null,
      name: 'Carla Dias',
      username: 'carla.dias',
      identities: [{ kind: 'bsuid', value: 'BR.1122334455667788' }],
    }),
  image: () => {
    const { media, caption } = content('image', 'image')
    assert.equal(caption, 'É esse aqui')
    assert.equal(media.id, '1003383421387262')
    assert.equal(media.mime_type, 'image/jpeg')
    assert.equal(media.sha256, 'e7f6c011776e8db7cd330b54174fd76f7d0216b612387a5ffcfb81e6f0919683')
  },
  audio_voice: () => {
    const { media } = content('audio_voice', 'audio')
    assert.equal(media.mime_type, 'audio/ogg')
    assert.equal(media.is_voice, true)
  },
  video: () => assert.equal(content('video', 'video').caption, 'Olha como ficou'),
  document: () => {
    const { media, caption } = content('document', 'document')
    assert.equal(media.filename, 'Orçamento nº 12.pdf')
    assert.equal(caption, 'Segue')
  },
  location: () =>
    assert.deepEqual(content('location', 'location'), {
      kind: 'location',
      latitude: -23.561414,
      longitude: -46.655881,
      name: 'MASP',
      address: 'Av. Paulista, 1578 - São Paulo',
      url: 'https://example.com/masp',
    }),
  location_pin_only: () => {
    const { latitude, name, address, url } = content('location_pin_only', 'location')
    assert.deepEqual([latitude, name, address, url], [-23.5, null, null, null])
  },
  contacts: () =>
    assert.deepEqual(content('contacts', 'contacts').contacts, [
      {
        name: 'João Pereira',
        phones: ['+55 21 99888-7766'],
        whatsapp: ['5521998887766'],
        emails: ['joao@example.com'],
        company: 'Exemplo Ltda',
      },
    ]),
  reaction: () => {
    const { message_id, emoji } = content('reaction', 'reaction')
    assert.deepEqual([message_id, emoji], [ours, '👍'])
  },
  reaction_removed: () => assert.equal(content('reaction_removed', 'reaction').emoji, null),
  button_template_quick_reply: () => {
    const { of, id, title } = content('button_template_quick_reply', 'button_reply')
    assert.deepEqual([of, id, title], ['template', 'confirmar:pedido:1234', 'Confirmar'])
    assert.ok(message('button_template_quick_reply').reply_to)
  },
  interactive_list_reply: () => {
    const { id, title, description } = content('interactive_list_reply', 'list_reply')
    assert.deepEqual([id, title, description], ['horario:10h', '10:00', 'Sexta, 21/11'])
  },
  interactive_nfm_reply: () => {
    const { name, values } = content('interactive_nfm_reply', 'form_reply')
    assert.deepEqual([name, values], ['flow', { flow_token: 'tok-1', nome: 'Ana' }])
  },
  order: () =>
    assert.deepEqual(content('order', 'order'), {
      kind: 'order',
      catalog_id: '194836987003835',
      text: 'Pode entregar hoje?',
      items: [{ product: 'sku-42', quantity: 1, price: 299.9, currency: 'BRL' }],
    }),
  unsupported_unavailable_131060: () => {
    const { failure } = content('unsupported_unavailable_131060', 'unsupported')
    assert.deepEqual([failure?.reason, failure?.code], ['message_unavailable', 131060])
  },
  unknown_future_type: () => {
    const { what, raw } = content('unknown_future_type', 'unknown')
    assert.equal(what, 'hologram')
    assert.deepEqual((raw as { hologram: unknown }).hologram, { x: 1 })
    assert.deepEqual(message('unknown_future_type').person, ana)
  },
  system_user_changed_number: () => {
    const changed = only('system_user_changed_number')
    assert.ok(changed.happening === 'identity_changed')
    assert.deepEqual(changed.was.identities, ana.identities)
    assert.equal(changed.is.phone, '+5511912340000')
    assert.ok(changed.is.identities.some(({ value }) => value === 'BR.5566778899001122'))
  },
  duplicate_of_text: () => assert.deepEqual(only('duplicate_of_text'), only('text')),
  value_level_error: () => {
    const error = only('value_level_error')
    assert.ok(error.happening === 'channel_error')
    assert.deepEqual([error.failure.reason, error.failure.scope], ['number_limited', 'number'])
  },
})
