import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import { startApp } from '../harness.ts'
import { newPerson, password } from '../people.ts'
import { isAccessible, photograph, settled, startBrowser } from './harness.ts'

const app = await startApp()
const acme = await app.newAccount()
const ana = await newPerson(app.url, acme.scope, 'admin')
const bia = await newPerson(app.url, acme.scope, 'manager')
const { visit } = await startBrowser(app)

/** What is chosen at once is kept with the person, too. */
const choose = (page: Page, name: string) =>
  Promise.all([
    page.waitForResponse('**/api/v1/session/preferences'),
    page.getByRole('menuitemradio', { name }).click(),
  ])
const looks = (page: Page) =>
  page.locator('html').evaluate(({ lang, dataset }) => [lang, dataset.mantineColorScheme])

async function signIn(page: Page, { email }: { email: string }, words: [string, string, string]) {
  await page.getByLabel(words[0]).fill(email)
  await page.getByLabel(words[1], { exact: true }).fill(password)
  await page.getByRole('button', { name: words[2], exact: true }).click()
  await settled(page, 'Vendas')
}
const portuguese: [string, string, string] = ['E-mail', 'Senha', 'Entrar']

test('language and appearance change at once, and stay', () =>
  visit({ cookie: ana.cookie }, async (page) => {
    await page.goto('/')
    await settled(page, 'Vendas')
    await page.getByRole('button', { name: /^Sua conta/ }).click()
    await page.getByRole('menuitemradio', { name: 'English' }).waitFor()
    await isAccessible(page, 'account menu')
    await photograph(page, 'account-menu')
    await choose(page, 'English')
    await page.getByRole('link', { name: 'Pipeline' }).first().waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: /^Your account/ }).click()
    await choose(page, 'Dark')
    await isAccessible(page, 'dark')
    await page.reload()
    await page.getByRole('link', { name: 'Pipeline' }).first().waitFor()
    assert.deepEqual(await looks(page), ['en', 'dark'])
  }))

test('what was chosen on one device holds on another from the first look, and leaves with the person', () =>
  visit({ locale: 'pt-BR', colorScheme: 'light' }, async (page) => {
    await page.addInitScript(noteFirstLook)
    await page.goto('/sign-in')
    await page.getByRole('heading', { name: 'Entrar no Funil' }).waitFor()
    assert.deepEqual(await looks(page), ['pt-BR', 'light'])
    await signIn(page, ana, portuguese)
    await page.getByRole('link', { name: 'Pipeline' }).first().waitFor()
    assert.deepEqual(await page.evaluate('firstLook'), ['en', 'dark'])
    assert.deepEqual(await looks(page), ['en', 'dark'])
    await isAccessible(page, 'on the other device')
    await page.getByRole('button', { name: /^Your account/ }).click()
    await page.getByRole('menuitem', { name: 'Sign out' }).click()
    await page.getByRole('heading', { name: 'Entrar no Funil' }).waitFor()
    assert.deepEqual(await looks(page), ['pt-BR', 'light'])
    // She never chose anything.
    await signIn(page, bia, portuguese)
    assert.deepEqual(await looks(page), ['pt-BR', 'light'])
    assert.deepEqual((await bia.get('/session')).body.preferences, {})
  }))

test('the page is dark before any of its scripts has arrived', () =>
  visit({ cookie: ana.cookie, colorScheme: 'light' }, async (page) => {
    await page.goto('/')
    await settled(page, 'Vendas')
    const released = Promise.withResolvers<void>()
    await page.route('**/assets/*.js', async (route) => {
      await released.promise
      await route.continue()
    })
    await page.goto('/', { waitUntil: 'commit' })
    await page.locator('#panel').waitFor({ state: 'attached' })
    assert.equal(await page.evaluate(firstGround), 'rgb(36, 36, 36)')
    released.resolve()
    await settled(page, 'Vendas')
  }))

test('a language that is chosen later on the other device is taken up with the next load', () =>
  visit({ cookie: ana.cookie, colorScheme: 'dark' }, async (page) => {
    await page.goto('/')
    await settled(page, 'Vendas')
    await ana.put('/session/preferences', { locale: 'es', theme: 'light' })
    await page.reload()
    await page.getByRole('link', { name: 'Embudo' }).first().waitFor()
    assert.deepEqual(await looks(page), ['es', 'light'])
  }))

/** Runs in the page: the ground that is painted first, for nothing is before the style sheets. */
const firstGround = `(async () => {
  for (const link of document.querySelectorAll('link[rel=stylesheet]'))
    if (!link.sheet) await new Promise((loaded) => link.addEventListener('load', loaded))
  return getComputedStyle(document.body).backgroundColor
})()`

/** Runs in the page: how it looked when its navigation first stood there. */
const noteFirstLook = `new MutationObserver((_, observer) => {
  if (!document.querySelector('nav')) return
  const { lang, dataset } = document.documentElement
  window.firstLook = [lang, dataset.mantineColorScheme]
  observer.disconnect()
}).observe(document, { childList: true, subtree: true })`
