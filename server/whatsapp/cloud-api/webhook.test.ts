import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readMetaWebhook } from '#whatsapp/cloud-api/webhook.ts'
import { opensWindow } from '#whatsapp/provider.ts'

const metadata = { display_phone_number: '551140001234', phone_number_id: '1065' }
const readAll = (...changes: object[]) =>
  readMetaWebhook(Buffer.from(JSON.stringify({ entry: [{ id: '1022', changes }] })))
const readValue = (value: object, field = 'messages') => readAll({ field, value: { metadata, ...value } })
const written = {
  from: '5511987654321',
  id: 'wamid.1',
  timestamp: '1795179600',
  type: 'text',
  text: { body: 'Oi' },
}

test('one delivery may tell of many things, each for its own person and in its order', () => {
  const people = Array.from({ length: 500 }, (_, n) => String(5511900000000 + n))
  const contacts = people.map((wa_id) => ({ wa_id, profile: { name: `Cliente ${wa_id}` } }))
  const messages = people.map((from) => ({ ...written, from, id: `wamid.${from}` })).reverse()
  const statuses = people.map((id) => ({ id, status: 'read', timestamp: '1795179600', recipient_id: id }))
  const told = readValue({ contacts, messages, statuses })
  assert.equal(told.length, 1000)
  assert.equal(new Set(told.map(({ key }) => key)).size, 1000)
  const [first] = told
  assert.partialDeepStrictEqual(first, {
    happening: 'message',
    number: '1065',
    business: '1022',
    message: { person: { phone: '+5511900000499', name: 'Cliente 5511900000499' } },
  })
})

test('what our own people type on the phone is an echo, to the customer', () => {
  const echo = {
    from: '551140001234',
    to: '555187654321',
    id: 'wamid.2',
    timestamp: 1795179600,
    type: 'text',
  }
  const [told] = readValue({ message_echoes: [{ ...echo, text: { body: 'Já vai' } }] }, 'smb_message_echoes')
  assert.partialDeepStrictEqual(told, {
    happening: 'echo',
    source: 'phone',
    key: 'message:wamid.2',
    message: { content: { text: 'Já vai' }, person: { address: '555187654321', phone: '+5551987654321' } },
  })
})

test('edits and deletions say which message they are about, and whose it was', () => {
  const edit = { original_message_id: 'wamid.1', message: { type: 'text', text: { body: 'Olá' } } }
  const revoke = { original_message_id: 'wamid.1' }
  const [edited, revoked] = readValue({
    messages: [
      { ...written, id: 'wamid.3', type: 'edit', edit },
      { ...written, id: 'wamid.4', type: 'revoke', revoke },
    ],
  })
  assert.partialDeepStrictEqual(edited, {
    happening: 'edit',
    message_id: 'wamid.1',
    from_me: false,
    content: { kind: 'text', text: 'Olá' },
  })
  assert.partialDeepStrictEqual(revoked, { happening: 'revoke', message_id: 'wamid.1', from_me: false })
  const [ours] = readValue({ message_echoes: [{ ...written, type: 'revoke', revoke }] }, 'smb_message_echoes')
  assert.partialDeepStrictEqual(ours, { happening: 'revoke', from_me: true })
})

test('a sender whose other id stands where the phone should be is known by it', () => {
  const [told] = readValue({ messages: [{ ...written, from: 'BR.1306909301512063' }] })
  assert.partialDeepStrictEqual(told, {
    message: {
      person: {
        address: 'BR.1306909301512063',
        phone: null,
        identities: [{ kind: 'bsuid', value: 'BR.1306909301512063' }],
      },
    },
  })
})

test('groups are counted and left alone', () => {
  const group = { ...written, group_id: 'Y2FwaV9ncm91cDox' }
  const status = { id: 'wamid.9', status: 'read', timestamp: '1795179600', recipient_type: 'group' }
  const told = readValue({ messages: [group], statuses: [status] })
  assert.deepEqual(
    told.map((each) => each.happening === 'ignored' && each.why),
    ['group', 'group'],
  )
})

test('a tap on our own buttons says which, and a forwarded message says so', () => {
  const interactive = { type: 'button_reply', button_reply: { id: 'sim', title: 'Sim' } }
  const [tap, forwarded] = readValue({
    messages: [
      { ...written, type: 'interactive', interactive },
      { ...written, id: 'wamid.5', context: { frequently_forwarded: true } },
    ],
  })
  assert.partialDeepStrictEqual(tap, {
    message: { content: { kind: 'button_reply', of: 'message', id: 'sim', title: 'Sim' } },
  })
  assert.partialDeepStrictEqual(forwarded, { message: { is_forwarded: true, reply_to: null } })
})

test('a change of category that is only announced has not happened yet', () => {
  const template = { message_template_id: 1, message_template_name: 'x', message_template_language: 'pt-BR' }
  const [announced] = readValue(
    { ...template, correct_category: 'MARKETING', new_category: 'UTILITY' },
    'template_category_update',
  )
  assert.equal(announced!.happening, 'unknown')
  const [changed] = readValue({ ...template, new_category: 'MARKETING' }, 'template_category_update')
  assert.partialDeepStrictEqual(changed, { template: { id: '1', language: 'pt_BR' }, category: 'MARKETING' })
})

test('several wishes in one delivery are several things to do', () => {
  const wish = { category: 'marketing_messages', timestamp: 1795180150 }
  const told = readValue(
    {
      user_preferences: [
        { ...wish, wa_id: '5511987654321', value: 'stop' },
        { ...wish, wa_id: '5521987654321', value: 'resume' },
      ],
    },
    'user_preferences',
  )
  assert.deepEqual(
    told.map((each) => each.happening === 'preference' && each.marketing),
    ['stop', 'resume'],
  )
  assert.notEqual(told[0]!.key, told[1]!.key)
})

test('what is not known is kept, with where it came from', () => {
  const told = readAll(
    { field: 'account_alerts', value: { metadata, alert: 1 } },
    { field: 'messages', value: {} },
  )
  assert.deepEqual(
    told.map((each) => each.happening === 'unknown' && [each.what, each.raw]),
    [
      ['account_alerts', { metadata, alert: 1 }],
      ['messages', {}],
    ],
  )
})

test('what a customer says opens the window; a reaction does not', () => {
  assert.equal(opensWindow({ kind: 'text', text: 'Oi' }), true)
  assert.equal(opensWindow({ kind: 'unsupported', what: null, failure: null }), true)
  assert.equal(opensWindow({ kind: 'reaction', message_id: 'x', emoji: '👍' }), false)
})
