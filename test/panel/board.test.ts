import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import { makeCompany } from '#demo/make.ts'
import { startApp } from '../harness.ts'
import { cookieOf, newPerson } from '../people.ts'
import { request } from '../request.ts'
import { isAccessible, photograph, settled, startBrowser } from './harness.ts'

const app = await startApp()
const acme = await app.newAccount()
const ana = await newPerson(app.url, acme.scope, 'manager')
const bia = await newPerson(app.url, acme.scope, 'manager')
const { visit } = await startBrowser(app)

type Stage = { id: number; name: string }
const { pipelines } = (await acme.get('/pipelines')).body as {
  pipelines: { id: number; name: string; stages: Stage[] }[]
}
const [first, second, third] = pipelines[0]!.stages as [Stage, Stage, Stage]
const stageNamed = (kind: 'is_won' | 'is_lost') =>
  pipelines[0]!.stages.find((stage) => (stage as unknown as Record<string, boolean>)[kind])!

const newLead = async (name: string, more: object = {}) =>
  (await acme.post('/leads', { name, stage_id: first.id, ...more })).body.lead as { id: number }
const leadNow = async ({ id }: { id: number }) => (await acme.get(`/leads/${id}`)).body.lead
const column = (page: Page, { name }: Stage) => page.getByRole('region', { name, exact: true })
const card = (page: Page, stage: Stage, name: string) =>
  column(page, stage).getByRole('link', { name, exact: true })
const said = (page: Page, text: string) => page.getByRole('alert').filter({ hasText: text }).waitFor()
const open = async (page: Page, query = '') => {
  const listening = page.waitForResponse('**/api/v1/stream')
  await page.goto(`/${query}`)
  await listening
  await settled(page)
}

async function drag(page: Page, name: string, from: Stage, to: Stage) {
  const [a, b] = [await card(page, from, name).boundingBox(), await column(page, to).boundingBox()]
  await page.mouse.move(a!.x + 40, a!.y + 8)
  await page.mouse.down()
  await page.mouse.move(a!.x + 60, a!.y + 30, { steps: 3 })
  await page.mouse.move(b!.x + 60, b!.y + 200, { steps: 5 })
  await page.locator(`section[aria-label="${to.name}"][data-target]`).waitFor()
  await page.mouse.up()
}

test('a card dragged to another column is there, also for the server, and goes back when undone', () =>
  visit({ cookie: ana.cookie }, async (page) => {
    const lead = await newLead('Arrasta Primeiro')
    await open(page)
    await drag(page, 'Arrasta Primeiro', first, second)
    await card(page, second, 'Arrasta Primeiro').waitFor()
    await said(page, `Arrasta Primeiro foi para ${second.name}.`)
    assert.equal((await leadNow(lead)).stage_id, second.id)
    await page.getByRole('button', { name: 'Desfazer' }).click()
    await said(page, 'Arrasta Primeiro voltou para onde estava.')
    await card(page, first, 'Arrasta Primeiro').waitFor()
    assert.equal((await leadNow(lead)).stage_id, first.id)
  }))

test('without a mouse: space takes a card, an arrow goes a column on, space lets go, and it is said aloud', () =>
  visit({ cookie: ana.cookie }, async (page) => {
    const lead = await newLead('Pelo Teclado')
    await open(page)
    await card(page, first, 'Pelo Teclado').focus()
    await page.keyboard.press('Space')
    const spoken = page.locator('[aria-live="assertive"]')
    await spoken.filter({ hasText: `Sobre ${first.name}.` }).waitFor()
    await page.keyboard.press('ArrowRight')
    await spoken.filter({ hasText: `Sobre ${second.name}.` }).waitFor()
    await page.keyboard.press('ArrowRight')
    await spoken.filter({ hasText: `Sobre ${third.name}.` }).waitFor()
    await page.keyboard.press('ArrowLeft')
    await spoken.filter({ hasText: `Sobre ${second.name}.` }).waitFor()
    await page.keyboard.press('Space')
    await card(page, second, 'Pelo Teclado').waitFor()
    await said(page, `Pelo Teclado foi para ${second.name}.`)
    assert.equal((await leadNow(lead)).stage_id, second.id)
  }))

test('mandatory tasks hold a lead back: they are done in the way, and the last one lets it go', () =>
  visit({ cookie: ana.cookie }, async (page) => {
    for (const subject of ['Ligar antes', 'Enviar proposta'])
      await acme.post(`/stages/${third.id}/required-tasks`, { subject, type: 'call' })
    const lead = await newLead('Com Tarefas', { stage_id: third.id })
    await open(page)
    await drag(page, 'Com Tarefas', third, second)
    const dialog = page.getByRole('dialog', { name: 'Antes de mover Com Tarefas' })
    await dialog.getByRole('checkbox', { name: 'Ligar antes' }).waitFor()
    await card(page, third, 'Com Tarefas').waitFor()
    await isAccessible(page, 'held back')
    await photograph(page, 'board-held-back')
    await dialog.getByRole('checkbox', { name: 'Ligar antes' }).click()
    await dialog.getByRole('checkbox', { name: 'Ligar antes' }).and(page.locator(':checked')).waitFor()
    await dialog.getByRole('checkbox', { name: 'Enviar proposta' }).click()
    await dialog.waitFor({ state: 'detached' })
    await card(page, second, 'Com Tarefas').waitFor()
    await said(page, `Com Tarefas foi para ${second.name}.`)
    assert.equal((await leadNow(lead)).stage_id, second.id)
    const { data } = (await acme.get(`/tasks?lead_id=${lead.id}&status=pending`)).body
    assert.equal(data.length, 0)
    for (const { id } of (await acme.get(`/stages/${third.id}/required-tasks`)).body.data)
      await acme.delete(`/required-tasks/${id}`)
  }))

test('a won stage asks what it is worth, a lost one why; both can be undone with the value that it had', () =>
  visit({ cookie: ana.cookie }, async (page) => {
    const { lost_reason } = (await acme.post('/lost-reasons', { name: 'Achou caro' })).body
    const lead = await newLead('Quase Cliente', { value: 1000 })
    await open(page)
    await page.getByRole('button', { name: 'Mover Quase Cliente' }).click()
    await page
      .getByRole('dialog')
      .getByRole('button', { name: stageNamed('is_won').name })
      .click()
    const value = page.getByLabel('Por quanto fechou?')
    await value.fill('2500,50')
    await isAccessible(page, 'won')
    await page.getByRole('button', { name: 'Marcar como ganho' }).click()
    await said(page, `Quase Cliente foi para ${stageNamed('is_won').name}.`)
    const won = await leadNow(lead)
    assert.deepEqual([won.status, won.value], ['won', 2500.5])
    await page.getByRole('button', { name: 'Desfazer' }).click()
    await said(page, 'Quase Cliente voltou para onde estava.')
    await card(page, first, 'Quase Cliente').waitFor()

    await page.getByRole('button', { name: 'Mover Quase Cliente' }).click()
    await page
      .getByRole('dialog')
      .getByRole('button', { name: stageNamed('is_lost').name })
      .click()
    await page.getByRole('radio', { name: 'Achou caro' }).click()
    await isAccessible(page, 'lost')
    await page.getByRole('button', { name: 'Marcar como perdido' }).click()
    await said(page, `Quase Cliente foi para ${stageNamed('is_lost').name}.`)
    const lost = await leadNow(lead)
    assert.deepEqual([lost.status, lost.value, lost.lost_reason_id], ['lost', 1000, lost_reason.id])
  }))

test('what a colleague moves, makes or takes away appears by itself, with counts and sums', () =>
  visit({ cookie: ana.cookie }, (hers) =>
    visit({ cookie: bia.cookie }, async (his) => {
      const lead = await newLead('Dos Dois', { value: 700 })
      for (const page of [hers, his]) await open(page)
      await drag(hers, 'Dos Dois', first, second)
      await card(his, second, 'Dos Dois').waitFor()
      await card(his, first, 'Dos Dois').waitFor({ state: 'detached' })
      const { body } = await acme.get(`/pipelines/${pipelines[0]!.id}/board`)
      const { leads } = body.board.stages.find(({ id }: Stage) => id === second.id)
      await column(his, second)
        .locator('.board-count', { hasText: String(leads) })
        .waitFor()
      await acme.delete(`/leads/${lead.id}`)
      for (const page of [hers, his]) await card(page, second, 'Dos Dois').waitFor({ state: 'detached' })
    }),
  ))

test('filters narrow cards, counts and sums, stand in the address, and have a name that a colleague finds', () =>
  visit({ cookie: ana.cookie }, async (page) => {
    await newLead('Vip Um', { tags: ['vip'], value: 300 })
    await newLead('Vip Dois', { tags: ['vip'], value: 200 })
    await newLead('Sem Nada')
    await open(page)
    await card(page, first, 'Sem Nada').waitFor()
    await page.getByRole('textbox', { name: 'Buscar nome, telefone ou e-mail' }).fill('vip')
    await card(page, first, 'Sem Nada').waitFor({ state: 'detached' })
    await column(page, first).locator('.board-count', { hasText: /^2$/ }).waitFor()
    await column(page, first).locator('.board-sum', { hasText: 'R$ 500' }).waitFor()
    await page.waitForURL(/\?q=vip$/)
    await page.getByRole('button', { name: 'Visões' }).click()
    await page.getByRole('menuitem', { name: 'Salvar esta visão' }).click()
    await page.getByLabel('Nome da visão').fill('Os vips')
    await page.getByRole('switch', { name: 'Mostrar a toda a equipe' }).click()
    await page.getByRole('button', { name: 'Salvar', exact: true }).click()
    await said(page, 'Visão Os vips salva.')
    await visit({ cookie: bia.cookie }, async (his) => {
      await open(his)
      await card(his, first, 'Sem Nada').waitFor()
      await his.getByRole('button', { name: 'Visões' }).click()
      await his.getByRole('menuitem', { name: 'Os vips', exact: true }).click()
      await his.waitForURL(/\?q=vip$/)
      await card(his, first, 'Sem Nada').waitFor({ state: 'detached' })
    })
    await page.getByRole('button', { name: 'Limpar' }).first().click()
    await card(page, first, 'Sem Nada').waitFor()
  }))

test('a new lead is made with n; whoever has that phone already is shown instead of made twice', () =>
  visit({ cookie: ana.cookie }, async (page) => {
    await newLead('Já Existe', { phone: '+5511987654321' })
    await open(page)
    await card(page, first, 'Já Existe').waitFor()
    await page.keyboard.press('n')
    const dialog = page.getByRole('dialog', { name: 'Novo lead' })
    await dialog.getByRole('button', { name: 'Criar lead' }).click()
    await dialog.getByText('Preencha este campo.').waitFor()
    await dialog.getByLabel('Telefone', { exact: true }).fill('(11) 98765-4321')
    await dialog.getByRole('link', { name: 'Já Existe' }).waitFor()
    await isAccessible(page, 'new lead')
    await photograph(page, 'board-new-lead')
    await dialog.getByLabel('Telefone', { exact: true }).fill('')
    await dialog.getByLabel('Nome').fill('Recém Chegada')
    await dialog.getByLabel('Valor').fill('1234,5')
    await dialog.getByRole('button', { name: 'Criar lead' }).click()
    await card(page, first, 'Recém Chegada').waitFor()
    const { data } = (await acme.get('/leads?q=recem')).body
    assert.deepEqual([data[0].value, data[0].assigned_to], [1234.5, ana.id])
  }))

test('on a phone one stage is in sight, the next is a tap away, and a lead is moved by a menu', () =>
  visit({ cookie: ana.cookie, isPhone: true }, async (page) => {
    const lead = await newLead('No Bolso')
    await open(page)
    const inSight = (stage: Stage) =>
      page.locator(`.board-tabs button[aria-current]`, { hasText: stage.name }).waitFor()
    await inSight(first)
    await isAccessible(page, 'phone')
    await page.getByRole('button', { name: 'Mover No Bolso' }).tap()
    await page.getByRole('dialog').getByRole('button', { name: second.name }).tap()
    await said(page, `No Bolso foi para ${second.name}.`)
    assert.equal((await leadNow(lead)).stage_id, second.id)
    await page.getByRole('navigation', { name: 'Etapas' }).getByRole('button', { name: second.name }).tap()
    await inSight(second)
    await card(page, second, 'No Bolso').tap()
    await page.waitForURL(`**/leads/${lead.id}`)
  }))

test('a finger takes a card after a moment, too', () =>
  visit({ cookie: ana.cookie, isPhone: true }, async (page) => {
    await page.setViewportSize({ width: 1180, height: 820 })
    const lead = await newLead('Com o Dedo')
    await open(page)
    const [a, b] = [
      await card(page, first, 'Com o Dedo').boundingBox(),
      await column(page, second).boundingBox(),
    ]
    const devtools = await page.context().newCDPSession(page)
    const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', x: number, y: number) =>
      devtools.send('Input.dispatchTouchEvent', { type, touchPoints: type === 'touchEnd' ? [] : [{ x, y }] })
    await touch('touchStart', a!.x + 20, a!.y + 8)
    await page.locator('.board-held').waitFor()
    for (const part of [0.3, 0.6, 1])
      await touch('touchMove', a!.x + 20 + (b!.x + 40 - a!.x) * part, a!.y + 60)
    await page.locator(`section[aria-label="${second.name}"][data-target]`).waitFor()
    await touch('touchEnd', 0, 0)
    await card(page, second, 'Com o Dedo').waitFor()
    await said(page, `Com o Dedo foi para ${second.name}.`)
    assert.equal((await leadNow(lead)).stage_id, second.id)
  }))

test('who may only read sees the board, and nothing that would move', async () => {
  const viewer = await newPerson(app.url, acme.scope, 'viewer')
  await newLead('Só Olhar')
  await visit({ cookie: viewer.cookie }, async (page) => {
    await open(page)
    await card(page, first, 'Só Olhar').waitFor()
    assert.equal(await page.getByRole('button', { name: /^Mover / }).count(), 0)
    assert.equal(await page.getByRole('button', { name: 'Novo lead' }).count(), 0)
  })
})

test('a company’s board meets nobody with a barrier: by day and by night, on a desk and on a phone', async () => {
  const { signInToken } = await makeCompany(app.database.db, { leads: 80 })
  const link = { body: { token: signInToken } }
  const cookie = cookieOf(await request(app.url, 'POST', '/api/v1/session/link', link))
  for (const colorScheme of ['light', 'dark'] as const)
    await visit({ cookie, colorScheme }, async (page) => {
      await page.goto('/')
      await settled(page, 'Residencial')
      await page.locator('.board-card a').first().waitFor()
      await isAccessible(page, `board, ${colorScheme}`)
      if (colorScheme === 'light') await photograph(page, 'board')
    })
  await visit({ cookie }, async (page) => {
    await page.goto('/')
    await page.getByRole('button', { name: 'Residencial' }).click()
    await page.getByRole('menuitemradio', { name: 'Empresas' }).click()
    await page.waitForURL(/\/pipelines\/\d+$/)
    await settled(page, 'Empresas')
    await page.getByRole('region', { name: 'Prospecção' }).locator('.board-card a').first().waitFor()
    await photograph(page, 'board-companies')
  })
})
