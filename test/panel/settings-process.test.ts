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
type Named = { id: number; name: string }
const pipeline = async () => (await acme.get('/pipelines')).body.pipelines[0]
const stageNames = async () => (await pipeline()).stages.map(({ name }: Named) => name)

test('a stage is added before the ends, moved by keyboard, and demands a task of who is in it', () =>
  visit({ cookie: bia.cookie }, async (page) => {
    const { id, name, stages } = await pipeline()
    const { lead } = (await acme.post('/leads', { name: 'João' })).body
    await page.goto(`/settings/pipelines/${id}`)
    await settled(page, name)
    await page.getByRole('button', { name: 'Nova etapa' }).click()
    const form = page.getByRole('dialog', { name: 'Nova etapa' })
    await form.getByLabel('Nome').fill('Visita')
    await isAccessible(page, 'stage form')
    await photograph(page, 'settings-stage-form')
    await form.getByRole('button', { name: 'Criar' }).click()
    await page.getByText('Visita', { exact: true }).waitFor()
    const place = stages.findIndex(({ is_won }: { is_won: boolean }) => is_won)
    assert.equal((await stageNames())[place], 'Visita')

    const grip = page.getByRole('button', { name: 'Mover Visita' })
    const saved = page.waitForResponse((answer) => answer.request().method() === 'PUT')
    await grip.focus()
    await page.keyboard.press('Space')
    await page
      .getByText(/Visita está na mão|Posição/)
      .first()
      .waitFor({ state: 'attached' })
    await hearsKeys(page)
    await page.keyboard.press('ArrowUp')
    await page.getByText(`Posição ${place} de`).waitFor({ state: 'attached' })
    await page.keyboard.press('Space')
    assert.equal((await saved).status(), 200)
    assert.equal((await stageNames())[place - 1], 'Visita')

    const first = (await pipeline()).stages[0]
    await page.getByRole('button', { name: `Tarefas obrigatórias de ${first.name}` }).click()
    await page.getByRole('button', { name: 'Exigir tarefa' }).click()
    const demand = page.getByRole('dialog', { name: `Exigir em ${first.name}` })
    await demand.getByLabel('O que fazer').fill('Ligar para')
    await demand.getByRole('button', { name: 'Inserir variável' }).click()
    await page.getByRole('menuitem', { name: /Nome do lead/ }).click()
    await isAccessible(page, 'demand form')
    await demand.getByRole('button', { name: 'Salvar' }).click()
    await page.getByText('Ligar para {{lead_name}}').waitFor()
    await page.getByText('1 tarefa obrigatória').waitFor()
    await isAccessible(page, 'demands')
    await photograph(page, 'settings-pipeline')
    const { data } = (await acme.get(`/tasks?lead_id=${lead.id}`)).body
    assert.deepEqual(
      data.map(({ subject }: { subject: string }) => subject),
      ['Ligar para João'],
    )
  }))

test('a stage with leads goes only when they have a place to go to', () =>
  visit({ cookie: bia.cookie }, async (page) => {
    const { id, name, stages } = await pipeline()
    const [from, to] = stages
    const { lead } = (await acme.post('/leads', { name: 'Maria', stage_id: from.id })).body
    await page.goto(`/settings/pipelines/${id}`)
    await settled(page, name)
    await page.getByRole('button', { name: `Ações de ${from.name}` }).click()
    await page.getByRole('menuitem', { name: 'Excluir' }).click()
    const asked = page.getByRole('dialog', { name: `Excluir ${from.name}?` })
    await asked.getByText('Escolha para onde').waitFor()
    await asked.getByRole('button', { name: 'Excluir' }).click()
    await asked.getByText('Escolha uma das opções.').waitFor()
    await isAccessible(page, 'delete a stage')
    await photograph(page, 'settings-stage-delete')
    await asked.getByRole('combobox', { name: 'Levar os leads para' }).click()
    await page.getByRole('option', { name: to.name }).click()
    await asked.getByRole('button', { name: 'Excluir' }).click()
    await page.getByText(`Excluído: ${from.name}.`).waitFor()
    assert.ok(!(await stageNames()).includes(from.name))
    assert.equal((await acme.get(`/leads/${lead.id}`)).body.lead.stage_id, to.id)
  }))

test('a field is made with its options, put away and taken out again', () =>
  visit({ cookie: bia.cookie }, async (page) => {
    await page.goto('/settings/fields')
    await page.getByRole('heading', { name: 'Nenhum campo personalizado' }).waitFor()
    await isAccessible(page, 'no fields')
    await photograph(page, 'settings-fields-none')
    await page.getByRole('button', { name: 'Novo campo' }).click()
    const form = page.getByRole('dialog', { name: 'Novo campo' })
    await form.getByLabel('Nome do campo').fill('Tamanho da empresa')
    await form.getByRole('combobox', { name: 'Tipo' }).click()
    await page.getByRole('option', { name: 'Uma opção' }).click()
    const options = form.getByLabel('Opções')
    for (const option of ['1-10', '11-50']) {
      await options.fill(option)
      await page.keyboard.press('Enter')
    }
    await form.getByRole('switch', { name: 'Mostrar no cartão do quadro' }).check()
    await isAccessible(page, 'field form')
    await photograph(page, 'settings-field-form')
    await form.getByRole('button', { name: 'Criar' }).click()
    await page.getByText('Uma opção: 1-10, 11-50').waitFor()
    const [field] = (await acme.get('/custom-fields')).body.data
    assert.deepEqual([field.name, field.show_on_card], ['tamanho_da_empresa', true])

    await page.getByRole('button', { name: 'Ações de Tamanho da empresa' }).click()
    await page.getByRole('menuitem', { name: 'Arquivar' }).click()
    await page.getByRole('heading', { name: 'Arquivados' }).waitFor()
    await page.getByRole('button', { name: 'Desfazer' }).click()
    await page.getByRole('heading', { name: 'Arquivados' }).waitFor({ state: 'hidden' })
    assert.equal((await acme.get('/custom-fields?active_only=true')).body.data.length, 1)
  }))

test('reasons to lose and tags are renamed and taken away', () =>
  visit({ cookie: bia.cookie }, async (page) => {
    await acme.post('/leads', { name: 'Ana', tags: ['vip', 'frio'] })
    await page.goto('/settings/lost-reasons')
    await settled(page, 'Motivos de perda')
    await page.getByRole('button', { name: 'Novo motivo' }).click()
    await page.getByRole('dialog').getByLabel('Nome').fill('Mudou de cidade')
    await page.getByRole('dialog').getByRole('button', { name: 'Criar' }).click()
    await page.getByText('Mudou de cidade').waitFor()

    await page.goto('/settings/tags')
    await page.getByRole('button', { name: 'Renomear vip' }).click()
    const form = page.getByRole('dialog', { name: 'Renomear vip em 1 lead' })
    await form.getByLabel('Nome').fill('VIP')
    await form.getByRole('button', { name: 'Salvar' }).click()
    await page.getByRole('link', { name: 'VIP', exact: true }).waitFor()
    await page.getByRole('button', { name: 'Excluir frio' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Excluir' }).click()
    await page.getByRole('link', { name: 'frio' }).waitFor({ state: 'hidden' })
    assert.deepEqual((await acme.get('/tags')).body.data, [{ tag: 'VIP', leads: 1 }])
  }))
