import assert from 'node:assert/strict'
import { test } from 'node:test'
import { makeCompany } from '#demo/make.ts'
import { startApp } from '../harness.ts'
import { browserOf, cookieOf, newPerson } from '../people.ts'
import { request } from '../request.ts'
import { isAccessible, photograph, settled, startBrowser } from './harness.ts'

const app = await startApp()
const { signInToken } = await makeCompany(app.database.db, { leads: 30 })
const { visit } = await startBrowser(app)
const cookie = cookieOf(
  await request(app.url, 'POST', '/api/v1/session/link', { body: { token: signInToken } }),
)
const admin = browserOf(app.url, cookie)
await admin.post('/api-keys', { name: 'n8n', scopes: ['leads:read', 'leads:write', 'tasks:read'] })
await admin.post('/webhooks', { target_url: 'https://example.com/funil', events: ['lead.created'] })

const sections = [
  ['Funis e etapas', 'pipelines'],
  ['Campos personalizados', 'fields'],
  ['Motivos de perda', 'lost-reasons'],
  ['Etiquetas', 'tags'],
  ['Números de WhatsApp', 'whatsapp'],
  ['Templates', 'templates'],
  ['Sequências', 'sequences'],
  ['Dados da empresa', 'company'],
  ['Pessoas', 'people'],
  ['Plano e uso', 'plan'],
  ['Chaves de API', 'api-keys'],
  ['Webhooks', 'webhooks'],
  ['Registro de eventos', 'log'],
  ['Meu perfil', 'profile'],
] as const

test('each section stands beside the others, has its picture, and is no barrier to anybody', () =>
  visit({ cookie }, async (page) => {
    await page.goto('/settings')
    await settled(page, 'Configurações')
    await isAccessible(page, 'overview')
    await photograph(page, 'settings')
    for (const [title, path] of sections) {
      await page.locator('#main').getByRole('link', { name: title }).first().click()
      await page.waitForURL(`${app.url}/settings/${path}`)
      await settled(page, title)
      await isAccessible(page, path)
      await photograph(page, `settings-${path}`)
    }
  }))

test('in the dark nothing is harder to read', () =>
  visit({ cookie, colorScheme: 'dark' }, async (page) => {
    for (const [title, path] of sections) {
      await page.goto(`/settings/${path}`)
      await settled(page, title)
      await isAccessible(page, `${path} in the dark`)
    }
  }))

test('on a phone the list of sections is a page of its own, and nothing is wider than the window', () =>
  visit({ cookie, isPhone: true }, async (page) => {
    for (const [title, path] of sections) {
      await page.goto('/settings')
      await page.getByRole('link', { name: title }).first().tap()
      await settled(page, title)
      const width = await page.evaluate<number>('document.documentElement.scrollWidth')
      assert.ok(width <= 390, `${path} is ${width} wide`)
      await isAccessible(page, `${path} on a phone`)
      await page.locator('#main').getByRole('link', { name: 'Configurações' }).tap()
      await settled(page, 'Configurações')
    }
  }))

test('a viewer sees what they may, and reads why they cannot change it', async () => {
  const { account, scope } = await app.newAccount()
  const viewer = await newPerson(app.url, scope, 'viewer')
  assert.ok(account.id)
  await visit({ cookie: viewer.cookie }, async (page) => {
    await page.goto('/settings/pipelines')
    await settled(page, 'Funis e etapas')
    await page.getByText('Você pode ver, mas não mudar.').waitFor()
    assert.equal(await page.getByRole('button', { name: 'Novo funil' }).count(), 0)
    assert.equal(await page.getByRole('link', { name: 'Chaves de API' }).count(), 0)
    await page.goto('/settings/api-keys')
    await page.getByRole('heading', { name: 'Só para administradores' }).waitFor()
    await isAccessible(page, 'closed')
  })
})

test('what is not saved is kept from being lost, and the company’s name is everybody’s at once', () =>
  visit({ cookie }, async (page) => {
    await page.goto('/settings/company')
    await settled(page, 'Dados da empresa')
    await page.getByLabel('Nome').fill('')
    await page.getByRole('button', { name: 'Salvar' }).click()
    await page.getByText('Preencha este campo.').waitFor()
    await page.getByLabel('Nome').fill('Sol da Serra')
    await isAccessible(page, 'unsaved')
    await photograph(page, 'settings-company-unsaved')
    await page.getByRole('link', { name: 'Leads', exact: true }).click()
    const asked = page.getByRole('dialog', { name: 'Sair sem salvar?' })
    await asked.getByRole('button', { name: 'Continuar aqui' }).click()
    await asked.waitFor({ state: 'hidden' })
    assert.equal(await page.getByLabel('Nome').inputValue(), 'Sol da Serra')
    await page.getByRole('button', { name: 'Salvar' }).click()
    await page.getByText('Há mudanças não salvas.').waitFor({ state: 'hidden' })
    await page
      .getByRole('button', { name: /^Sua conta/ })
      .getByText('Sol da Serra', { exact: true })
      .waitFor()
    await page.getByRole('link', { name: 'Leads', exact: true }).click()
    await settled(page, 'Leads')
    assert.equal((await admin.get('/account')).body.account.name, 'Sol da Serra')
  }))

test('the log shows the newest first, and what happens meanwhile appears on top', () =>
  visit({ cookie }, async (page) => {
    const listening = page.waitForResponse('**/api/v1/stream')
    await page.goto('/settings/log')
    await listening
    await settled(page, 'Registro de eventos')
    await admin.post('/leads', { name: 'Acabou de Chegar' })
    const first = page.getByRole('list', { name: 'Registro de eventos' }).getByRole('listitem').first()
    await first.getByRole('link', { name: 'Acabou de Chegar' }).waitFor()
    await first.getByRole('button', { name: /^Detalhes de Lead criado/ }).click()
    await first.getByText('"type": "lead.created"').waitFor()
    await isAccessible(page, 'an event')
  }))
