import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import { startApp } from '../harness.ts'
import { newPerson } from '../people.ts'
import { isAccessible, photograph, settled, startBrowser } from './harness.ts'

const app = await startApp()
const acme = await app.newAccount()
const ana = await newPerson(app.url, acme.scope, 'manager')
const bia = await newPerson(app.url, acme.scope, 'viewer')
const { visit } = await startBrowser(app)

const lead = (await acme.post('/leads', { name: 'Padaria do Largo' })).body.lead as { id: number }
const newTask = async (subject: string, due_date: string, more: object = {}) => {
  const wanted = { subject, type: 'call', due_date, lead_id: lead.id, assigned_to: ana.id, ...more }
  return (await acme.post('/tasks', wanted)).body.task as { id: number }
}
const dueOf = async ({ id }: { id: number }) => {
  const { due_date, due_time } = (await acme.get(`/tasks/${id}`)).body.task
  return [due_date, due_time]
}
const said = (page: Page, text: string) => page.getByRole('alert').filter({ hasText: text }).waitFor()
const day = (page: Page, name: string) => page.getByRole('region', { name, exact: true })
const chip = (page: Page, subject: string) => page.getByRole('button', { name: subject })
const heading = (page: Page, text: string) => page.getByRole('heading', { level: 2, name: text }).waitFor()

async function open(page: Page, search: string) {
  await page.goto(`/tasks/calendar${search}`)
  await settled(page, 'Tarefas')
  await page.getByRole('radiogroup', { name: 'Período' }).waitFor()
}

/** Where a day and an hour of the axis meet. */
async function placeOf(page: Page, name: string, time: string) {
  const column = (await day(page, name).boundingBox())!
  const hour = (await page.getByText(time, { exact: true }).boundingBox())!
  return { x: column.x + column.width - 6, y: hour.y + 6 }
}

async function drag(page: Page, subject: string, { x, y }: { x: number; y: number }) {
  await chip(page, subject).hover()
  await page.mouse.down()
  await page.mouse.move(x, y, { steps: 4 })
  await page.mouse.up()
}

test('in a month a task is dragged to another day, keeps its time, and is taken back', () =>
  visit({ cookie: ana.cookie }, async (page) => {
    const task = await newTask('Reunião de março', '2031-03-12', { due_time: '09:10' })
    await open(page, '?month=2031-03')
    await chip(page, 'Reunião de março').dragTo(day(page, 'Sexta-feira, 14 de março de 2031'))
    await said(page, 'Reunião de março foi para Sexta-feira, 14 de março de 2031.')
    assert.deepEqual(await dueOf(task), ['2031-03-14', '09:10'])
    await page.getByRole('button', { name: 'Desfazer' }).click()
    await day(page, 'Quarta-feira, 12 de março de 2031')
      .getByRole('button', { name: 'Reunião de março' })
      .waitFor()
    await isAccessible(page, 'month')
    await photograph(page, 'calendar-month')
    assert.deepEqual(await dueOf(task), ['2031-03-12', '09:10'])
  }))

test('a month says how many more a day has, and leads to all of them', () =>
  visit({ cookie: ana.cookie }, async (page) => {
    for (let n = 1; n <= 250; n += 50)
      await Promise.all(
        Array.from({ length: 50 }, (_, more) =>
          newTask(`Ligação ${n + more}`, '2032-05-04', { due_time: n === 1 ? '10:00' : '15:00' }),
        ),
      )
    for (let n = 1; n <= 7; n++) await newTask(`Sem pressa ${n}`, '2032-05-05')
    await newTask('Fechar o mês', '2032-05-31')
    await open(page, '?month=2032-05')
    await chip(page, 'Fechar o mês').waitFor()
    const fourth = day(page, 'Terça-feira, 4 de maio de 2032')
    assert.equal(await fourth.getByRole('button', { name: /^10:00 Ligação/ }).count(), 4)
    await photograph(page, 'calendar-full')
    await fourth.getByRole('link', { name: '+246 tarefas' }).click()
    await page.waitForURL('**/tasks/calendar?day=2032-05-04')
    await fourth.getByText('250 tarefas').waitFor()
    assert.equal(await fourth.getByRole('button', { name: /Ligação/ }).count(), 250)
    await page.getByText('Semana', { exact: true }).click()
    await fourth.getByRole('link', { name: '+200 tarefas' }).waitFor()
    const fifth = day(page, 'Quarta-feira, 5 de maio de 2032')
    assert.equal(await fifth.getByRole('button', { name: 'Sem pressa' }).count(), 5)
    await fifth.getByRole('link', { name: '+2 tarefas' }).waitFor()
    await page.goBack()
    await fourth.getByText('250 tarefas').waitFor()
  }))

test('in a week a task is dragged to a day and a half hour, or to no time at all, and is taken back', () =>
  visit({ cookie: ana.cookie }, async (page) => {
    const task = await newTask('Visita à obra', '2031-06-10', { due_time: '09:10', type: 'visit' })
    await newTask('Mandar contrato', '2031-06-12')
    await newTask('Ligar cedo', '2031-06-13', { due_time: '05:45' })
    await open(page, '?week=2031-06-12')
    await heading(page, '9 – 15 de junho de 2031')
    await chip(page, 'Ligar cedo').waitFor()
    await isAccessible(page, 'week')
    await photograph(page, 'calendar-week')
    const thursday = 'Quinta-feira, 12 de junho de 2031'
    await drag(page, 'Visita à obra', await placeOf(page, thursday, '14:00'))
    await said(page, `Visita à obra foi para ${thursday} às 14:00.`)
    assert.deepEqual(await dueOf(task), ['2031-06-12', '14:00'])
    await page.getByRole('button', { name: 'Desfazer' }).click()
    await said(page, 'Terça-feira, 10 de junho de 2031 às 09:10')
    assert.deepEqual(await dueOf(task), ['2031-06-10', '09:10'])
    await drag(page, 'Visita à obra', await placeOf(page, thursday, 'sem horário'))
    await said(page, `Visita à obra foi para ${thursday}.`)
    assert.deepEqual(await dueOf(task), ['2031-06-12', null])
  }))

test('a click on an empty half hour makes a task there; its own form moves it by keyboard', () =>
  visit({ cookie: ana.cookie }, async (page) => {
    await open(page, '?week=2031-07-07')
    const { x, y } = await placeOf(page, 'Quarta-feira, 9 de julho de 2031', '16:00')
    await page.mouse.click(x, y)
    const dialog = page.getByRole('dialog', { name: 'Nova tarefa' })
    assert.equal(await dialog.getByLabel('Para quando').inputValue(), '2031-07-09')
    assert.equal(await dialog.getByLabel('Hora').inputValue(), '16:00')
    await dialog.getByLabel('O que fazer?').fill('Tirar medidas')
    await page.keyboard.press('Enter')
    await chip(page, '16:00 Tirar medidas').focus()
    await page.keyboard.press('Enter')
    await page.getByRole('dialog', { name: 'Editar tarefa' }).getByLabel('Hora').fill('21:40')
    await page.keyboard.press('Enter')
    await chip(page, '21:40 Tirar medidas').waitFor()
    await page.getByText('21:00', { exact: true }).waitFor()
    const [task] = (await acme.get('/tasks?due_from=2031-07-09&due_to=2031-07-09')).body.data
    assert.deepEqual([task.due_date, task.due_time, task.assigned_to], ['2031-07-09', '21:40', ana.id])
  }))

test('a task is done with one click where it stands, and taken back', () =>
  visit({ cookie: ana.cookie }, async (page) => {
    const task = await newTask('Confirmar endereço', '2034-03-15', { due_time: '10:00' })
    const statusOf = async () => (await acme.get(`/tasks/${task.id}`)).body.task.status
    for (const search of ['?month=2034-03', '?week=2034-03-13', '?day=2034-03-15']) {
      await open(page, search)
      await page.getByRole('checkbox', { name: 'Concluir Confirmar endereço' }).click()
      await said(page, 'Concluída: Confirmar endereço')
      await chip(page, 'Confirmar endereço').waitFor({ state: 'detached' })
      assert.equal(await statusOf(), 'completed')
      await page.getByRole('button', { name: 'Desfazer' }).click()
      await chip(page, 'Confirmar endereço').waitFor()
      assert.equal(await statusOf(), 'pending')
    }
  }))

test('keys turn the pages and choose how much is seen; the address keeps both, and whose tasks they are', () =>
  visit({ cookie: ana.cookie }, async (page) => {
    await open(page, '?month=2031-06&who=all')
    await page.getByText('Semana', { exact: true }).click()
    await page.waitForURL('**/tasks/calendar?who=all&week=2031-05-26')
    await page.keyboard.press('j')
    await page.waitForURL('**/tasks/calendar?who=all&week=2031-06-02')
    await page.keyboard.press('d')
    await heading(page, 'Segunda-feira, 2 de junho de 2031')
    await page.keyboard.press('k')
    await heading(page, 'Domingo, 1 de junho de 2031')
    await page.keyboard.press('m')
    await page.waitForURL('**/tasks/calendar?who=all&month=2031-06')
    await page.getByRole('button', { name: 'Próximo mês' }).click()
    await heading(page, 'Julho de 2031')
    await page.keyboard.press('t')
    await page.keyboard.press('w')
    await page.locator('section[data-today]').waitFor()
    await page.keyboard.press('?')
    await page.getByRole('dialog').getByText('Próxima semana').waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('combobox', { name: 'De quem' }).click()
    await page.getByRole('option', { name: `${ana.name} (eu)` }).click()
    await page.waitForURL('**/tasks/calendar?week=*')
    await page.getByRole('heading', { level: 1 }).click()
    await page.keyboard.press('g')
    await page.keyboard.press('t')
    await page.waitForURL('**/tasks')
  }))

test('today has a line for now, and what is late says so; who may only read changes nothing', async () => {
  const zone = { timeZone: 'America/Sao_Paulo' }
  const today = new Intl.DateTimeFormat('en-CA', zone).format(new Date())
  await newTask('Ligar de madrugada', today, { due_time: '00:00', assigned_to: bia.id })
  await newTask('Ligar hoje', today, { assigned_to: bia.id })
  for (const look of [{ colorScheme: 'dark' }, { isPhone: true }] as const)
    await visit({ cookie: bia.cookie, ...look }, async (page) => {
      await open(page, `?day=${today}`)
      const column = day(page, 'Hoje')
      await column.getByText('00:00 Ligar de madrugada').waitFor()
      await column.getByRole('img', { name: 'atrasada' }).waitFor()
      assert.equal(await column.getByRole('button').count(), 0)
      await page.getByRole('button', { name: 'Mostrar as 24 horas' }).click()
      await page.locator('.hours-now').waitFor()
      await column.getByText('Ligar hoje').click()
      assert.equal(await page.getByRole('dialog').count(), 0)
      await isAccessible(page, JSON.stringify(look))
      if ('colorScheme' in look) await photograph(page, 'calendar-day')
    })
})

test('a colleague from abroad reads it in their own language', async () => {
  for (const [locale, title, add] of [
    ['en', 'June 9 – 15, 2031', 'New task'],
    ['es', '9–15 de junio de 2031', 'Nueva tarea'],
  ] as const)
    await visit({ cookie: ana.cookie, locale }, async (page) => {
      await page.goto('/tasks/calendar?week=2031-06-09')
      await heading(page, title)
      await page.getByRole('button', { name: add, exact: true }).waitFor()
      await chip(page, 'Ligar cedo').waitFor()
      await photograph(page, `calendar-${locale}`)
    })
})

test('on a phone a week is a list by day', () =>
  visit({ cookie: ana.cookie, isPhone: true }, async (page) => {
    await newTask('Levar amostras', '2033-02-02', { due_time: '11:30' })
    await newTask('Cobrar resposta', '2033-02-02')
    await open(page, '?week=2033-01-31')
    const wednesday = day(page, 'Quarta-feira, 2 de fevereiro de 2033')
    await wednesday.getByText('Cobrar resposta').waitFor()
    await isAccessible(page, 'week on a phone')
    await photograph(page, 'calendar-week-phone')
    assert.equal(await page.evaluate('document.documentElement.scrollWidth'), 390)
    await wednesday.getByRole('button', { name: /^Nova tarefa em Quarta/ }).click()
    await page.getByRole('dialog').getByLabel('O que fazer?').fill('Ligar depois')
    await page.getByRole('button', { name: 'Criar tarefa' }).click()
    await wednesday.getByText('Ligar depois').waitFor()
    await wednesday.getByRole('link', { name: /^Quarta/ }).click()
    await page.getByText('3 tarefas').waitFor()
    await isAccessible(page, 'day on a phone')
  }))
