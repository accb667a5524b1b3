import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { startApp } from '../../../test/harness.ts'
import { fixture, testEach } from '../../../test/whatsapp/fixtures.ts'
import { heard, messagesOf, tell, unread } from '../../../test/whatsapp/heard.ts'
import { metaBusiness, metaNumber, startMeta } from '../../../test/whatsapp/meta-simulator.ts'
import { graphOf, metaNumberOf } from '../../../test/whatsapp/numbers.ts'
import { optOutOf } from './opt-outs.ts'

const meta = await startMeta()
after(() => meta.close())
const app = await startApp({ workers: true, graph: graphOf(meta) })
const acme = await app.newAccount()
const number = await metaNumberOf(acme.scope)

const ana = '5511987654321'
const ours = 'wamid.HBgNNTUxMTk4NzY1NDMyMRUCABEYFEUzMEMwQTQyQUY2Mzc0Nzg5QzExAA=='
const template = 'wamid.HBgNNTUxMTk4NzY1NDMyMRUCABEYFEZCMDdFNzI2QTQyNjIxMkU1OTcxAA=='
const toBruno = 'wamid.HBgMNTU1MTg3NjU0MzIxFQIAERgUNEQ4ODdDMjlGQ0QxMDc2M0M0RkYA'

// What the fixtures speak of was written on the phone, before them all.
const echoes = [
  [ours, ana],
  [template, ana],
  [toBruno, '555187654321'],
].map(([id, to]) => ({
  id,
  to,
  from: '551140001234',
  timestamp: '1795179000',
  type: 'text',
  text: { body: 'Oi!' },
}))
const metadata = { display_phone_number: '551140001234', phone_number_id: metaNumber }
const value = { messaging_product: 'whatsapp', metadata, message_echoes: echoes }
await tell(app, number, {
  object: 'whatsapp_business_account',
  entry: [{ id: metaBusiness, changes: [{ field: 'smb_message_echoes', value }] }],
})
await heard(app)
assert.equal((await messagesOf(acme)).size, 3)
assert.equal((await acme.post(`/whatsapp/instances/${number.id}/templates/sync`)).status, 200)

const bodyOf = (name: string) => fixture(`cloud_api/${name}.json`)
const idIn = (name: string) => bodyOf(name).entry[0].changes[0].value.messages[0].id

async function told(name: string) {
  assert.equal(await tell(app, number, bodyOf(name)), 200)
  await heard(app)
  assert.deepEqual(await unread(app), [])
}

const leads = async () => (await acme.get('/leads?sort=created_at')).body.data
const heardMessage = async (name: string) => {
  await told(`inbound/${name}`)
  return (await messagesOf(acme)).get(idIn(`inbound/${name}`))
}
const means = (name: string, kind: string, text: string | null) => async () => {
  const message = await heardMessage(name)
  assert.deepEqual([message.kind, message.text, message.direction], [kind, text, 'in'])
}
const becomes =
  (name: string, id: string, state: string, reason: string | null = null) =>
  async () => {
    await told(`statuses/${name}`)
    const message = (await messagesOf(acme)).get(id)
    assert.deepEqual([message.state, message.failure?.reason ?? null], [state, reason])
  }
const reactions = (name: string, expected: object[]) => async () => {
  await told(`inbound/${name}`)
  assert.deepEqual((await messagesOf(acme)).get(ours).reactions, expected)
}

testEach('cloud_api/inbound/', {
  async text() {
    const message = await heardMessage('text')
    const [lead] = await leads()
    assert.deepEqual([lead.name, lead.phone, lead.source], ['Ana Souza', `+${ana}`, 'whatsapp'])
    assert.deepEqual([message.lead_id, message.text], [lead.id, 'Oi! Vocês têm o tênis preto 42? 🙂'])
  },
  async text_br_without_9th_digit() {
    await heardMessage('text_br_without_9th_digit')
    assert.equal((await leads())[1].phone, '+5551987654321')
  },
  async text_reply_with_context() {
    assert.equal((await heardMessage('text_reply_with_context')).reply_to, ours)
  },
  async text_ctwa_referral() {
    const { ad } = await heardMessage('text_ctwa_referral')
    const [lead] = await leads()
    assert.ok(ad.source_id && ad.click_id)
    assert.deepEqual(
      [lead.utm_source, lead.utm_medium, lead.utm_campaign, lead.utm_content],
      ['meta', 'click_to_whatsapp', ad.headline, ad.source_id],
    )
  },
  async text_username_no_phone() {
    const message = await heardMessage('text_username_no_phone')
    const lead = (await acme.get(`/leads/${message.lead_id}`)).body.lead
    assert.equal(lead.phone, null)
  },
  image: means('image', 'image', fixtureText('image', 'image')),
  audio_voice: means('audio_voice', 'audio', null),
  video: means('video', 'video', fixtureText('video', 'video')),
  document: means('document', 'document', fixtureText('document', 'document')),
  location: means('location', 'location', 'MASP, Av. Paulista, 1578 - São Paulo'),
  location_pin_only: means('location_pin_only', 'location', '-23.5, -46.6'),
  contacts: means('contacts', 'contacts', 'João Pereira +55 21 99888-7766'),
  reaction: reactions('reaction', [{ from: 'contact', emoji: '👍' }]),
  reaction_removed: reactions('reaction_removed', []),
  button_template_quick_reply: means('button_template_quick_reply', 'button_reply', 'Confirmar'),
  interactive_list_reply: means('interactive_list_reply', 'list_reply', '10:00'),
  interactive_nfm_reply: means('interactive_nfm_reply', 'form_reply', 'flow'),
  order: means('order', 'order', 'Pode entregar hoje?'),
  unsupported_unavailable_131060: means('unsupported_unavailable_131060', 'unsupported', null),
  unknown_future_type: means('unknown_future_type', 'unknown', null),
  async system_user_changed_number() {
    const before = await leads()
    await told('inbound/system_user_changed_number')
    const now = await leads()
    assert.equal(now.length, before.length)
    assert.equal(now.find((lead: { id: number }) => lead.id === before[0].id).phone, '+5511912340000')
  },
  async duplicate_of_text() {
    const before = await messagesOf(acme)
    await told('inbound/duplicate_of_text')
    assert.deepEqual(await messagesOf(acme), before)
  },
  async value_level_error() {
    await told('inbound/value_level_error')
    assert.equal((await acme.get(`/whatsapp/instances/${number.id}`)).status, 200)
  },
})

testEach('cloud_api/statuses/', {
  sent: becomes('sent', ours, 'sent'),
  sent_template_priced: becomes('sent_template_priced', template, 'sent'),
  delivered: becomes('delivered', ours, 'delivered'),
  played: becomes('played', ours, 'read'),
  delivered_legacy_without_bsuid: becomes('delivered_legacy_without_bsuid', ours, 'read'),
  sent_br_recipient_id_without_9: becomes('sent_br_recipient_id_without_9', toBruno, 'sent'),
  failed_131047_reengagement: becomes('failed_131047_reengagement', ours, 'read'),
  failed_131026_undeliverable: becomes('failed_131026_undeliverable', toBruno, 'failed', 'undeliverable'),
  failed_131049_ecosystem: becomes('failed_131049_ecosystem', template, 'failed', 'marketing_capped'),
  failed_131053_media_upload: becomes('failed_131053_media_upload', ours, 'read'),
  failed_130472_experiment: becomes('failed_130472_experiment', template, 'failed', 'marketing_capped'),
  out_of_order_read_then_delivered: becomes('out_of_order_read_then_delivered', ours, 'read'),
})

const templateNow = async () => {
  const { data } = (await acme.get('/whatsapp/templates')).body
  return data.find((each: { name: string }) => each.name === 'pedido_enviado')
}
const decides = (name: string, status: string) => async () => {
  await told(`account_webhooks/${name}`)
  assert.equal((await templateNow()).status, status)
}

testEach('cloud_api/account_webhooks/', {
  template_status_approved: decides('template_status_approved', 'APPROVED'),
  template_status_rejected: decides('template_status_rejected', 'REJECTED'),
  template_status_paused: decides('template_status_paused', 'PAUSED'),
  async template_category_update() {
    await told('account_webhooks/template_category_update')
    assert.equal((await templateNow()).category, 'MARKETING')
  },
  phone_number_quality_update: () => told('account_webhooks/phone_number_quality_update'),
  async user_preferences_stop_marketing() {
    await told('account_webhooks/user_preferences_stop_marketing')
    const identities = [{ kind: 'wa_id', value: ana }]
    assert.equal(await optOutOf(acme.scope, { leadId: null, identities }), 'marketing')
  },
})

test('of all that Meta documents nothing is left unread', async () => {
  assert.deepEqual(await unread(app), [])
})

function fixtureText(name: string, type: string): string | null {
  const [message] = bodyOf(`inbound/${name}`).entry[0].changes[0].value.messages
  return message[type].caption ?? message[type].filename ?? null
}
