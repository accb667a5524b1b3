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

const today = new Intl.DateTimeFormat('en-CA', { timeZone: 'America/Sao_Paulo' }).format(new Date())
const lead = (await acme.post('/leads', { name: 'Padaria do Largo' })).body.lead as { id: number }
const newTask = async (subject: string, more: object = {}) => {
  const wanted = { subject, type: 'call', due_date: today, lead_id: lead.id, assigned_to: ana.id, ...more }
  return (await acme.post('/tasks', wanted)).body.task as { id: number }
}
const taskNow = async ({ id }: { id: number }) => (await acme.get(`/tasks/${id}`)).body.task
const said = (page: Page, text: string) => page.getByRole('alert').filter({ hasText: text }).waitFor()
const row = (page: Page, subject: string) => page.getByRole('listitem').filter({ hasText: subject })

async function open(page: Page, path = '') {
  const listening = page.waitForResponse('**/api/v1/stream')
  await page.goto(`/tasks${path}`)
  await listening
  await settled(page, 'Tarefas')
}

test('nothing to do teaches the next step; a task is made, changed, done with one click and undone', () =>
  visit({ cookie: ana.cookie }, async (page) => {
    await open(page)
    await page.getByText('Nada para hoje').waitFor()
    await page.keyboard.press('n')
    const dialog = page.getByRole('dialog', { name: 'Nova tarefa' })
    await dialog.getByRole('button', { name: 'Criar tarefa' }).click()
    await dialog.getByText('Preencha este campo.').waitFor()
    await dialog.getByLabel('O que fazer?').fill('Mandar o orçamento')
    await dialog.getByLabel('Lead').fill('largo')
    await page.getByRole('option', { name: 'Padaria do Largo' }).click()
    await dialog.getByLabel('Hora').fill('23:59')
    await isAccessible(page, 'new task')
    await dialog.getByRole('button', { name: 'Criar tarefa' }).click()
    await said(page, 'Tarefa criada: Mandar o orçamento')
    await row(page, 'Mandar o orçamento').getByText('23:59').waitFor()
    await page.getByRole('button', { name: 'Editar Mandar o orçamento' }).click()
    await page.getByLabel('O que fazer?').fill('Mandar a proposta')
    await page.getByRole('button', { name: 'Salvar' }).click()
    await page.getByRole('checkbox', { name: 'Concluir Mandar a proposta' }).click()
    await said(page, 'Concluída: Mandar a proposta')
    await row(page, 'Mandar a proposta').waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'Desfazer' }).click()
    await row(page, 'Mandar a proposta').waitFor()
    const { data } = (await acme.get(`/tasks?lead_id=${lead.id}`)).body
    assert.equal(data.length, 1)
    const { status, lead_id, assigned_to, due_time } = data[0]
    assert.deepEqual(
      [status, lead_id, assigned_to, due_time.slice(0, 5)],
      ['pending', lead.id, ana.id, '23:59'],
    )
  }))

test('overdue ones are counted in the navigation, and what a colleague plans for me appears by itself', () =>
  visit({ cookie: ana.cookie }, async (page) => {
    const late = await newTask('Ligar de volta', { due_date: '2020-01-31' })
    await open(page, '/overdue')
    await row(page, 'Ligar de volta').getByText('atrasada').waitFor()
    await page.getByRole('navigation').getByLabel('1 tarefa atrasada').waitFor()
    await bia.post('/tasks', {
      subject: 'Da Bia',
      type: 'visit',
      due_date: '2020-02-01',
      assigned_to: ana.id,
    })
    await row(page, 'Da Bia').waitFor()
    await page.getByRole('navigation').getByLabel('2 tarefas atrasadas').waitFor()
    await page.getByRole('checkbox', { name: 'Concluir Ligar de volta' }).click()
    await page.getByRole('navigation').getByLabel('1 tarefa atrasada').waitFor()
    assert.equal((await taskNow(late)).status, 'completed')
  }))

test('a task of a colleague is found among the team’s, and deleting it can be undone', () =>
  visit({ cookie: ana.cookie }, async (page) => {
    await newTask('Visitar a obra', { assigned_to: bia.id })
    await open(page)
    assert.equal(await row(page, 'Visitar a obra').count(), 0)
    await page.getByRole('combobox', { name: 'De quem' }).click()
    await page.getByRole('option', { name: 'Toda a equipe' }).click()
    await page.waitForURL('**/tasks?who=all')
    await page.getByRole('button', { name: 'Editar Visitar a obra' }).click()
    await page.getByRole('button', { name: 'Excluir' }).click()
    await said(page, 'Excluída: Visitar a obra')
    await row(page, 'Visitar a obra').waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'Desfazer' }).click()
    await row(page, 'Visitar a obra').waitFor()
  }))

test('what was done last stands first, however much was done before', () =>
  visit({ cookie: bia.cookie }, async (page) => {
    const yesterday = new Date(Date.parse(today) - 86_400_000).toISOString().slice(0, 10)
    for (let n = 0; n < 101; n++) {
      const { id } = await newTask(`Feita ${n}`, {
        due_date: n === 0 ? today : yesterday,
        assigned_to: bia.id,
      })
      await acme.put(`/tasks/${id}/complete`)
    }
    await open(page, '/done')
    const first = page.getByRole('listitem').filter({ hasText: 'Feita' }).first()
    await first.getByText('Feita 0', { exact: true }).waitFor()
    await page.getByRole('button', { name: 'Carregar mais' }).waitFor()
  }))

test('the list has no barriers by night nor on a phone', async () => {
  await newTask('Confirmar o endereço de entrega e o horário com o porteiro do prédio', { priority: 'high' })
  for (const look of [{ colorScheme: 'dark' }, { colorScheme: 'light', isPhone: true }] as const)
    await visit({ cookie: ana.cookie, ...look }, async (page) => {
      await open(page)
      await row(page, 'Confirmar o endereço').waitFor()
      await isAccessible(page, look.colorScheme)
      if (look.colorScheme === 'dark') await photograph(page, 'tasks')
    })
})

test('on a phone a count stands whole on its tab, and a large one says that it is large', async () => {
  const caio = await newPerson(app.url, acme.scope, 'manager')
  const late = { due_date: '2020-01-31', assigned_to: caio.id }
  const newLate = (count: number) => Promise.all(Array.from({ length: count }, () => newTask('Ligar', late)))
  await visit({ cookie: caio.cookie, isPhone: true }, async (page) => {
    for (const [more, name, shown] of [
      [27, '27 tarefas atrasadas', '27'],
      [75, '102 tarefas atrasadas', '99+'],
    ] as const) {
      await newLate(more)
      await open(page)
      const badge = page.getByRole('navigation').getByLabel(name)
      const text = badge.getByText(shown, { exact: true })
      await text.waitFor()
      assert.ok(await text.evaluate((node) => node.scrollWidth <= node.clientWidth), `${shown} is cut off`)
    }
  })
})
