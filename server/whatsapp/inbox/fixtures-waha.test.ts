import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { startApp } from '../../../test/harness.ts'
import { fixture, testEach } from '../../../test/whatsapp/fixtures.ts'
import { heard, messagesOf, tell, unread } from '../../../test/whatsapp/heard.ts'
import { wahaNumberOf } from '../../../test/whatsapp/numbers.ts'
import { until } from '../../../test/whatsapp/until.ts'
import { startWaha } from '../../../test/whatsapp/waha-simulator.ts'

const waha = await startWaha()
after(() => waha.close())
const app = await startApp({ workers: true })
const acme = await app.newAccount()
const number = await wahaNumberOf(acme.scope, waha)

const first = '3AA4C123B1612DD272D1'
const ours = '3EB0106FD287DB7F1ADBC6'
const ana = '+5511987654321'

/** What waits for a message that may still come is looked at again at once. */
async function told(name: string) {
  assert.equal(await tell(app, number, fixture(`waha/webhooks/${name}.json`)), 200)
  await heard(app)
}
const hurry = () =>
  until('what waited was given up', async () => {
    await app.database.pool.query(
      '-- test\nupdate whatsapp_hooks set due_at = now() where due_at is not null',
    )
    return (await unread(app)).length === 0
  })
const messageOf = async (id: string) => (await messagesOf(acme)).get(id)
const leads = async () => (await acme.get('/leads?sort=created_at')).body.data

const means = (name: string, id: string, kind: string, text: string | null) => async () => {
  await told(name)
  const message = await messageOf(id)
  assert.deepEqual([message.kind, message.text, message.direction], [kind, text, 'in'])
}
const becomes = (name: string, state: string) => async () => {
  await told(name)
  assert.equal((await messageOf(ours)).state, state)
}
const reactions = (name: string, expected: object[]) => async () => {
  await told(name)
  assert.deepEqual((await messageOf(ours)).reactions, expected)
}
const connection = (name: string, status: string) => async () => {
  await told(name)
  assert.equal((await acme.get(`/whatsapp/instances/${number.id}`)).body.instance.status, status)
}

testEach('waha/webhooks/', {
  async message_text_noweb_cus() {
    await told('message_text_noweb_cus')
    const [lead] = await leads()
    assert.deepEqual([lead.phone, lead.source], [ana, 'whatsapp'])
    assert.equal((await messageOf(first)).lead_id, lead.id)
  },
  async message_text_noweb_lid() {
    await told('message_text_noweb_lid')
    assert.equal((await leads())[1].phone, '+5551987654321')
  },
  async message_text_gows_lid() {
    await told('message_text_gows_lid')
    assert.equal((await leads()).length, 2)
  },
  message_text_webjs: means('message_text_webjs', '3AF506B40928B5B7A767', 'text', 'Olá'),
  async message_reply() {
    await told('message_reply')
    assert.equal((await messageOf('3A0FB23C6F5DA2CEC255')).reply_to, '3EB0AAAAAAAAAAAAAAAAAA')
  },
  message_image: means('message_image', '3A41BED440E50454F31A', 'image', 'É esse aqui'),
  message_document: means('message_document', '3A732881584D8C4FA281', 'document', 'Segue'),
  message_video: means('message_video', '3A569969E58B081006F7', 'video', null),
  message_sticker: means('message_sticker', '3A791E558E08BAA7196B', 'sticker', null),
  async message_media_error() {
    await told('message_media_error')
    assert.equal((await messageOf('3A624A8940F1F836F99E')).media.state, 'failed')
  },
  message_location: means('message_location', '3AB7FFC050FEC94DBCA3', 'location', 'MASP'),
  message_contact_vcard: means(
    'message_contact_vcard',
    '3A78DA6BD0C621DE49F1',
    'contacts',
    'João Pereira +55 21 99888-7766',
  ),
  async message_status_broadcast() {
    const before = (await acme.get('/conversations')).body.meta.total
    await told('message_status_broadcast')
    assert.equal((await acme.get('/conversations')).body.meta.total, before)
  },
  async message_any_from_me_api() {
    await told('message_any_from_me_api')
    assert.equal(await messageOf(ours), undefined)
    await hurry()
    assert.deepEqual(
      [(await messageOf(ours)).direction, (await messageOf(ours)).author.type],
      ['out', 'system'],
    )
  },
  async message_any_from_me_app() {
    await told('message_any_from_me_app')
    const message = await messageOf('3A04D115CEA325A65E19')
    assert.deepEqual([message.direction, message.state, message.author.type], ['out', 'sent', 'phone'])
  },
  async message_any_inbound_duplicate_of_message() {
    const before = await messagesOf(acme)
    await told('message_any_inbound_duplicate_of_message')
    assert.deepEqual(await messagesOf(acme), before)
  },
  message_ack_1_server: becomes('message_ack_1_server', 'sent'),
  message_ack_2_device: becomes('message_ack_2_device', 'delivered'),
  message_ack_4_played: becomes('message_ack_4_played', 'read'),
  message_ack_minus1_error: becomes('message_ack_minus1_error', 'read'),
  message_ack_lid_chat: becomes('message_ack_lid_chat', 'read'),
  message_reaction: reactions('message_reaction', [{ from: 'contact', emoji: '🙏' }]),
  message_reaction_removed: reactions('message_reaction_removed', []),
  async message_revoked() {
    await told('message_revoked')
    assert.notEqual((await messageOf(first)).revoked_at, null)
  },
  session_status_starting: connection('session_status_starting', 'connecting'),
  session_status_scan_qr: connection('session_status_scan_qr', 'waiting_scan'),
  session_status_working: connection('session_status_working', 'connected'),
  session_status_stopped: connection('session_status_stopped', 'disconnected'),
  session_status_passkey_confirmation: connection('session_status_passkey_confirmation', 'waiting_scan'),
})

test('of all that WAHA documents nothing is left unread', async () => {
  assert.deepEqual(await unread(app), [])
})
