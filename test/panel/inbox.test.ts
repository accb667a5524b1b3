import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import { makeCompany } from '#demo/make.ts'
import type { Scope } from '#platform/scope.ts'
import { startApp, tester } from '../harness.ts'
import { browserOf, cookieOf, newPerson } from '../people.ts'
import { request } from '../request.ts'
import { until } from '../whatsapp/until.ts'
import { isAccessible, photograph, settled, startBrowser } from './harness.ts'

const app = await startApp({ workers: true })
const { signInToken, account } = await makeCompany(app.database.db, { leads: 60 })
const { visit } = await startBrowser(app)
const cookie = cookieOf(
  await request(app.url, 'POST', '/api/v1/session/link', { body: { token: signInToken } }),
)
const helena = browserOf(app.url, cookie)
const scope: Scope = { accountId: account.id, actor: tester, db: app.database.db, requestId: null }
const bia = await newPerson(app.url, scope, 'manager', 'bia@soldaserra.example')
let phones = 0

const sandbox = async (): Promise<number> => (await helena.get('/whatsapp/instances')).body.data[0].id
/** A customer writes, and the conversation is there. */
async function writes(said: { name: string; phone?: string; text: string; kind?: string; ad?: object }) {
  const phone = said.phone ?? `+55119${String(91_000_000 + ++phones)}`
  await helena.post(`/whatsapp/instances/${await sandbox()}/sandbox/messages`, { ...said, phone })
  const conversation = await until(`${said.name} was heard`, async () => {
    const { data } = (await helena.get(`/conversations?q=${encodeURIComponent(phone)}`)).body
    const [found] = data as { id: number; lead_id: number; last_message: { text: string } }[]
    return found?.last_message.text === said.text && found
  })
  return { ...conversation, phone }
}
const behave = async (settings: object) =>
  helena.put(`/whatsapp/instances/${await sandbox()}/sandbox`, settings)
const said = (page: Page, name: string) => page.getByRole('log', { name: `Conversa com ${name}` })
const composer = (page: Page) => page.getByLabel('Escreva uma mensagem')
const mark = (page: Page, name: string, text: string, state: string) =>
  said(page, name)
    .getByRole('listitem')
    .filter({ hasText: text })
    .getByRole('img', { name: state, exact: true })
const isTitled = (page: Page, title: string) => until(title, async () => (await page.title()) === title)
const row = (page: Page, name: string) =>
  page.getByRole('region', { name: 'Lista de conversas' }).getByRole('link', { name })

test('the first number is one click away, and its simulated customer becomes a lead that can be answered', () =>
  visit({ cookie }, async (page) => {
    await page.goto('/inbox')
    await page.getByRole('heading', { name: 'Conecte seu WhatsApp' }).waitFor()
    await isAccessible(page, 'no number')
    await photograph(page, 'inbox-no-number')
    await page.getByRole('button', { name: 'Criar número de teste' }).click()
    const phone = page.getByRole('region', { name: 'Celular de teste' })
    await phone.getByLabel('Nome do cliente').waitFor()
    await isAccessible(page, 'phone without a conversation')
    await phone.getByLabel('Nome do cliente').fill('Marina Duarte')
    await phone.getByLabel('Telefone do cliente').fill('(11) 98765-4321')
    await phone.getByLabel('Escrever como o cliente').fill('Oi! Vi o site de vocês. Quanto custa?')
    await page.keyboard.press('Enter')
    await page.waitForURL(/\/inbox\/\d+/)
    await said(page, 'Marina Duarte').getByText('Quanto custa?').waitFor()
    await composer(page).fill('Bom dia, Marina! Depende do seu consumo.')
    await page.keyboard.press('Shift+Enter')
    await page.keyboard.type('Você tem a conta de luz?')
    await page.keyboard.press('Enter')
    await phone.getByText('Você tem a conta de luz?').waitFor()
    await mark(page, 'Marina Duarte', 'conta de luz', 'Lida').waitFor()
    assert.equal(await composer(page).inputValue(), '')
    await isAccessible(page, 'phone beside')
    await photograph(page, 'inbox-phone')
    const { data } = (await helena.get('/leads?q=Marina Duarte')).body
    assert.deepEqual([data.length, data[0].source], [1, 'whatsapp'])
  }))

test('what a customer writes appears in both windows, what one answers the other sees, and the states tick', async () => {
  await behave({ reads: false })
  const { id } = await writes({ name: 'Paulo Teixeira', text: 'Boa tarde' })
  await visit({ cookie }, (hers) =>
    visit({ cookie: bia.cookie }, async (theirs) => {
      for (const page of [hers, theirs]) {
        const listening = page.waitForResponse('**/api/v1/stream')
        await page.goto(`/inbox/${id}`)
        await listening
        await said(page, 'Paulo Teixeira').getByText('Boa tarde').waitFor()
      }
      await writes({ name: 'Lívia Campos', text: 'Alguém aí?' })
      for (const page of [hers, theirs]) await row(page, 'Lívia Campos').getByText('Alguém aí?').waitFor()
      await composer(hers).fill('Pois não, Paulo?')
      await hers.keyboard.press('Enter')
      await said(theirs, 'Paulo Teixeira').getByText('Pois não, Paulo?').waitFor()
      await said(theirs, 'Paulo Teixeira').getByText('Helena Prado').waitFor()
      for (const page of [hers, theirs]) await mark(page, 'Paulo Teixeira', 'Pois não', 'Entregue').waitFor()
      await behave({ reads: true })
      await composer(theirs).fill('Sou a Bia, também posso ajudar.')
      await theirs.keyboard.press('Enter')
      for (const page of [hers, theirs]) await mark(page, 'Paulo Teixeira', 'Sou a Bia', 'Lida').waitFor()
      assert.equal(await said(hers, 'Paulo Teixeira').getByText('Sou a Bia').count(), 1)
    }),
  )
})

test('what is unread is counted in the tab, the navigation and the row, until somebody sees it', async () => {
  for (const { id } of (await helena.get('/conversations')).body.data)
    await helena.put(`/conversations/${id}/read`, {})
  const { id, phone } = await writes({ name: 'Renato Moraes', text: 'Oi' })
  await helena.put(`/conversations/${id}/read`, {})
  await writes({ name: 'Renato Moraes', phone, text: 'Recebi a proposta' })
  await visit({ cookie }, async (page) => {
    await page.goto('/tasks')
    await isTitled(page, '(1) Tarefas · Funil')
    await page.getByRole('navigation').getByLabel('1 conversa não lida').waitFor()
    await page.goto('/inbox?unread=1')
    await row(page, 'Renato Moraes').getByText('1 mensagem não lida').waitFor({ state: 'attached' })
    await page.goto('/inbox')
    await settled(page, 'Conversas')
    await isAccessible(page, 'nothing chosen')
    await photograph(page, 'inbox-unchosen')
    await row(page, 'Renato Moraes').click()
    await said(page, 'Renato Moraes').getByText('Não lidas a partir daqui').waitFor()
    await isTitled(page, 'Conversas · Funil')
    await page.keyboard.press('u')
    await page.getByRole('heading', { name: 'Escolha uma conversa' }).waitFor()
    await page.getByText('Renato Moraes está como não lida.').waitFor()
    await isTitled(page, '(1) Conversas · Funil')
    assert.equal((await helena.get(`/conversations/${id}`)).body.conversation.unread_count, 1)
    await page.getByRole('button', { name: 'Desfazer' }).click()
    await isTitled(page, 'Conversas · Funil')
  })
})

test('keys walk through the list, reply, and leave typing alone', async () => {
  const [paulo] = (await helena.get('/conversations?q=Paulo Teixeira')).body.data
  await helena.put(`/conversations/${paulo.id}/unread`)
  await visit({ cookie }, async (page) => {
    await page.goto('/inbox')
    await row(page, 'Renato Moraes').waitFor()
    await page.keyboard.press('e')
    await said(page, 'Paulo Teixeira').waitFor()
    await page.goto('/inbox')
    await row(page, 'Renato Moraes').waitFor()
    const names = await page.locator('.inbox-row strong').allTextContents()
    await page.keyboard.press('j')
    await page.getByRole('heading', { level: 2, name: names[0]! }).first().waitFor()
    await page.keyboard.press('j')
    await page.getByRole('heading', { level: 2, name: names[1]! }).first().waitFor()
    await page.keyboard.press('k')
    await page.getByRole('heading', { level: 2, name: names[0]! }).first().waitFor()
    await composer(page).waitFor()
    await page.keyboard.press('r')
    await page.keyboard.type('jjj')
    assert.equal(await composer(page).inputValue(), 'jjj')
    await page.reload()
    await composer(page).waitFor()
    assert.equal(await composer(page).inputValue(), 'jjj', 'a draft stays')
    await page.goto('/inbox')
    await row(page, names[1]!).click()
    await composer(page).waitFor()
    assert.equal(await composer(page).inputValue(), '', 'in its own conversation')
    await page.goto('/inbox')
    await row(page, 'Paulo Teixeira').waitFor()
    await page.keyboard.press('/')
    await page.keyboard.type('marina')
    await page.waitForURL(/q=marina/)
    await row(page, 'Paulo Teixeira').waitFor({ state: 'detached' })
    await row(page, 'Marina Duarte').waitFor()
  })
})

test('every kind of message is shown as what it is', async () => {
  await helena.post(`/whatsapp/instances/${await sandbox()}/templates/sync`)
  const { phone, id } = await writes({
    name: 'Sílvia Nunes',
    text: 'Vi o anúncio de vocês e quero saber mais',
    ad: {
      headline: 'Energia solar sem entrada',
      body: 'Economize até 90%',
      source_url: 'https://fb.example/1',
    },
  })
  await writes({ name: 'Sílvia Nunes', phone, kind: 'location', text: 'Sítio Boa Vista' })
  await writes({ name: 'Sílvia Nunes', phone, kind: 'image', text: 'Este é o telhado' })
  await writes({ name: 'Sílvia Nunes', phone, kind: 'document', text: 'A conta de luz' })
  await visit({ cookie }, async (page) => {
    await page.goto(`/inbox/${id}`)
    const talk = said(page, 'Sílvia Nunes')
    await talk.getByText('Veio de um anúncio').waitFor()
    await talk.getByText('Energia solar sem entrada').waitFor()
    assert.equal(await talk.getByRole('link', { name: 'Ver o anúncio' }).getAttribute('rel'), 'noreferrer')
    await talk.getByRole('link', { name: 'Abrir no mapa' }).waitFor()
    await talk.getByText('Este é o telhado').waitFor()
    await talk.getByText('pedido.txt').waitFor()
    await talk.getByRole('listitem').filter({ hasText: 'telhado' }).hover()
    await talk
      .getByRole('listitem')
      .filter({ hasText: 'telhado' })
      .getByRole('button', { name: 'Responder' })
      .click()
    await page.getByText('Respondendo a Sílvia Nunes').waitFor()
    await composer(page).fill('Ótimo telhado, *virado para o norte*')
    await page.keyboard.press('Enter')
    const answer = talk.getByRole('listitem').filter({ hasText: 'Ótimo telhado' })
    await answer.getByRole('button', { name: 'Este é o telhado' }).waitFor()
    assert.equal(await answer.locator('strong').last().textContent(), 'virado para o norte')
    await mark(page, 'Sílvia Nunes', 'Ótimo telhado', 'Lida').waitFor()
    await isAccessible(page, 'kinds')
    await photograph(page, 'inbox-kinds')
  })
  await visit({ cookie, colorScheme: 'dark' }, async (page) => {
    await page.goto(`/inbox/${id}`)
    await said(page, 'Sílvia Nunes').getByText('Este é o telhado').first().waitFor()
    await isAccessible(page, 'dark')
    await page.goto(`/inbox/${id}?beside=phone`)
    const phone = page.getByRole('region', { name: 'Celular de teste' })
    await phone.getByText('Este é o telhado').first().waitFor()
    await isAccessible(page, 'phone in the dark')
    await page.getByRole('button', { name: 'Templates' }).click()
    await page.getByRole('button', { name: /lembrete_agendamento/ }).click()
    await page.getByLabel('Variável nome').waitFor()
    await isAccessible(page, 'template in the dark')
  })
})

test('a message that fails says why in plain words, and goes out when it is sent again', async () => {
  const { id } = await writes({ name: 'Bruno Sales', text: 'Oi' })
  await behave({ fails_with: 'not_on_whatsapp', fails_when: 'sending' })
  // The API says 502 for what the provider refused.
  await visit({ cookie, expects: /502/ }, async (page) => {
    await page.goto(`/inbox/${id}`)
    await composer(page).fill('Segue a proposta')
    const refused = page.waitForResponse((answer) => answer.status() === 502)
    await page.keyboard.press('Enter')
    await refused
    const talk = said(page, 'Bruno Sales')
    await talk.getByText('Este telefone não tem WhatsApp. Confira o número.').waitFor()
    await isAccessible(page, 'failed')
    await photograph(page, 'inbox-failed')
    await behave({ fails_with: null })
    await talk.getByRole('button', { name: 'Enviar de novo' }).click()
    await talk.getByRole('img', { name: 'Lida', exact: true }).waitFor()
    assert.equal(await talk.getByText('Segue a proposta').count(), 2)
  })
})

test('what could not be handed over stays, and is sent once when the line is back', async () => {
  const { id } = await writes({ name: 'Clara Lima', text: 'Oi' })
  await visit({ cookie, expects: /ERR_FAILED/ }, async (page) => {
    await page.goto(`/inbox/${id}`)
    const talk = said(page, 'Clara Lima')
    await composer(page).waitFor()
    const path = '**/api/v1/conversations/*/messages'
    await page.route(path, (route) =>
      route.request().method() === 'POST' ? route.abort() : route.continue(),
    )
    await composer(page).fill('Posso ligar amanhã?')
    await page.keyboard.press('Enter')
    await talk.getByText('Não enviada. Sem conexão com o servidor.').waitFor()
    await photograph(page, 'inbox-offline')
    await page.unroute(path)
    await talk.getByRole('button', { name: 'Enviar de novo' }).click()
    await mark(page, 'Clara Lima', 'Posso ligar', 'Lida').waitFor()
    assert.equal(await talk.getByText('Posso ligar amanhã?').count(), 1)

    // It arrives, and only the answer is lost.
    await page.route(path, async (route) => {
      if (route.request().method() !== 'POST') return route.continue()
      await route.fetch()
      await route.abort()
    })
    await composer(page).fill('Às nove está bem?')
    await page.keyboard.press('Enter')
    await mark(page, 'Clara Lima', 'Às nove', 'Lida').waitFor()
    assert.equal(await talk.getByText('Às nove está bem?').count(), 1)
    assert.equal(await talk.getByText('Não enviada').count(), 0)
  })
})

test('after 24 hours a template is the way, filled in from the lead and seen before it goes', async () => {
  const { id } = await writes({ name: 'Otávio Reis', text: 'Vou pensar' })
  const close = (until: string) =>
    app.database.pool.query(
      `-- test\nupdate conversations set window_until = now() + $2::interval where id = $1`,
      [id, until],
    )
  await helena.post(`/whatsapp/instances/${await sandbox()}/templates/sync`)
  await close('3 hours 12 minutes')
  await visit({ cookie }, async (page) => {
    await page.goto(`/inbox/${id}`)
    await page.getByText(/Janela fecha em 3 h 1[12] min/).waitFor()
    await close('-1 minute')
    await page.reload()
    await page.getByText('Janela de 24 h fechada').waitFor()
    await page.getByRole('button', { name: /lembrete_agendamento/ }).waitFor()
    await isAccessible(page, 'templates')
    await photograph(page, 'inbox-templates')
    await page.getByRole('button', { name: /lembrete_agendamento/ }).click()
    assert.equal(await page.getByLabel('Variável nome').inputValue(), 'Otávio')
    await page.getByLabel('Variável dia').fill('sexta')
    await isAccessible(page, 'template form')
    assert.ok(await page.getByRole('button', { name: 'Enviar template' }).isDisabled())
    await page.getByLabel('Variável hora').fill('10h')
    await page.getByRole('figure').getByText('Lembramos do seu horário em sexta, às 10h.').waitFor()
    await page.getByRole('button', { name: 'Enviar template' }).click()
    await mark(page, 'Otávio Reis', 'seu horário em sexta', 'Lida').waitFor()
    assert.equal(await said(page, 'Otávio Reis').getByText('seu horário em sexta').count(), 1)
    await photograph(page, 'inbox-template-sent')
  })
})

test('who opted out, or whose number is off, is explained instead of a composer', async () => {
  const { id } = await writes({ name: 'Tânia Melo', text: 'SAIR' })
  await visit({ cookie }, async (page) => {
    await page.goto(`/inbox/${id}`)
    await page.getByText('Este contato pediu para não receber mensagens').waitFor()
    await isAccessible(page, 'opted out')
    await photograph(page, 'inbox-opted-out')
    const instance = await sandbox()
    const listening = page.waitForResponse('**/api/v1/stream')
    await page.reload()
    await listening
    await helena.post(`/whatsapp/instances/${instance}/disconnect`)
    await page.getByText('Número de teste está desconectado').waitFor()
    await photograph(page, 'inbox-disconnected')
    await helena.post(`/whatsapp/instances/${instance}/connect`)
    await page.getByText('Este contato pediu para não receber mensagens').waitFor()
  })
})
