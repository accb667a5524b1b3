import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createSignInLink } from '#accounts/sign-in/links.ts'
import { startApp } from '../harness.ts'
import { newPerson, password } from '../people.ts'
import { isAccessible, photograph, startBrowser } from './harness.ts'

const app = await startApp()
const acme = await app.newAccount()
const ana = await newPerson(app.url, acme.scope, 'admin', 'ana@example.com')
const { visit } = await startBrowser(app)

test('a one-time link only looked at stays good; its button signs in, and then it is used up', async () => {
  const path = `/sign-in?token=${await createSignInLink(acme.scope, ana.id)}`
  await visit({}, async (page) => {
    await page.goto(path)
    await page.getByRole('heading', { name: 'Seu link de acesso' }).waitFor()
    await isAccessible(page, 'link')
    await photograph(page, 'sign-in-link')
  })
  await visit({}, async (page) => {
    await page.goto(path)
    await page.getByRole('button', { name: 'Entrar' }).click()
    await page.getByRole('heading', { level: 1, name: /^Vendas/ }).waitFor()
    assert.equal(new URL(page.url()).search, '')
  })
  await visit({}, async (page) => {
    await page.goto(path)
    await page.getByRole('button', { name: 'Entrar' }).click()
    await page.getByRole('alert').getByText('Este link já foi usado ou venceu.').waitFor()
    await isAccessible(page, 'link used up')
    await page.getByRole('button', { name: 'Voltar para a entrada' }).click()
    await page.getByLabel('E-mail').waitFor()
  })
})

test('a wrong password is refused, the right one leads to where one was going, and signing out ends it', () =>
  visit({}, async (page) => {
    await page.goto('/tasks?due=today')
    await page.getByRole('heading', { name: 'Entrar no Funil' }).waitFor()
    await photograph(page, 'sign-in')
    await isAccessible(page, 'sign-in')
    await page.getByRole('button', { name: 'Entrar', exact: true }).click()
    await page
      .getByText('Informe um e-mail válido.')
      .or(page.getByText('Preencha este campo.'))
      .first()
      .waitFor()
    await page.getByLabel('E-mail').fill(ana.email)
    await page.getByLabel('Senha', { exact: true }).fill('not the password')
    await page.keyboard.press('Enter')
    await page.getByRole('alert').getByText('E-mail ou senha incorretos.').waitFor()
    await isAccessible(page, 'refused')
    await photograph(page, 'sign-in-refused')
    await page.getByLabel('Senha', { exact: true }).fill(password)
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { level: 1, name: 'Tarefas' }).waitFor()
    assert.equal(new URL(page.url()).search, '?due=today')

    await page.getByRole('button', { name: /^Sua conta/ }).click()
    await page.getByRole('menuitem', { name: 'Sair' }).click()
    await page.getByRole('heading', { name: 'Entrar no Funil' }).waitFor()
    await page.goto('/')
    await page.getByRole('heading', { name: 'Entrar no Funil' }).waitFor()
  }))

test('an address in the link that is not ours leads home', () =>
  visit({}, async (page) => {
    await page.goto('/sign-in?next=https://evil.example/')
    await page.getByLabel('E-mail').fill(ana.email)
    await page.getByLabel('Senha', { exact: true }).fill(password)
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { level: 1, name: /^Vendas/ }).waitFor()
    assert.equal(page.url(), `${app.url}/`)
  }))

test('who has several accounts chooses one', async () => {
  const globex = await app.newAccount({ name: 'Globex' })
  await newPerson(app.url, acme.scope, 'viewer', 'many@example.com')
  await newPerson(app.url, globex.scope, 'viewer', 'many@example.com')
  await visit({}, async (page) => {
    await page.goto('/sign-in')
    await page.getByLabel('E-mail').fill('many@example.com')
    await page.getByLabel('Senha', { exact: true }).fill(password)
    await page.keyboard.press('Enter')
    await page.getByRole('status').getByText('mais de uma conta').waitFor()
    await isAccessible(page, 'choice of account')
    await page.getByRole('combobox', { name: 'Conta' }).click()
    await page.getByRole('option', { name: 'Globex' }).click()
    await page.getByRole('button', { name: 'Entrar', exact: true }).click()
    await page
      .getByRole('button', { name: /^Sua conta/ })
      .getByText('Globex')
      .waitFor()
  })
})

test('a forgotten password asks an admin for a link', () =>
  visit({}, async (page) => {
    await page.goto('/sign-in')
    await page.getByRole('button', { name: 'Esqueci a senha, ou é a primeira vez' }).click()
    await isAccessible(page, 'forgotten')
    await page.getByLabel('E-mail').fill(ana.email)
    await page.getByRole('button', { name: 'Pedir o link' }).click()
    await page.getByRole('status').getByText('um administrador verá o pedido').waitFor()
    const { user } = (await ana.get(`/users/${ana.id}`)).body
    assert.ok(user.link_requested_at)
  }))

test('the sign-in speaks the browser’s language, and another when asked', () =>
  visit({ locale: 'es-MX' }, async (page) => {
    await page.goto('/sign-in')
    await page.getByRole('heading', { name: 'Entrar en Funil' }).waitFor()
    await page.getByRole('button', { name: 'English' }).click()
    await page.getByRole('heading', { name: 'Sign in to Funil' }).waitFor()
    assert.equal(await page.locator('html').getAttribute('lang'), 'en')
  }))
