import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { inTransaction } from '#platform/scope.ts'
import { syncAllTemplates } from '#whatsapp/templates/sync.ts'
import { noteTemplateCategory, noteTemplateStatus } from '#whatsapp/templates/told.ts'
import { httpOptions, startApp } from '../../../test/harness.ts'
import {
  metaAppSecret,
  metaBusiness,
  metaNumber,
  metaToken,
  startMeta,
} from '../../../test/whatsapp/meta-simulator.ts'

const meta = await startMeta()
after(() => meta.close())
const graph = { url: meta.url, version: 'v25.0', mediaOrigins: [meta.url] }
const app = await startApp({ graph })
const account = await app.newAccount()
const atMeta = {
  provider: 'cloud_api',
  phone_number_id: metaNumber,
  business_account_id: metaBusiness,
  token: metaToken,
  app_secret: metaAppSecret,
}
const { id: number } = (await account.post('/whatsapp/instances', atMeta)).body.instance
const { id: phone } = (await account.post('/whatsapp/instances', { provider: 'sandbox' })).body.instance
type Template = { id: number; name: string; status: string; category: string; variables: { name: string }[] }

const list = async (query = '') => (await account.get(`/whatsapp/templates?per_page=200${query}`)).body
const names = async (query = '') => (await list(query)).data.map(({ name }: Template) => name)
const named = async (name: string, instance = phone): Promise<Template> =>
  (await list(`&instance_id=${instance}&q=${name}`)).data[0]

test('templates are listed by name, filtered, and paged by number and by cursor', async () => {
  const { data, meta: paging } = await list()
  assert.equal(paging.total, data.length)
  assert.deepEqual(
    data.map(({ name }: Template) => name),
    data.map(({ name }: Template) => name).toSorted(),
  )
  assert.deepEqual(await names(`&instance_id=${phone}`), [
    'boas_vindas',
    'convite_evento',
    'lembrete_agendamento',
    'oferta_da_semana',
    'pedido_enviado',
    'retomar_conversa',
  ])
  assert.deepEqual(await names(`&instance_id=${phone}&status=pending`), ['convite_evento'])
  assert.deepEqual(await names(`&instance_id=${phone}&q=pedido`), ['pedido_enviado'])
  assert.deepEqual(await names('&language=xx'), [])
  const paged: number[] = []
  for (let cursor: string | null = ''; cursor !== null; ) {
    const { body } = await account.get(`/whatsapp/templates?per_page=2&cursor=${cursor}`)
    paged.push(...body.data.map(({ id }: Template) => id))
    cursor = body.meta.next_cursor
    assert.ok(paged.length <= data.length, 'it ends')
  }
  assert.deepEqual(
    paged,
    data.map(({ id }: Template) => id),
  )
  const nonsense = await account.get('/whatsapp/templates?cursor=abc')
  assert.deepEqual(nonsense.body.errors, { cursor: ['The selected cursor is invalid.'] })
})

test('a sync brings what is new, changes what changed and takes away what is gone, under the same ids', async () => {
  const before = await list(`&instance_id=${number}`)
  const [first, ...rest] = meta.templates.splice(0)
  const novo = { ...first, id: '77', name: 'aaa_novo' }
  meta.templates.push(novo, ...rest.map((each) => ({ ...each, status: 'PAUSED' })))
  const { body } = await account.post(`/whatsapp/instances/${number}/templates/sync`)
  assert.deepEqual(body, { success: true, synced: meta.templates.length, removed: 1 })
  const after = await list(`&instance_id=${number}`)
  assert.equal(after.data[0].name, 'aaa_novo')
  const kept = (all: { data: Template[] }) => all.data.map(({ id }) => id)
  assert.equal(kept(after).filter((id) => kept(before).includes(id)).length, rest.length)
  assert.ok(after.data.slice(1).every(({ status }: Template) => status === 'PAUSED'))
  meta.templates.splice(0, 1, first)
  await syncAllTemplates({ ...httpOptions, graph, db: app.database.db })
  const back = (await list(`&instance_id=${number}`)).data.find(({ name }: Template) => name === first.name)
  assert.ok(kept(before).includes(back.id), 'what comes back is the same')
})

test('when Meta cannot be asked, the templates stay and the answer says why', async () => {
  const { body } = await account.post('/whatsapp/instances', {
    ...atMeta,
    phone_number_id: '1',
    token: 'vencido',
  })
  const { status, body: answer } = await account.post(
    `/whatsapp/instances/${body.instance.id}/templates/sync`,
  )
  assert.equal(status, 502)
  assert.partialDeepStrictEqual(answer, {
    success: false,
    message:
      'Falha ao falar com o WhatsApp: o token de acesso venceu ou foi revogado; conecte o número de novo.',
    reason: 'token_invalid',
    retryable: false,
  })
})

test('what Meta tells of a template counts at once, by its id or by its name', async () => {
  const { data } = await list(`&instance_id=${number}`)
  const { name, language } = data[0]
  const tell = (work: Parameters<typeof inTransaction<void>>[1]) => inTransaction(account.scope, work)
  const told = { id: 'another', name, language: language.replace('_', '-') }
  const read = async () => (await account.get(`/whatsapp/templates/${data[0].id}`)).body.template
  await tell((scope) =>
    noteTemplateStatus(scope, [number], { template: told, status: 'PAUSED', reason: null }),
  )
  assert.equal((await read()).status, 'PAUSED')
  await tell((scope) =>
    noteTemplateStatus(scope, [number], { template: told, status: 'FLAGGED', reason: 'x' }),
  )
  assert.equal((await read()).status, 'PAUSED', 'a warning is no status')
  await tell((scope) =>
    noteTemplateStatus(scope, [number], { template: told, status: 'REINSTATED', reason: 'NONE' }),
  )
  assert.deepEqual([(await read()).status, (await read()).rejected_reason], ['APPROVED', null])
  await tell((scope) => noteTemplateCategory(scope, [number], { template: told, category: 'MARKETING' }))
  assert.equal((await read()).category, 'MARKETING')
  await tell((scope) =>
    noteTemplateStatus(scope, [phone], { template: told, status: 'PAUSED', reason: null }),
  )
  assert.equal((await read()).status, 'APPROVED', 'another number’s is another')
  await tell((scope) =>
    noteTemplateStatus(scope, [number], { template: told, status: 'DELETED', reason: null }),
  )
  assert.equal((await account.get(`/whatsapp/templates/${data[0].id}`)).status, 404)
})

test('a preview is what the customer will read, by position or by name', async () => {
  const preview = async (name: string, variables: unknown) => {
    const { id } = await named(name)
    return account.post(`/whatsapp/templates/${id}/preview`, { variables })
  }
  assert.deepEqual((await preview('pedido_enviado', ['Ana', 1234, 'BR1'])).body.preview, {
    header: null,
    text: 'Olá, Ana! Seu pedido 1234 foi enviado. O código de rastreio é BR1.',
    footer: null,
    buttons: [],
  })
  const named_ = { nome: 'Ana', dia: 'terça', hora: '10h' }
  assert.deepEqual((await preview('lembrete_agendamento', named_)).body.preview, {
    header: null,
    text: 'Oi, Ana! Lembramos do seu horário em terça, às 10h. Até lá!',
    footer: 'Responda SAIR para não receber mais.',
    buttons: [],
  })
  assert.deepEqual((await preview('oferta_da_semana', ['Loja', 'Ana', 'o tênis', 'tenis-42'])).body.preview, {
    header: 'Novidades de Loja',
    text: 'Oi, Ana! Esta semana o tênis está com desconto para você.',
    footer: null,
    buttons: [{ text: 'Ver', url: 'https://loja.example/o/tenis-42' }],
  })
})

test('what a preview lacks is said by name, as a send would be refused', async () => {
  const { id } = await named('lembrete_agendamento')
  const lacking = await account.post(`/whatsapp/templates/${id}/preview`, {
    variables: { nome: 'Ana', dia: ' ' },
  })
  assert.equal(lacking.status, 422)
  assert.deepEqual(lacking.body.errors.variables, [
    'Falta a variável dia do template; envie um valor para ela.',
    'Falta a variável hora do template; envie um valor para ela.',
  ])
  const { id: other } = await named('pedido_enviado')
  const many = await account.post(`/whatsapp/templates/${other}/preview`, { variables: ['1', '2', '3', '4'] })
  assert.deepEqual(many.body.errors.variables, [
    'Há variáveis demais; este template usa 3 e na ordem em que aparecem.',
  ])
})
