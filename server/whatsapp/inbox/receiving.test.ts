import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { verifyTokenOf } from '#whatsapp/inbox/handshake.ts'
import { startApp, testSecret } from '../../../test/harness.ts'
import { heard, messagesOf, tell, unread } from '../../../test/whatsapp/heard.ts'
import { startMeta } from '../../../test/whatsapp/meta-simulator.ts'
import { graphOf, metaNumberOf } from '../../../test/whatsapp/numbers.ts'
import { until } from '../../../test/whatsapp/until.ts'
import { inbound, writes } from '../../../test/whatsapp/written.ts'

const meta = await startMeta()
after(() => meta.close())
const app = await startApp({ workers: true, graph: graphOf(meta) })
type Account = Awaited<ReturnType<typeof app.newAccount>>
let numbers = 0

async function open(made: Parameters<typeof app.newAccount>[0] = {}) {
  const acme = await app.newAccount(made)
  const number = await metaNumberOf(acme.scope, { number: `10${++numbers}`, business: `20${numbers}` })
  const told = async (...bodies: object[]) => {
    const statuses = await Promise.all(bodies.map((body) => tell(app, number, body)))
    await heard(app)
    return statuses
  }
  return { acme, number, told }
}
const leadsOf = async ({ get }: Account) => (await get('/leads?sort=created_at')).body.data
const conversationsOf = async ({ get }: Account) => (await get('/conversations')).body.data
const eventsOf = async ({ get }: Account) =>
  (await get('/events')).body.data.map(({ type }: { type: string }) => type)

test('who writes first becomes a lead, with what it wrote, and everybody is told once', async () => {
  const { acme, number, told } = await open()
  const hook = writes(number, '5511987654321', 'Oi', { name: 'Ana Souza' })
  await told(hook, hook, hook)
  const [lead, ...others] = await leadsOf(acme)
  assert.equal(others.length, 0)
  assert.deepEqual([lead.name, lead.phone, lead.source], ['Ana Souza', '+5511987654321', 'whatsapp'])
  const [conversation] = await conversationsOf(acme)
  assert.deepEqual([conversation.lead_id, conversation.unread_count], [lead.id, 1])
  assert.deepEqual([conversation.last_message.text, conversation.window.is_open], ['Oi', true])
  assert.deepEqual(await eventsOf(acme), ['lead.created', 'message.received'])
  assert.deepEqual(await unread(app), [])
})

test('a lead is found by its phone in either form, and keeps its name', async () => {
  const { acme, number, told } = await open()
  const { lead } = (await acme.post('/leads', { name: 'Bruno da Loja', phone: '(51) 98765-4321' })).body
  await told(writes(number, '555187654321', 'Bom dia', { name: 'bruno 🙂' }))
  const [conversation] = await conversationsOf(acme)
  assert.equal(conversation.lead_id, lead.id)
  assert.equal((await leadsOf(acme)).length, 1)
  assert.equal((await acme.get(`/leads/${lead.id}`)).body.lead.name, 'Bruno da Loja')
})

test('many first messages of one person at two numbers make one lead, and one conversation at each', async () => {
  const { acme, number, told } = await open()
  const second = await metaNumberOf(acme.scope, { number: '90001', business: '90002', isPrimary: false })
  const hooks = Array.from({ length: 8 }, (_, n) => writes(number, '5511911112222', `Oi ${n}`))
  await Promise.all([
    told(...hooks),
    ...Array.from({ length: 8 }, (_, n) => tell(app, second, writes(second, '5511911112222', `Olá ${n}`))),
  ])
  await heard(app)
  assert.equal((await leadsOf(acme)).length, 1)
  assert.equal((await conversationsOf(acme)).length, 2)
  assert.equal((await messagesOf(acme)).size, 16)
})

test('beyond the plan, or where nobody is taken up, what they write is kept all the same', async () => {
  const { acme, number, told } = await open()
  await app.database.pool.query(
    `-- test\nupdate accounts set whatsapp = '{"takes_up_leads":false}' where id = $1`,
    [acme.account.id],
  )
  await told(writes(number, '5511933334444', 'Alguém aí?'))
  const [conversation] = await conversationsOf(acme)
  assert.deepEqual([conversation.lead_id, conversation.unread_count], [null, 1])
  assert.equal((await leadsOf(acme)).length, 0)
  assert.deepEqual(await eventsOf(acme), ['message.received'])
  const { lead } = (await acme.post('/leads', { name: 'Carla', phone: '+5511933334444' })).body
  await told(writes(number, '5511933334444', 'Oi?'))
  const [now, ...more] = await conversationsOf(acme)
  assert.deepEqual([now.id, now.lead_id, more.length], [conversation.id, lead.id, 0])
})

test('a demanded field keeps no customer out', async () => {
  const { acme, number, told } = await open()
  await acme.post('/custom-fields', { name: 'cpf', label: 'CPF', field_type: 'text', is_required: true })
  await told(writes(number, '5511955556666', 'Oi'))
  assert.equal((await leadsOf(acme)).length, 1)
})

test('what comes late stands where it belongs, and shortens no window', async () => {
  const { acme, number, told } = await open()
  const seconds = Math.floor(Date.now() / 1000)
  await told(writes(number, '5511977778888', 'segunda', { at: seconds - 60 }))
  await told(writes(number, '5511977778888', 'primeira', { at: seconds - 3600 }))
  const [conversation] = await conversationsOf(acme)
  assert.equal(conversation.last_message.text, 'segunda')
  const closing = new Date((seconds - 60 + 86_400) * 1000).toISOString()
  assert.equal(conversation.window.open_until, closing)
  const { data } = (await acme.get(`/conversations/${conversation.id}/messages`)).body
  assert.deepEqual(
    data.map(({ text }: { text: string }) => text),
    ['segunda', 'primeira'],
  )
})

test('edits, reactions and deletions wait for their message, and the last of each stands', async () => {
  const { acme, number, told } = await open()
  const [at, from] = [Math.floor(Date.now() / 1000) - 100, '5511966667777']
  const message = inbound(from, { type: 'text', text: { body: 'R$ 10' } }, { at })
  const { id } = message
  const about = (fields: object, later: number) =>
    writes(number, from, null, { message: inbound(from, fields, { at: at + later }) })
  const edit = (body: string) => ({
    type: 'edit',
    edit: { original_message_id: id, message: { type: 'text', text: { body } } },
  })
  const react = (emoji?: string) => ({
    type: 'reaction',
    reaction: { message_id: id, ...(emoji ? { emoji } : {}) },
  })
  await told(about(edit('R$ 30'), 3), about(react('🙏'), 4))
  assert.equal((await messagesOf(acme)).size, 0)
  await told(writes(number, from, null, { message }))
  await told(about(edit('R$ 20'), 2), about(react('👍'), 1))
  await app.database.pool.query('-- test\nupdate whatsapp_hooks set due_at = now() where due_at is not null')
  await until('what waited was read again', async () => (await unread(app)).length === 0)
  await told(about(edit('R$ 15'), 1), about(react('😡'), 2))
  const shown = (await messagesOf(acme)).get(id)
  assert.equal(shown.text, 'R$ 30')
  assert.deepEqual(shown.reactions, [{ from: 'contact', emoji: '🙏' }])
  await told(about(react(), 5), about({ type: 'revoke', revoke: { original_message_id: id } }, 6))
  const last = (await messagesOf(acme)).get(id)
  assert.deepEqual([last.reactions, last.revoked_at !== null], [[], true])
  assert.deepEqual(await unread(app), [])
})

test('a word opts out of everything, another one in again, and both are told', async () => {
  const { acme, number, told } = await open()
  const from = '5511944445555'
  await told(writes(number, from, 'Não quero parar'))
  const [lead] = await leadsOf(acme)
  const optedOut = async () => (await acme.get(`/leads/${lead.id}/whatsapp-check`)).body.opted_out
  assert.equal(await optedOut(), null)
  await told(writes(number, from, '  PARAR! '))
  assert.equal(await optedOut(), 'all')
  const refused = await acme.post(`/leads/${lead.id}/send-whatsapp`, { message: 'Promoção!' })
  assert.deepEqual([refused.status, refused.body.skip_reason], [422, 'opted_out'])
  await told(writes(number, from, 'Voltar'))
  assert.equal(await optedOut(), null)
  const events = (await eventsOf(acme)).filter((type: string) => type.startsWith('lead.opted'))
  assert.deepEqual(events, ['lead.opted_out', 'lead.opted_in'])
})

test('nothing unsigned is kept, and one account’s secret opens no other account’s number', async () => {
  const { acme, number } = await open()
  const other = await app.newAccount()
  await metaNumberOf(other.scope, {
    number: number.number_key,
    business: number.business_key!,
    appSecret: 'another',
  })
  const hook = writes(number, '5511900001111', 'Oi')
  assert.equal(await tell(app, number, hook, {}), 404)
  assert.equal(await tell(app, number, hook, { 'x-hub-signature-256': `sha256=${'0'.repeat(64)}` }), 404)
  assert.equal(
    await tell(app, number, writes({ ...number, number_key: 'nobody' }, '5511900001111', 'Oi')),
    404,
  )
  assert.equal(await tell(app, number, Buffer.from('no json')), 404)
  assert.equal(await tell(app, number, hook), 200)
  await heard(app)
  assert.equal((await conversationsOf(acme)).length, 1)
  assert.equal((await conversationsOf(other)).length, 0)
})

test('people note an opt-out too; it holds for the person when the lead is gone', async () => {
  const { acme, number, told } = await open()
  const from = '5511922223333'
  await told(writes(number, from, 'Oi'))
  const [lead] = await leadsOf(acme)
  const noted = await acme.put(`/leads/${lead.id}/opt-out`, { reach: 'marketing' })
  assert.deepEqual([noted.status, noted.body.opted_out], [200, 'marketing'])
  assert.equal((await acme.put(`/leads/${lead.id}/opt-out`)).body.opted_out, 'all')
  await acme.delete(`/leads/${lead.id}`)
  await told(writes(number, from, 'Oi de novo'))
  const [again] = await leadsOf(acme)
  assert.equal((await acme.get(`/leads/${again.id}/whatsapp-check`)).body.opted_out, 'all')
  const back = await acme.delete(`/leads/${again.id}/opt-out`)
  assert.deepEqual([back.status, back.body.opted_out], [200, null])
  assert.equal((await acme.put('/leads/999999/opt-out')).status, 404)
})

test('Meta’s question is answered for who knows the word, and to nobody else', async () => {
  const token = verifyTokenOf(testSecret, 7)
  const ask = (word: string, mode = 'subscribe') =>
    fetch(
      `${app.url}/hooks/whatsapp/cloud?hub.mode=${mode}&hub.challenge=1158201444&hub.verify_token=${word}`,
    )
  const answer = await ask(token)
  assert.deepEqual([answer.status, await answer.text()], [200, '1158201444'])
  for (const refused of [ask('guess'), ask(token.replace('7', '8')), ask(token, 'unsubscribe')])
    assert.equal((await refused).status, 404)
})
