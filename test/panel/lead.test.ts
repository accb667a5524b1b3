import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import { startApp } from '../harness.ts'
import { newPerson } from '../people.ts'
import { isAccessible, photograph, settled, startBrowser } from './harness.ts'

const app = await startApp()
const acme = await app.newAccount()
const ana = await newPerson(app.url, acme.scope, 'manager')
const bia = await newPerson(app.url, acme.scope, 'manager')
const { visit } = await startBrowser(app)

const newLead = async (name: string, more: object = {}) =>
  (await acme.post('/leads', { name, ...more })).body.lead as { id: number }
const leadNow = async ({ id }: { id: number }) => (await acme.get(`/leads/${id}`)).body.lead
const said = (page: Page, text: string) => page.getByRole('alert').filter({ hasText: text }).waitFor()
const field = (page: Page, label: string) => page.getByRole('button', { name: `Editar ${label}:` })
/** What is shown at once is on the server a moment later. */
const keeping = (page: Page) => page.waitForResponse((answer) => answer.request().method() === 'PATCH')

async function open(page: Page, { id }: { id: number }, name: string) {
  const listening = page.waitForResponse('**/api/v1/stream')
  await page.goto(`/leads/${id}`)
  await listening
  await settled(page, name)
}

test('a field is changed where it stands: Enter keeps, Escape leaves, a refusal says why', () =>
  visit({ cookie: ana.cookie }, async (page) => {
    const lead = await newLead('No Lugar', { email: 'antes@example.com', value: 10 })
    await open(page, lead, 'No Lugar')
    await field(page, 'Nome').click()
    await page.keyboard.press('ControlOrMeta+a')
    await page.keyboard.type('Outro Nome')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { level: 1, name: 'Outro Nome' }).waitFor()
    await field(page, 'E-mail').click()
    await page.getByLabel('E-mail', { exact: true }).fill('isto não é')
    await page.keyboard.press('Enter')
    await page.getByText('Informe um e-mail válido.').waitFor()
    await isAccessible(page, 'a field refused')
    await page.keyboard.press('Escape')
    await field(page, 'E-mail').filter({ hasText: 'antes@example.com' }).waitFor()
    await field(page, 'Valor').click()
    await page.getByLabel('Valor', { exact: true }).fill('1.234,50')
    await page.keyboard.press('Enter')
    await field(page, 'Valor').filter({ hasText: '1.234,50' }).waitFor()
    await field(page, 'Responsável').click()
    const kept = keeping(page)
    await page.getByRole('option', { name: ana.name }).click()
    await field(page, 'Responsável').filter({ hasText: ana.name }).waitFor()
    await kept
    const { name, email, value, assigned_to } = await leadNow(lead)
    assert.deepEqual([name, email, value, assigned_to], ['Outro Nome', 'antes@example.com', 1234.5, ana.id])
  }))

test('custom fields are edited by what they are', async () => {
  const fields = [
    { name: 'obra', label: 'Obra', field_type: 'select', options: ['Nova', 'Reforma'] },
    { name: 'interesses', label: 'Interesses', field_type: 'multiselect', options: ['Painel', 'Bateria'] },
    { name: 'visita', label: 'Visita', field_type: 'date' },
    { name: 'consumo', label: 'Consumo', field_type: 'number' },
    { name: 'proprio', label: 'Imóvel próprio', field_type: 'checkbox' },
  ]
  for (const each of fields) await acme.post('/custom-fields', each)
  const lead = await newLead('Com Campos')
  await visit({ cookie: ana.cookie }, async (page) => {
    await open(page, lead, 'Com Campos')
    await field(page, 'Obra').click()
    await page.getByRole('option', { name: 'Reforma' }).click()
    await field(page, 'Obra').filter({ hasText: 'Reforma' }).waitFor()
    await field(page, 'Interesses').click()
    await page.getByRole('option', { name: 'Bateria' }).click()
    await page.getByRole('heading', { level: 1 }).click()
    await field(page, 'Interesses').filter({ hasText: 'Bateria' }).waitFor()
    await field(page, 'Visita').click()
    await page.getByLabel('Visita', { exact: true }).fill('2026-12-24')
    await page.keyboard.press('Enter')
    await field(page, 'Visita').filter({ hasText: '24 de dez. de 2026' }).waitFor()
    await field(page, 'Consumo').click()
    await page.getByLabel('Consumo', { exact: true }).fill('350,5')
    await page.keyboard.press('Enter')
    await field(page, 'Consumo').filter({ hasText: '350,5' }).waitFor()
    await field(page, 'Imóvel próprio').click()
    const kept = keeping(page)
    await page.getByRole('option', { name: 'Sim' }).click()
    await field(page, 'Imóvel próprio').filter({ hasText: 'Sim' }).waitFor()
    await kept
  })
  assert.deepEqual((await leadNow(lead)).custom_fields, {
    obra: 'Reforma',
    interesses: ['Bateria'],
    visita: '2026-12-24',
    consumo: 350.5,
    proprio: true,
  })
})

test('a task is planned and done on the lead, undone too, and the history tells it', () =>
  visit({ cookie: ana.cookie }, async (page) => {
    const lead = await newLead('Com Passos')
    await open(page, lead, 'Com Passos')
    const tasks = page.getByRole('region', { name: 'Tarefas' })
    await tasks.getByRole('button', { name: 'Nova tarefa' }).click()
    await tasks.getByLabel('O que fazer?').fill('Ligar amanhã')
    await isAccessible(page, 'new task')
    await tasks.getByRole('button', { name: 'Adicionar' }).click()
    await tasks.getByRole('checkbox', { name: 'Concluir Ligar amanhã' }).click()
    await said(page, 'Concluída: Ligar amanhã')
    await page.getByText('concluiu a tarefa “Ligar amanhã”').waitFor()
    await page.getByRole('button', { name: 'Desfazer' }).click()
    await tasks.getByRole('checkbox', { name: 'Concluir Ligar amanhã' }).waitFor()
    const { data } = (await acme.get(`/tasks?lead_id=${lead.id}`)).body
    assert.deepEqual([data.length, data[0].status, data[0].assigned_to], [1, 'pending', ana.id])
  }))

test('won, archived and taken back; deleted only after a question', () =>
  visit({ cookie: ana.cookie }, async (page) => {
    const lead = await newLead('Vida Longa', { value: 900 })
    await open(page, lead, 'Vida Longa')
    await page.getByRole('button', { name: 'Ganhou' }).click()
    await page.getByRole('button', { name: 'Marcar como ganho' }).click()
    await page.locator('#main .mantine-Badge-label', { hasText: 'Ganho' }).waitFor()
    await said(page, 'Vida Longa foi para Ganho.')
    assert.equal((await leadNow(lead)).status, 'won')
    await page.getByRole('button', { name: 'Mais ações' }).click()
    await page.getByRole('menuitem', { name: 'Arquivar' }).click()
    await said(page, 'Vida Longa foi arquivado.')
    await page.getByText('Arquivado', { exact: true }).waitFor()
    await page.getByRole('button', { name: 'Desfazer' }).last().click()
    await said(page, 'Vida Longa voltou do arquivo.')
    assert.equal((await leadNow(lead)).status, 'won')
    await page.getByRole('button', { name: 'Mais ações' }).click()
    await page.getByRole('menuitem', { name: 'Excluir' }).click()
    await isAccessible(page, 'delete?')
    await page.getByRole('button', { name: 'Cancelar' }).click()
    assert.equal((await leadNow(lead)).id, lead.id)
    await page.getByRole('button', { name: 'Mais ações' }).click()
    await page.getByRole('menuitem', { name: 'Excluir' }).click()
    await page.getByRole('button', { name: 'Excluir', exact: true }).click()
    await said(page, 'Vida Longa foi excluído.')
    await page.waitForURL(`${app.url}/`)
    assert.equal((await acme.get(`/leads/${lead.id}`)).status, 404)
  }))

test('who looks like the same person is offered for merge, which can be undone', () =>
  visit({ cookie: ana.cookie }, async (page) => {
    const kept = await newLead('João Silva', { phone: '+5511977776666' })
    const other = await newLead('J. Silva', { phone: '+5511977776666', company: 'ACME' })
    await open(page, other, 'J. Silva')
    await page.getByText('Parece repetido').waitFor()
    await isAccessible(page, 'duplicate')
    await photograph(page, 'lead-duplicate')
    await page.getByRole('button', { name: 'Juntar os dois' }).click()
    await page.waitForURL(`**/leads/${kept.id}`)
    await settled(page, 'João Silva')
    await field(page, 'Empresa').filter({ hasText: 'ACME' }).waitFor()
    assert.equal((await leadNow(other)).id, kept.id)
    await page.getByRole('button', { name: 'Desfazer' }).click()
    await said(page, 'J. Silva é outro lead de novo.')
    assert.equal((await leadNow(other)).id, other.id)
  }))

test('what a colleague changes on a lead appears by itself, and is told in the history', () =>
  visit({ cookie: ana.cookie }, (hers) =>
    visit({ cookie: bia.cookie }, async (his) => {
      const lead = await newLead('Dos Dois', { tags: ['quente'] })
      for (const page of [hers, his]) await open(page, lead, 'Dos Dois')
      await bia.put(`/leads/${lead.id}`, { company: 'Padaria Real' })
      for (const page of [hers, his]) {
        await field(page, 'Empresa').filter({ hasText: 'Padaria Real' }).waitFor()
        await page.getByText('mudou Empresa: vazio → Padaria Real').waitFor()
      }
      await bia.delete(`/leads/${lead.id}/tags`, { tags: ['quente'] })
      await hers.getByText('tirou a etiqueta quente').waitFor()
    }),
  ))

test('a lead has no barriers by day and by night, nor on a phone, and a viewer has nothing to press', async () => {
  const long = {
    notes: 'Uma linha.\nOutra.',
    company: 'Companhia de Energia e Saneamento do Vale do Paraíba S.A.',
  }
  const lead = await newLead('Maria Aparecida de Oliveira Nascimento Cavalcanti', long)
  await acme.post('/tasks', { subject: 'Atrasada', type: 'call', due_date: '2020-01-01', lead_id: lead.id })
  for (const colorScheme of ['light', 'dark'] as const)
    await visit({ cookie: ana.cookie, colorScheme }, async (page) => {
      await open(page, lead, 'Maria Aparecida')
      await isAccessible(page, colorScheme)
      if (colorScheme === 'light') await photograph(page, 'lead')
    })
  await visit({ cookie: ana.cookie, isPhone: true }, async (page) => {
    await open(page, lead, 'Maria Aparecida')
    await isAccessible(page, 'phone')
    await page.getByText('Histórico').tap()
    await page.getByText('criou o lead').waitFor()
    await isAccessible(page, 'history on a phone')
  })
  const viewer = await newPerson(app.url, acme.scope, 'viewer')
  await visit({ cookie: viewer.cookie }, async (page) => {
    await open(page, lead, 'Maria Aparecida')
    await page.getByText('Atrasada', { exact: true }).waitFor()
    assert.equal(await page.getByRole('button', { name: /^Editar / }).count(), 0)
    assert.equal(await page.getByRole('button', { name: 'Mais ações' }).count(), 0)
  })
})
