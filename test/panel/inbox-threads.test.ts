import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import { messages } from '#conversations/tables.ts'
import { startApp } from '../harness.ts'
import { newPerson } from '../people.ts'
import { newTalk, say } from '../whatsapp/talks.ts'
import { until } from '../whatsapp/until.ts'
import { isAccessible, photograph, startBrowser } from './harness.ts'

const app = await startApp({ workers: true })
const acme = await app.newAccount()
const ana = await newPerson(app.url, acme.scope, 'admin')
const viewer = await newPerson(app.url, acme.scope, 'viewer')
const { visit } = await startBrowser(app)
const { scope } = acme
const { instance } = (await ana.post('/whatsapp/instances', { provider: 'sandbox', display_name: 'Vendas' }))
  .body
/** A hundredth of a second of nothing. */
const silence = Buffer.concat([
  Buffer.from('UklGRnQAAABXQVZFZm10IBAAAAABAAEAQB8AAEAfAAABAAgAZGF0YVAAAAA=', 'base64'),
  Buffer.alloc(80, 128),
])
/** A window that is not looked at, in a browser that notes what it was asked to tell. */
const elsewhere = `
  window.told = []
  window.Notification = class {
    static permission = 'granted'
    static requestPermission = async () => 'granted'
    constructor(title, { body }) { window.told.push(title + ': ' + body) }
  }
  Object.defineProperty(document, 'visibilityState', { get: () => 'hidden' })`
const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000)
const scroller = (page: Page) => page.locator('.talk-scroll')
/** Where a message stands in the window, from above. */
const placeOf = async (page: Page, text: string) =>
  Math.round((await page.getByText(text, { exact: true }).boundingBox())!.y)

/** A long conversation with somebody, a message a minute; the last ones unread. */
async function longTalk(name: string, count: number, unread: number) {
  const id = await newTalk(scope, instance.id, { name })
  for (let n = 1; n <= count; n++)
    await say(scope, id, {
      text: `Mensagem ${n}`,
      direction: n % 3 === 0 && n <= count - unread ? 'out' : 'in',
      at: minutesAgo(count - n),
    })
  // Where the simulated phone writes from.
  await app.database.pool.query(
    '-- test\nupdate conversations set unread_count = $2, address = contact_phone where id = $1',
    [id, unread],
  )
  return id
}

test('a long conversation opens where it was left, goes back without a jump, and tells of what comes below', async () => {
  const id = await longTalk('Ana Longa', 150, 25)
  await visit({ cookie: ana.cookie }, async (page) => {
    const listening = page.waitForResponse('**/api/v1/stream')
    await page.goto(`/inbox/${id}`)
    await listening
    await page.getByText('Não lidas a partir daqui').waitFor()
    await page.getByText('Mensagem 126', { exact: true }).waitFor()
    assert.ok((await placeOf(page, 'Mensagem 126')) < 400, 'it opens at the first unread message')
    assert.equal(
      (await ana.get(`/conversations/${id}`)).body.conversation.unread_count,
      25,
      'the end was not seen',
    )
    await photograph(page, 'inbox-unread')
    await page.getByRole('button', { name: 'Ir para o fim' }).click()
    await until('it is read', async () => {
      const { conversation } = (await ana.get(`/conversations/${id}`)).body
      return conversation.unread_count === 0
    })
    await isAccessible(page, 'at the end')

    const older = page.waitForResponse((answer) => /messages\?.*cursor=\w/.test(answer.url()))
    await page.getByText('Mensagem 115', { exact: true }).scrollIntoViewIfNeeded()
    const before = await placeOf(page, 'Mensagem 115')
    await older
    await page.getByText('Mensagem 75', { exact: true }).waitFor({ state: 'attached' })
    assert.equal(await placeOf(page, 'Mensagem 115'), before, 'what is loaded above moves nothing')

    await ana.post(`/whatsapp/instances/${instance.id}/sandbox/messages`, {
      phone: (await ana.get(`/conversations/${id}`)).body.conversation.contact.phone,
      text: 'Chegou agora',
    })
    await page.getByRole('button', { name: '1 mensagem nova' }).waitFor()
    assert.equal(await placeOf(page, 'Mensagem 115'), before, 'what comes below moves nothing')
    await photograph(page, 'inbox-new-below')
  })
})

test('of a thousand conversations those in sight are there, and a row far down is the right one', async () => {
  await app.database.pool.query(
    `-- test
     insert into conversations (account_id, instance_id, address, contact_name, last_message_at)
     select $1, $2, 'many' || n, 'Contato ' || n, now() - interval '1 day' - n * interval '1 minute'
     from generate_series(1, 1000) n`,
    [scope.accountId, instance.id],
  )
  await visit({ cookie: ana.cookie }, async (page) => {
    await page.goto('/inbox')
    await page.getByRole('link', { name: 'Contato 1 ' }).first().waitFor()
    assert.ok((await page.locator('.inbox-rows li').count()) < 40)
    await page.locator('.inbox-rows').evaluate((rows) => rows.scrollTo({ top: rows.scrollHeight }))
    await page.getByRole('link', { name: 'Contato 1000' }).waitFor()
    await photograph(page, 'inbox-far-down')
  })
})

test('somebody who is no lead is made one, or is said to be one', async () => {
  const { lead } = (await acme.post('/leads', { name: 'Padaria Central', email: 'p@x.com' })).body
  const [first, second] = [
    await newTalk(scope, instance.id, { name: 'Zeca' }),
    await newTalk(scope, instance.id, { name: 'Padeiro' }),
  ]
  for (const id of [first, second]) await say(scope, id)
  await visit({ cookie: ana.cookie }, async (page) => {
    await page.goto(`/inbox/${first}`)
    await page.getByRole('heading', { name: 'Ainda não é um lead' }).waitFor()
    await isAccessible(page, 'no lead')
    await photograph(page, 'inbox-no-lead')
    await page.getByRole('textbox', { name: 'Nome', exact: true }).fill('José Carlos')
    await page.getByRole('button', { name: 'Criar lead' }).click()
    await page.getByText('José Carlos agora é um lead.').waitFor()
    await page.getByRole('link', { name: 'Abrir o lead' }).waitFor()
    await page.getByRole('button', { name: /^Responsável/ }).click()
    await page.getByRole('menuitemradio', { name: 'Ninguém' }).click()
    await page.getByText('Agora sem responsável.').waitFor()
    await page.getByRole('combobox', { name: 'Etiquetas' }).fill('quente')
    await page.keyboard.press('Enter')
    await until('the tag is there', async () => {
      const { data } = (await ana.get('/leads?q=José Carlos')).body
      return data[0].tags.includes('quente')
    })

    await page.goto(`/inbox/${second}`)
    await page.getByPlaceholder('Buscar lead').fill('padaria')
    await page.getByRole('option', { name: 'Padaria Central' }).click()
    await page.getByText('Conversa ligada ao lead.').waitFor()
    assert.equal((await ana.get(`/conversations/${second}`)).body.conversation.lead_id, lead.id)
  })
})

/** As the inbox writes it down, of every kind that the simulated phone does not send. */
async function everyKind(id: number) {
  const media = { voice: { is_voice: true }, video: {}, sticker: {}, lost: {} }
  const kinds: [kind: string, content: object, more?: object][] = [
    [
      'contacts',
      { contacts: [{ name: 'Dr. Telhado', phones: ['+5511988887777'], emails: [], company: 'Telhados' }] },
    ],
    ['order', { text: 'Para sexta', items: [{}, {}] }],
    ['form_reply', { name: 'Cadastro', values: {} }, { text: 'Cadastro' }],
    ['unsupported', { what: 'poll', failure: null }],
    ['text', { text: 'Era engano' }, { text: 'Era engano', revoked_at: new Date() }],
    [
      'text',
      { text: 'Mudei de ideia' },
      { text: 'Mudei de ideia', edited_at: new Date(), is_forwarded: true },
    ],
    ['text', { text: 'Obrigado' }, { text: 'Obrigado', reactions: [{ from: 'us', emoji: '👍' }] }],
    ['audio', { caption: null, media: media.voice }],
    ['video', { caption: 'O quintal', media: media.video }],
    ['document', { caption: null, media: media.lost }],
  ]
  for (const [n, [kind, content, more]] of kinds.entries()) {
    const columns = {
      kind,
      content: { kind, ...content },
      happened_at: minutesAgo(kinds.length - n),
      ...more,
    }
    await scope.db.insert(messages).values({
      account_id: scope.accountId,
      conversation_id: id,
      instance_id: instance.id,
      direction: 'in',
      state: 'received',
      ...columns,
    } as typeof messages.$inferInsert)
  }
  await app.database.pool.query(
    `-- test
     insert into message_media (account_id, message_id, state, source, mime_type, filename, problem)
     select account_id, id, case kind when 'document' then 'failed' else 'kept' end, '{}',
       case kind when 'audio' then 'audio/wav' else 'video/mp4' end, null, 'media_unreadable'
     from messages where conversation_id = $1 and kind in ('audio', 'video', 'document')`,
    [id],
  )
}

test('voices, contacts, orders and what was taken back are shown as what they are', async () => {
  const id = await newTalk(scope, instance.id, { name: 'De Tudo' })
  await everyKind(id)
  await visit({ cookie: ana.cookie }, async (page) => {
    await page.route('**/media', (route) => route.fulfill({ contentType: 'audio/wav', body: silence }))
    await page.goto(`/inbox/${id}`)
    const talk = scroller(page)
    for (const text of [
      'Dr. Telhado',
      'Pedido: 2 itens',
      'Formulário respondido',
      'Tipo de mensagem que o WhatsApp não entrega aqui.',
      'Mensagem apagada',
      'editada',
      'Encaminhada',
      'O quintal',
      'O arquivo não pôde ser baixado. Peça que envie de novo.',
    ])
      await talk.getByText(text).waitFor()
    assert.equal(await talk.getByText('Era engano').count(), 0)
    await talk.getByRole('img', { name: 'Você reagiu com 👍' }).waitFor()
    await talk.getByRole('img', { name: 'Mensagem de voz' }).waitFor()
    assert.equal(await talk.locator('audio, video').count(), 2)
    await isAccessible(page, 'every kind')
    await photograph(page, 'inbox-every-kind')
  })
})

test('alerts are off until somebody wants them, and then tell of what comes while one is elsewhere', async () => {
  const id = await newTalk(scope, instance.id, { name: 'Alerta' })
  await say(scope, id)
  await visit({ cookie: ana.cookie }, async (page) => {
    await page.addInitScript(elsewhere)
    const told = () => page.evaluate<string[]>('window.told')
    const write = async (text: string) => {
      const { phone } = (await ana.get(`/conversations/${id}`)).body.conversation.contact
      await ana.post(`/whatsapp/instances/${instance.id}/sandbox/messages`, { phone, text, name: 'Alerta' })
      await page.getByText(text).first().waitFor()
    }
    await app.database.pool.query('-- test\nupdate conversations set address = contact_phone where id = $1', [
      id,
    ])
    const listening = page.waitForResponse('**/api/v1/stream')
    await page.goto('/inbox')
    await listening
    await write('Primeira')
    assert.deepEqual(await told(), [])
    await page.getByRole('button', { name: 'Avisos' }).click()
    await page.getByRole('switch', { name: 'Aviso do navegador' }).click()
    await page.getByRole('switch', { name: 'Aviso do navegador', checked: true }).waitFor()
    await isAccessible(page, 'alerts')
    await photograph(page, 'inbox-alerts')
    await write('Segunda')
    await until('it is told', async () => (await told()).length === 1)
    assert.match((await told())[0]!, /: Segunda$/)
  })
})

test('who may only read is told so, and reads nothing away', async () => {
  const id = await newTalk(scope, instance.id, { name: 'Só Leitura' })
  await say(scope, id, { text: 'Tem alguém?' })
  await visit({ cookie: viewer.cookie }, async (page) => {
    await page.goto(`/inbox/${id}`)
    await page.getByText('Tem alguém?').last().waitFor()
    await page.getByText('Você pode ler, mas não escrever.').waitFor()
    assert.equal(await page.getByRole('button', { name: 'Marcar como não lida' }).count(), 0)
    await isAccessible(page, 'viewer')
    assert.equal((await ana.get(`/conversations/${id}`)).body.conversation.unread_count, 1)
  })
})

test('on a phone the list, the conversation and the lead are pages, and nothing is wider than the window', async () => {
  const { lead } = (
    await acme.post('/leads', { name: 'Maria Aparecida dos Santos Albuquerque', email: 'm@x.com' })
  ).body
  const id = await newTalk(scope, instance.id, { leadId: lead.id, name: 'Maria' })
  await say(scope, id, { text: 'Oi, tudo bem? Gostaria de um orçamento para a minha casa.' })
  await visit({ cookie: ana.cookie, isPhone: true }, async (page) => {
    const fits = async (what: string) => {
      const width = await page.evaluate<number>('document.documentElement.scrollWidth')
      assert.ok(width <= 390, `${what} is ${width} wide`)
      await isAccessible(page, what)
    }
    await page.goto('/inbox')
    await page.getByRole('link', { name: /Maria Aparecida/ }).tap()
    await page.getByText('orçamento para a minha casa').waitFor()
    await fits('the conversation')
    await page.getByLabel('Escreva uma mensagem').fill('Claro, Maria')
    await page.getByRole('button', { name: 'Enviar' }).tap()
    await scroller(page).getByText('Claro, Maria').waitFor()
    await page.getByRole('button', { name: 'Ver o lead' }).tap()
    await page.getByRole('heading', { level: 1, name: 'Lead' }).waitFor()
    await fits('the lead')
    await page.getByRole('link', { name: 'Voltar para a conversa' }).tap()
    await page.getByRole('link', { name: 'Voltar para a lista' }).tap()
    await page.getByRole('heading', { level: 1, name: 'Conversas' }).waitFor()
    await fits('the list')
  })
})
