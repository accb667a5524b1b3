import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startApp } from '../harness.ts'
import { newPerson } from '../people.ts'
import { isAccessible, photograph, settled, startBrowser } from './harness.ts'

const app = await startApp()
const acme = await app.newAccount()
const ana = await newPerson(app.url, acme.scope, 'admin')
const { visit } = await startBrowser(app)
const startNow = async () => (await ana.get('/account/start')).body.start

test('the first steps are done right there: a key, with the line that tries it', () =>
  visit({ cookie: ana.cookie }, async (page) => {
    await page.goto('/')
    await settled(page)
    await page.getByRole('link', { name: 'Primeiros passos' }).click()
    await settled(page, 'Primeiros passos')
    await isAccessible(page, 'first steps')
    await photograph(page, 'start')
    await page.getByRole('button', { name: 'Nova chave' }).click()
    await page.getByLabel('Nome').fill('Site')
    await page.getByRole('button', { name: 'Criar chave' }).click()
    const line = page.getByText(/curl .*X-API-Key: /)
    const key = /X-API-Key: ([^"]+)"/.exec((await line.textContent())!)![1]!
    assert.equal((await fetch(`${app.url}/api/v1/leads`, { headers: { 'x-api-key': key } })).status, 200)
    assert.equal((await startNow()).key, true)
  }))

test('put away, the steps leave the navigation, and are found again in the menu', () =>
  visit({ cookie: ana.cookie }, async (page) => {
    await page.goto('/start')
    await settled(page, 'Primeiros passos')
    const card = page.getByRole('navigation').getByRole('link', { name: 'Primeiros passos' })
    await card.waitFor()
    await page.getByRole('button', { name: 'Não mostrar mais' }).click()
    await card.waitFor({ state: 'detached' })
    assert.equal((await startNow()).is_dismissed, true)
    await page.goto('/leads')
    await settled(page, 'Leads')
    await page.getByRole('button', { name: 'Sua conta' }).click()
    await page.getByRole('menuitem', { name: 'Primeiros passos' }).click()
    await page.getByRole('button', { name: 'Mostrar na navegação' }).click()
    await card.waitFor()
  }))
