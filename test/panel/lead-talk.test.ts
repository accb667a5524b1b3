import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import { startApp } from '../harness.ts'
import { newPerson } from '../people.ts'
import { until } from '../whatsapp/until.ts'
import { isAccessible, photograph, settled, startBrowser } from './harness.ts'

const app = await startApp({ workers: true })
const acme = await app.newAccount()
const ana = await newPerson(app.url, acme.scope, 'manager')
const { visit } = await startBrowser(app)
const sandbox = (await acme.post('/whatsapp/instances', { provider: 'sandbox', display_name: 'Teste' })).body
  .instance
await acme.post(`/whatsapp/instances/${sandbox.id}/templates/sync`)
const said = (page: Page, text: string) => page.getByRole('alert').filter({ hasText: text }).waitFor()

async function writes(name: string, phone: string, text: string) {
  await acme.post(`/whatsapp/instances/${sandbox.id}/sandbox/messages`, { name, phone, text })
  return until(`${name} is a lead`, async () => (await acme.get(`/leads?q=${phone.slice(-8)}`)).body.data[0])
}

test('who writes shows on the board as unread, and is answered beside the lead', () =>
  visit({ cookie: ana.cookie }, async (page) => {
    const listening = page.waitForResponse('**/api/v1/stream')
    await page.goto('/')
    await listening
    await settled(page)
    const lead = await writes('Cliente Que Escreve', '+5511911110001', 'Quanto custa?')
    const card = page.locator('.board-card', { hasText: 'Cliente Que Escreve' })
    await card.getByText('1 mensagem não lida').waitFor()
    await isAccessible(page, 'unread on the board')
    await photograph(page, 'board-unread')
    await card.getByRole('link').click()
    await page.waitForURL(`**/leads/${lead.id}`)
    await page.getByText('Quanto custa?').first().waitFor()
    await page.getByLabel('Escreva uma mensagem').fill('Depende do tamanho.')
    await page.keyboard.press('Enter')
    await page.getByRole('log').getByText('Depende do tamanho.').waitFor()
    await isAccessible(page, 'lead with a conversation')
    await photograph(page, 'lead-conversation')
    await page.getByRole('tab', { name: 'Histórico' }).click()
    await page.getByText('respondeu: Depende do tamanho.').waitFor()
    await page.getByText('escreveu: Quanto custa?').waitFor()
  }))

test('a lead without a conversation is written to first; without a phone it is said what is missing', () =>
  visit({ cookie: ana.cookie }, async (page) => {
    const { lead } = (await acme.post('/leads', { name: 'Sem Conversa', phone: '+5511911110003' })).body
    await page.goto(`/leads/${lead.id}`)
    await settled(page, 'Sem Conversa')
    await page.getByRole('tab', { name: 'Conversa' }).click()
    await page.getByLabel('Escreva a primeira mensagem').fill('Olá, tudo bem?')
    await isAccessible(page, 'no conversation yet')
    await page.getByRole('button', { name: 'Enviar', exact: true }).click()
    await said(page, 'A janela de 24 h está fechada. Use um template.')
    await page.getByRole('combobox', { name: 'Ou envie um template' }).click()
    await page.getByRole('option', { name: 'pedido_enviado' }).click()
    for (const [name, value] of [
      ['Variável 1', 'Sem'],
      ['Variável 2', '4321'],
      ['Variável 3', 'BR9'],
    ] as const)
      await page.getByLabel(name).fill(value)
    await isAccessible(page, 'the first template')
    await page.getByRole('button', { name: 'Enviar template' }).click()
    await page.getByRole('log').getByText('Olá, Sem! Seu pedido 4321 foi enviado.').waitFor()
    await photograph(page, 'lead-written-to')
    const other = (await acme.post('/leads', { name: 'Sem Telefone' })).body.lead
    await page.goto(`/leads/${other.id}`)
    await page.getByRole('tab', { name: 'Conversa' }).click()
    await page.getByText('Este lead não tem telefone.').waitFor()
  }))

test('a sequence is started and stopped on the lead, and the history tells both', () =>
  visit({ cookie: ana.cookie }, async (page) => {
    const wait = { id: 'espera', type: 'wait_reply', timeout: { days: 3 } }
    const made = await acme.post('/sequences', { name: 'Boas-vindas', steps: [wait] })
    assert.equal(made.status, 201, JSON.stringify(made.body))
    const { lead } = (await acme.post('/leads', { name: 'Na Sequência', phone: '+5511911110002' })).body
    await page.goto(`/leads/${lead.id}`)
    await settled(page, 'Na Sequência')
    const sequences = page.getByRole('region', { name: 'Sequências' })
    await sequences.getByRole('button', { name: 'Iniciar' }).click()
    await page.getByRole('menuitem', { name: 'Boas-vindas' }).click()
    await said(page, 'Sequência Boas-vindas iniciada.')
    await page.getByText('iniciou a sequência Boas-vindas').waitFor()
    await isAccessible(page, 'a sequence under way')
    await photograph(page, 'lead-sequence')
    await sequences.getByRole('button', { name: 'Parar Boas-vindas' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Parar' }).click()
    await said(page, 'Boas-vindas parou para este lead.')
    await sequences.getByText('Parada', { exact: true }).waitFor()
    await page.getByText('encerrou a sequência Boas-vindas').waitFor()
    const [run] = (await acme.get(`/leads/${lead.id}/sequences`)).body.data
    assert.equal(run.status, 'stopped')
  }))
