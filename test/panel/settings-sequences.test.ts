import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startApp } from '../harness.ts'
import { newPerson } from '../people.ts'
import { hearsKeys } from './dragging.ts'
import { isAccessible, photograph, settled, startBrowser } from './harness.ts'

const app = await startApp()
const acme = await app.newAccount()
const bia = await newPerson(app.url, acme.scope, 'manager')
const { visit } = await startBrowser(app)
type Step = { type: string }

test('a sequence is written step by step, and what is wrong is said at its step', () =>
  visit({ cookie: bia.cookie }, async (page) => {
    await page.goto('/settings/sequences')
    await page.getByRole('heading', { name: 'Nenhuma sequência ainda' }).waitFor()
    await photograph(page, 'settings-sequences-none')
    await page.getByRole('link', { name: 'Nova sequência' }).click()
    await settled(page, 'Nova sequência')
    const add = async (type: string) => {
      await page.getByRole('button', { name: 'Adicionar passo' }).click()
      await page.getByRole('menuitem', { name: type }).click()
    }
    await add('Mensagem')
    const text = page.getByLabel('Texto da mensagem')
    await text.fill('Oi, ')
    await page.getByRole('button', { name: 'Inserir variável' }).click()
    await isAccessible(page, 'variables')
    await page.getByRole('menuitem', { name: /^Primeiro nome/ }).click()
    assert.equal(await text.inputValue(), 'Oi, {{first_name}}')
    await text.fill('Oi, {{apelido}}')
    await add('Esperar resposta')
    await add('Criar tarefa')
    await page.getByLabel('O que fazer').fill('Ligar para {{name}}')
    await page.getByRole('button', { name: 'Salvar' }).click()
    await page.getByText('Preencha este campo.').waitFor()
    await page.getByLabel('Nome', { exact: true }).fill('Boas-vindas')
    await page.getByRole('button', { name: 'Salvar' }).click()
    await page.getByText('{{apelido}} não existe. Escolha uma variável do menu.').waitFor()
    await isAccessible(page, 'mistakes')
    await photograph(page, 'settings-sequence-mistakes')
    await text.fill('Oi, {{first_name|tudo bem}}?')
    await page.getByRole('button', { name: 'Salvar' }).click()
    await settled(page, 'Boas-vindas')
    await isAccessible(page, 'sequence')
    await photograph(page, 'settings-sequence')
    const [sequence] = (await acme.get('/sequences')).body.data
    assert.deepEqual(
      sequence.steps.map(({ type }: Step) => type),
      ['message', 'wait_reply', 'create_task'],
    )
    assert.equal(sequence.steps[1].delay, undefined)
  }))

test('a step is moved by keyboard, and who is in it is seen with how it stands', () =>
  visit({ cookie: bia.cookie }, async (page) => {
    const [sequence] = (await acme.get('/sequences')).body.data
    const { lead } = (await acme.post('/leads', { name: 'João Silva' })).body
    await acme.post(`/leads/${lead.id}/sequences`, { sequence_id: sequence.id })
    await page.goto(`/settings/sequences/${sequence.id}`)
    await settled(page, 'Boas-vindas')
    await page.getByRole('button', { name: 'Mover 3. Criar tarefa' }).focus()
    await page.keyboard.press('Space')
    await page.getByText('Posição 3 de 3.').waitFor({ state: 'attached' })
    await hearsKeys(page)
    await page.keyboard.press('ArrowUp')
    await page.getByText('Posição 2 de 3.').waitFor({ state: 'attached' })
    await page.keyboard.press('Space')
    await page.getByText('E 1 lead que já está nela?').waitFor()
    await page.getByRole('radio', { name: /^Seguem pelos passos novos/ }).check()
    await isAccessible(page, 'moved')
    await page.getByRole('button', { name: 'Salvar' }).click()
    await page.getByText('Há mudanças não salvas.').waitFor({ state: 'hidden' })
    const after = (await acme.get(`/sequences/${sequence.id}`)).body.sequence
    assert.deepEqual(
      after.steps.map(({ type }: Step) => type),
      ['message', 'create_task', 'wait_reply'],
    )

    await page.getByRole('tab', { name: 'Quem está nela (1)' }).click()
    await page.getByRole('link', { name: 'João Silva', exact: true }).waitFor()
    await isAccessible(page, 'runs')
    await photograph(page, 'settings-sequence-runs')
    await page.getByRole('button', { name: 'Pausar Boas-vindas' }).click()
    await page.getByRole('button', { name: 'Retomar Boas-vindas' }).waitFor()
    assert.equal((await acme.get(`/sequences/${sequence.id}`)).body.sequence.status, 'paused')
  }))
