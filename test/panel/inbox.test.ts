import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import { newPerson } from '../people.ts'
import { until } from '../whatsapp/until.ts'
import { composer, mark, startInbox, talkWith } from './customers.ts'
import { isAccessible, photograph, settled } from './harness.ts'

const { app, visit, cookie, helena, bia, sandbox, writes, behave } = await startInbox()
const isTitled = (page: Page, title: string) => until(title, async () => (await page.title()) === title)
const row = (page: Page, name: string) =>
  page.getByRole('region', { name: 'Lista de conversas' }).getByRole('link', { name })

test('the first number is one click away, and its simulated customer becomes a lead that can be answered', async () => {
  const acme = await app.newAccount()
  const ana = await newPerson(app.url, acme.scope, 'admin')
  await visit({ cookie: ana.cookie }, async (page) => {
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
    await talkWith(page, 'Marina Duarte').getByText('Quanto custa?').waitFor()
    await composer(page).fill('Bom dia, Marina! Depende do seu consumo.')
    await page.keyboard.press('Shift+Enter')
    await page.keyboard.type('Você tem a conta de luz?')
    await page.keyboard.press('Enter')
    await phone.getByText('Você tem a conta de luz?').waitFor()
    await mark(page, 'Marina Duarte', 'conta de luz', 'Lida').waitFor()
    assert.equal(await composer(page).inputValue(), '')
    await isAccessible(page, 'phone beside')
    await photograph(page, 'inbox-phone')
    const { data } = (await acme.get('/leads?q=Marina Duarte')).body
    assert.deepEqual([data.length, data[0].source], [1, 'whatsapp'])
  })
})

test('what a customer writes appears in both windows, what one answers the other sees, and the states tick', async () => {
  await behave({ reads: false })
  const { id } = await writes({ name: 'Paulo Teixeira', text: 'Boa tarde' })
  await visit({ cookie }, (hers) =>
    visit({ cookie: bia.cookie }, async (theirs) => {
      for (const page of [hers, theirs]) {
        const listening = page.waitForResponse('**/api/v1/stream')
        await page.goto(`/inbox/${id}`)
        await listening
        await talkWith(page, 'Paulo Teixeira').getByText('Boa tarde').waitFor()
      }
      await writes({ name: 'Lívia Campos', text: 'Alguém aí?' })
      for (const page of [hers, theirs]) await row(page, 'Lívia Campos').getByText('Alguém aí?').waitFor()
      await composer(hers).fill('Pois não, Paulo?')
      await hers.keyboard.press('Enter')
      await talkWith(theirs, 'Paulo Teixeira').getByText('Pois não, Paulo?').waitFor()
      await talkWith(theirs, 'Paulo Teixeira').getByText('Helena Prado').waitFor()
      for (const page of [hers, theirs]) await mark(page, 'Paulo Teixeira', 'Pois não', 'Entregue').waitFor()
      await behave({ reads: true })
      await composer(theirs).fill('Sou a Bia, também posso ajudar.')
      await theirs.keyboard.press('Enter')
      for (const page of [hers, theirs]) await mark(page, 'Paulo Teixeira', 'Sou a Bia', 'Lida').waitFor()
      assert.equal(await talkWith(hers, 'Paulo Teixeira').getByText('Sou a Bia').count(), 1)
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
    await talkWith(page, 'Renato Moraes').getByText('Não lidas a partir daqui').waitFor()
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
  const marina = await writes({ name: 'Marina Duarte', text: 'Oi' })
  await helena.put(`/conversations/${marina.id}/read`, {})
  await helena.put(`/conversations/${paulo.id}/unread`)
  await visit({ cookie }, async (page) => {
    await page.goto('/inbox')
    await row(page, 'Renato Moraes').waitFor()
    await page.keyboard.press('e')
    await talkWith(page, 'Paulo Teixeira').waitFor()
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
    const talk = talkWith(page, 'Sílvia Nunes')
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
    await talkWith(page, 'Sílvia Nunes').getByText('Este é o telhado').first().waitFor()
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
