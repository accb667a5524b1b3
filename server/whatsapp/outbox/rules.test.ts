import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { startApp } from '../../../test/harness.ts'
import { newShop } from '../../../test/whatsapp/customers.ts'
import { startMeta } from '../../../test/whatsapp/meta-simulator.ts'
import { graphOf, wahaNumberOf } from '../../../test/whatsapp/numbers.ts'
import { startWaha } from '../../../test/whatsapp/waha-simulator.ts'

const [meta, waha] = [await startMeta(), await startWaha()]
after(() => Promise.all([meta.close(), waha.close()]))
const app = await startApp({ graph: graphOf(meta) })
const shop = await newShop(app, meta)
type Shop = typeof shop

const skipOf = ({ status, body }: { status: number; body: { skip_reason?: string } }) =>
  status === 422 ? body.skip_reason : `status ${status}`

/** A template of Meta's list, as a sync keeps it. */
async function templateOf({ rows, account, instance }: Shop, changes: object = {}) {
  const template = {
    name: 'pedido_enviado',
    category: 'UTILITY',
    status: 'APPROVED',
    parameter_format: 'POSITIONAL',
    text: 'Olá {{1}}, seu pedido {{2}} foi enviado.',
    variables: ['1', '2'],
    ...changes,
  }
  const variables = template.variables.map((name) => ({
    name,
    place: 'body',
    kind: 'text',
    key: name,
    button: null,
  }))
  const [row] = await rows<{ id: number }>(
    `insert into whatsapp_templates (account_id, instance_id, external_id, name, language, category, status,
       parameter_format, components, variables, variables_count)
     values ($1, $2, $3, $3, 'pt_BR', $4, $5, $6, $7, $8, $9) returning id`,
    [
      account.id,
      instance.id,
      template.name,
      template.category,
      template.status,
      template.parameter_format,
      JSON.stringify([{ type: 'BODY', text: template.text }]),
      JSON.stringify(variables),
      variables.length,
    ],
  )
  return row!.id
}

test('a closed window refuses a text and lets a template through; nothing is kept of what is refused', async () => {
  const { id } = await shop.newLead()
  const template_id = await templateOf(shop)
  const path = `/leads/${id}/send-whatsapp-template`
  assert.equal(skipOf(await shop.send(id, { message: 'Oi' })), 'window_closed')
  assert.deepEqual(await shop.messagesOf(id), [])
  const { status, body } = await shop.post(path, { template_id, variables: ['Ana', 1234] })
  assert.equal(status, 200)
  assert.deepEqual(
    [body.message.kind, body.message.text, body.message.template_id],
    ['template', 'Olá Ana, seu pedido 1234 foi enviado.', template_id],
  )
  const sent = meta.accepted.at(-1)!.body.template
  assert.deepEqual(sent.components[0].parameters, [
    { type: 'text', text: 'Ana' },
    { type: 'text', text: '1234' },
  ])
  const named = await shop.post(path, { template_id, variables: { 2: '77', 1: 'Bia' } })
  assert.equal(named.body.message.text, 'Olá Bia, seu pedido 77 foi enviado.')
})

test('a variable that is missing is named, and so is one too many', async () => {
  const { id } = await shop.newLead()
  const template_id = await templateOf(shop, { name: 'aviso' })
  const path = `/leads/${id}/send-whatsapp-template`
  const errorsOf = async (variables: unknown) =>
    (await shop.post(path, { template_id, variables })).body.errors
  assert.deepEqual(await errorsOf(['Ana']), {
    variables: ['Falta a variável 2 do template; envie um valor para ela.'],
  })
  assert.deepEqual(await errorsOf(['Ana', '2', '3']), {
    variables: ['Há variáveis demais; este template usa 2 e na ordem em que aparecem.'],
  })
  assert.deepEqual(await errorsOf('Ana'), { variables: ['The variables field must be an array.'] })
  assert.deepEqual(await errorsOf([['Ana'], '1']), {
    'variables.0': ['The variables.0 field must be a string.'],
  })
  const { body } = await shop.get(`/leads/${id}/whatsapp-check?template_id=${template_id}&variables[]=Ana`)
  assert.deepEqual(body.template, {
    id: template_id,
    can_send: false,
    skip_reason: null,
    message: 'Falta a variável 2 do template; envie um valor para ela.',
    missing_variables: ['2'],
  })
})

test('what is wrong with the fields is told before what is against the rules', async () => {
  const path = ({ id }: { id: number }) => `/leads/${id}/send-whatsapp-template`
  const pending = await templateOf(shop, { name: 'em_analise', status: 'PENDING' })
  const unreachable = (await shop.post('/leads', { name: 'Sem telefone' })).body.lead
  const silent = await shop.newLead()
  await shop.put(`/leads/${silent.id}/opt-out`)
  const approved = await templateOf(shop, { name: 'aprovado' })
  for (const [lead, template_id] of [
    [await shop.newLead(), pending],
    [unreachable, approved],
    [silent, approved],
  ] as const) {
    const { status, body } = await shop.post(path(lead), { template_id, variables: ['Ana'] })
    assert.deepEqual([status, Object.keys(body.errors ?? body)], [422, ['variables']])
  }
  const none = { template_id: 999_999_999, variables: ['Ana'] }
  const { errors } = (await shop.post(path(silent), none)).body
  assert.deepEqual(errors, { template_id: ['The selected template id is invalid.'] })
  assert.equal((await shop.post(path({ id: 999_999_999 }), { template_id: approved })).status, 404)
})

test('each reason not to send is told, by the check as by the send', async () => {
  const lead = await shop.newLead()
  const { id } = lead
  const path = `/leads/${id}/send-whatsapp-template`
  const variables = ['Ana', '1']
  const pending = await templateOf(shop, { name: 'pendente', status: 'PENDING' })
  assert.equal(skipOf(await shop.post(path, { template_id: pending, variables })), 'template_not_approved')
  const check = (
    await shop.get(`/leads/${id}/whatsapp-check?template_id=${pending}&variables[]=a&variables[]=b`)
  ).body
  assert.equal(check.template.skip_reason, 'template_not_approved')
  assert.deepEqual(
    [check.text.skip_reason, check.window.is_restricted, check.window.is_open, check.instance.id],
    ['window_closed', true, false, shop.instance.id],
  )
  const nobody = (await shop.post('/leads', { name: 'Sem telefone' })).body.lead
  assert.equal(skipOf(await shop.send(nobody.id, { message: 'Oi' })), 'no_phone')
  assert.equal((await shop.get(`/leads/${nobody.id}/whatsapp-check`)).body.text.skip_reason, 'no_phone')

  const offer = await templateOf(shop, { name: 'oferta', category: 'MARKETING' })
  const optOut = (reach: string) =>
    shop.rows(
      `insert into opt_outs (account_id, kind, value, reach, source) values ($1, 'phone', $2, $3, 'test')
       on conflict (account_id, kind, value) do update set reach = excluded.reach`,
      [shop.account.id, lead.phone, reach],
    )
  await optOut('marketing')
  assert.equal(skipOf(await shop.post(path, { template_id: offer, variables })), 'opted_out')
  const useful = await templateOf(shop, { name: 'util' })
  const sent = await shop.post(path, { template_id: useful, variables })
  assert.notEqual(sent.body.skip_reason, 'opted_out')
  await optOut('all')
  assert.equal(skipOf(await shop.post(path, { template_id: useful, variables })), 'opted_out')
  assert.equal((await shop.get(`/leads/${id}/whatsapp-check`)).body.opted_out, 'all')

  const bare = await app.newAccount()
  const alone = (await bare.post('/leads', { name: 'Ana', phone: lead.phone })).body.lead
  assert.equal(skipOf(await bare.post(`/leads/${alone.id}/send-whatsapp`, { message: 'Oi' })), 'no_instance')
  assert.equal(
    (await shop.send(id, { message: 'x'.repeat(4097) })).body.errors.message[0].includes('4096'),
    true,
  )
})

test('the number that was asked for sends, else the conversation’s, else the primary; connected ones only', async () => {
  const other = await newShop(app, meta)
  const session = await wahaNumberOf(other.scope, waha)
  const { id, phone } = await other.newLead()
  waha.people.set(phone.slice(1), `${phone.slice(1)}@c.us`)
  const numberOf = async (body: object = {}) => {
    const answer = await other.send(id, { message: 'Oi', ...body })
    return answer.body.message?.instance_id ?? answer.body.skip_reason
  }
  assert.equal(await numberOf(), 'window_closed', 'the primary is official')
  assert.equal(await numberOf({ instance_id: session.id }), session.id)
  assert.equal(await numberOf(), session.id, 'where they talked last')
  const template_id = await templateOf(other)
  const templates = `/leads/${id}/send-whatsapp-template`
  const asked = { template_id, variables: ['Ana', '1'] }
  const wrong = await other.post(templates, { ...asked, instance_id: session.id })
  assert.equal(skipOf(wrong), 'templates_unsupported')
  assert.equal((await other.post(templates, asked)).body.message.instance_id, other.instance.id)
  const status = (text: string) =>
    other.rows(`update instances set status = $2 where account_id = $1 and provider = 'waha'`, [
      other.account.id,
      text,
    ])
  await status('disconnected')
  assert.equal(await numberOf({ instance_id: session.id }), 'instance_disconnected')
  assert.equal(await numberOf(), 'window_closed', 'from the one that is connected')
  await status('connected')
  assert.equal(await numberOf({ instance_id: session.id }), session.id)
})
