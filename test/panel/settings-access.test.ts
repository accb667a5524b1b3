import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startApp } from '../harness.ts'
import { newPerson } from '../people.ts'
import { request } from '../request.ts'
import { isAccessible, photograph, settled, startBrowser } from './harness.ts'

const app = await startApp()
const acme = await app.newAccount()
const ana = await newPerson(app.url, acme.scope, 'admin', 'ana@example.com')
const { visit } = await startBrowser(app)

test('a key is made with what it may do, shown once, works, and no longer works once revoked', () =>
  visit({ cookie: ana.cookie }, async (page) => {
    await page.goto('/settings/api-keys')
    await settled(page, 'Chaves de API')
    await page.getByRole('button', { name: 'Nova chave' }).click()
    const form = page.getByRole('dialog', { name: 'Nova chave' })
    await form.getByRole('button', { name: 'Criar chave' }).click()
    await form.getByText('Preencha este campo.').waitFor()
    await form.getByLabel('Nome').fill('Site')
    await form.getByRole('radio', { name: 'Só o que eu escolher' }).check()
    await form.getByRole('checkbox', { name: 'Tarefas: Ler' }).check()
    await isAccessible(page, 'key form')
    await photograph(page, 'settings-key-form')
    await form.getByRole('button', { name: 'Criar chave' }).click()
    const shown = page.getByRole('dialog', { name: 'Chave Site criada' })
    const key = await shown.getByRole('textbox', { name: 'Chave' }).inputValue()
    assert.match(key, /^crm_/)
    await isAccessible(page, 'key shown')
    await photograph(page, 'settings-key-shown')
    await shown.getByRole('button', { name: 'Já guardei' }).click()
    const row = page.getByRole('listitem').filter({ hasText: 'Site' })
    await row.getByText('Leads: ler · Tarefas: ler').waitFor()
    const tasks = () => request(app.url, 'GET', '/api/v1/tasks', { headers: { 'x-api-key': key } })
    assert.equal((await tasks()).status, 200)

    await page.getByRole('button', { name: 'Revogar Site' }).click()
    const asked = page.getByRole('dialog', { name: 'Revogar Site?' })
    await isAccessible(page, 'revoke')
    await asked.getByRole('button', { name: 'Revogar' }).click()
    await page.getByRole('list', { name: 'Revogadas' }).getByText('Site').waitFor()
    assert.equal((await tasks()).status, 401)
  }))

test('somebody is invited by a link that works once, gets another role, and leaves handing over their leads', () =>
  visit({ cookie: ana.cookie }, async (page) => {
    await page.goto('/settings/people')
    await settled(page, 'Pessoas')
    await page.getByRole('button', { name: 'Convidar pessoa' }).click()
    const form = page.getByRole('dialog', { name: 'Convidar pessoa' })
    await form.getByLabel('Nome').fill('Bia Souza')
    await form.getByLabel('E-mail').fill('ana@example.com')
    await form.getByRole('button', { name: 'Criar convite' }).click()
    await form.getByText('Já está em uso. Escolha outro.').waitFor()
    await form.getByLabel('E-mail').fill('bia@example.com')
    await photograph(page, 'settings-invite')
    await form.getByRole('button', { name: 'Criar convite' }).click()
    const shown = page.getByRole('dialog', { name: 'Link de acesso de Bia Souza' })
    const link = await shown.getByRole('textbox', { name: 'Link de acesso' }).inputValue()
    const token = new URL(link).searchParams.get('token')
    assert.equal((await request(app.url, 'POST', '/api/v1/session/link', { body: { token } })).status, 200)
    await shown.getByRole('button', { name: 'Já guardei' }).click()

    const { id } = (await ana.get('/users')).body.data.find(
      ({ name }: { name: string }) => name === 'Bia Souza',
    )
    const lead = (await acme.post('/leads', { name: 'João', assigned_to: id })).body.lead
    await page.getByRole('button', { name: 'Ações de Bia Souza' }).click()
    await page.getByRole('menuitem', { name: 'Editar' }).click()
    const edit = page.getByRole('dialog', { name: 'Bia Souza' })
    await edit.getByRole('radio', { name: 'Leitor' }).check()
    await edit.getByRole('button', { name: 'Salvar' }).click()
    await page.getByRole('listitem').filter({ hasText: 'Bia Souza' }).getByText('Leitor').waitFor()

    await page.getByRole('button', { name: 'Ações de Bia Souza' }).click()
    await page.getByRole('menuitem', { name: 'Desativar' }).click()
    const leave = page.getByRole('dialog', { name: 'Desativar Bia Souza?' })
    await leave.getByRole('combobox', { name: 'Leads e tarefas abertas passam para' }).click()
    await page.getByRole('option', { name: ana.name }).click()
    await isAccessible(page, 'deactivate')
    await leave.getByRole('button', { name: 'Desativar' }).click()
    await page.getByRole('listitem').filter({ hasText: 'Bia Souza' }).getByText('Sem acesso').waitFor()
    assert.equal((await acme.get(`/leads/${lead.id}`)).body.lead.assigned_to, ana.id)
  }))

test('who forgot their password is seen here, and gets a new link', async () => {
  const caio = await newPerson(app.url, acme.scope, 'manager', 'caio@example.com')
  await request(app.url, 'POST', '/api/v1/session/forgotten', { body: { email: 'caio@example.com' } })
  await visit({ cookie: ana.cookie }, async (page) => {
    await page.goto('/settings/people')
    const row = page.getByRole('listitem').filter({ hasText: caio.email })
    await row.getByText('Esqueceu a senha e pediu um link').waitFor()
    await photograph(page, 'settings-people-forgot')
    await row.getByRole('button', { name: 'Criar link de acesso' }).click()
    await page.getByRole('dialog', { name: /^Link de acesso de/ }).waitFor()
    await isAccessible(page, 'link')
    await page.getByRole('button', { name: 'Já guardei' }).click()
    await row.getByText('Esqueceu a senha').waitFor({ state: 'hidden' })
  })
})

test('a language that is chosen in the profile is kept with the person', () =>
  visit({ cookie: ana.cookie }, async (page) => {
    await page.goto('/settings/profile')
    await settled(page, 'Meu perfil')
    await page.getByRole('combobox', { name: 'Idioma' }).click()
    await page.getByRole('option', { name: 'Español' }).click()
    await settled(page, 'Mi perfil')
    await isAccessible(page, 'profile in Spanish')
    assert.equal((await ana.get('/session')).body.preferences.locale, 'es')
  }))
