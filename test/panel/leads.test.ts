import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import { startApp } from '../harness.ts'
import { newPerson } from '../people.ts'
import { isAccessible, photograph, settled, startBrowser } from './harness.ts'

const app = await startApp()
const acme = await app.newAccount()
const ana = await newPerson(app.url, acme.scope, 'manager')
const many = await app.newAccount({ name: 'Dez mil' })
const crowd = await newPerson(app.url, many.scope, 'manager')
const { visit } = await startBrowser(app)

/** As many leads as the account of a busy seller has, in the first stage. */
async function fill(of: typeof many, count: number) {
  const { id, stages } = (await of.get('/pipelines')).body.pipelines[0]
  const { rows } = await app.database.pool.query(
    `insert into leads (account_id, name, search, pipeline_id, stage_id, status, value, stage_changed_at)
     select $1, 'Lead ' || n, 'lead ' || n, $2, $3, 'open', n, now() - make_interval(mins => n)
     from generate_series(1, $4::int) n returning id`,
    [of.account.id, id, stages[0].id, count],
  )
  await app.database.pool.query(
    `update lead_counts set leads = leads + $3, value_sum = value_sum + $4 where account_id = $1 and stage_id = $2`,
    [of.account.id, stages[0].id, rows.length, (count * (count + 1)) / 2],
  )
}

const sortedBy = (page: Page, name: string) => page.getByRole('columnheader', { name })

test('the list is searched, sorted by a head, and opens a lead; nothing found says what to do', () =>
  visit({ cookie: ana.cookie }, async (page) => {
    for (const [name, value] of [
      ['Barata', 10],
      ['Cara', 900],
      ['Média', 100],
    ] as const)
      await acme.post('/leads', { name, value, phone: `+55119${value.toString().padStart(8, '4')}` })
    await page.goto('/leads')
    await settled(page, 'Leads')
    await page.getByText('3 leads', { exact: true }).waitFor()
    await sortedBy(page, 'Valor').getByRole('button').click()
    await page.locator('th[aria-sort="descending"]', { hasText: 'Valor' }).waitFor()
    await page.locator('tbody tr:first-child', { hasText: 'Cara' }).waitFor()
    assert.deepEqual(await page.locator('tbody tr a').allTextContents(), ['Cara', 'Média', 'Barata'])
    await sortedBy(page, 'Valor').getByRole('button').click()
    await page.locator('tbody tr:first-child', { hasText: 'Barata' }).waitFor()
    await isAccessible(page, 'list')
    await page.getByRole('textbox', { name: 'Buscar nome, telefone ou e-mail' }).fill('ninguém assim')
    await page.getByText('Nada com estes filtros').waitFor()
    await isAccessible(page, 'nothing found')
    await page.getByRole('textbox', { name: 'Buscar nome, telefone ou e-mail' }).fill('med')
    await page.getByRole('link', { name: 'Média' }).click()
    await settled(page, 'Média')
  }))

test('an account without leads is told where they come from', async () => {
  const empty = await app.newAccount()
  const person = await newPerson(app.url, empty.scope, 'manager')
  await visit({ cookie: person.cookie }, async (page) => {
    await page.goto('/leads')
    await page.getByRole('heading', { name: 'Nenhum lead ainda' }).waitFor()
    await photograph(page, 'leads-empty')
    await page.goto('/')
    await page.getByRole('heading', { name: 'Nenhum lead ainda' }).waitFor()
    await page.getByText('Arraste um lead para cá.').first().waitFor()
    await isAccessible(page, 'an empty board')
    await photograph(page, 'board-empty')
  })
})

test('ten thousand leads in one column and in the list: few elements, and the last one is there', async () => {
  await fill(many, 10_000)
  await visit({ cookie: crowd.cookie }, async (page) => {
    await page.goto('/')
    await page.getByRole('link', { name: 'Lead 1', exact: true }).waitFor()
    await page.getByText('10.000', { exact: true }).first().waitFor()
    const column = page.locator('.board-scroll').first()
    await column.evaluate((node) => node.scrollTo(0, node.scrollHeight))
    await page.getByRole('link', { name: 'Lead 10000', exact: true }).waitFor()
    assert.ok((await page.locator('.board-card').count()) < 40)
    await column.evaluate((node) => node.scrollTo(0, node.scrollHeight / 2))
    await page.getByRole('link', { name: 'Lead 5000', exact: true }).waitFor()

    await page.goto('/leads')
    await page.getByText('10.000 leads', { exact: true }).waitFor()
    const list = page.locator('.list-scroll')
    await list.evaluate((node) => node.scrollTo(0, node.scrollHeight))
    await page.getByRole('link', { name: 'Lead 1', exact: true }).waitFor()
    assert.ok((await page.locator('tbody tr').count()) < 60)
  })
})

/** What is shown at once has reached the server too. */
const kept = (page: Page, save: () => Promise<void>) =>
  Promise.all([page.waitForResponse((answer) => answer.request().method() === 'PATCH'), save()])

test('sources that are there are suggested where one is filtered, changed or written, and any other can be', async () => {
  const firm = await app.newAccount()
  const bia = await newPerson(app.url, firm.scope, 'manager')
  const { lead } = (await firm.post('/leads', { name: 'Padaria do Largo', source: 'Indicação' })).body
  await firm.post('/leads', { name: 'Oficina Rápida', source: 'feira' })
  const sourceNow = async () => (await firm.get(`/leads/${lead.id}`)).body.lead.source
  await visit({ cookie: bia.cookie }, async (page) => {
    const source = page.getByRole('combobox', { name: 'Origem' })
    const option = (name: string) => page.getByRole('option', { name, exact: true })
    await page.goto('/leads')
    await settled(page, 'Leads')
    await source.fill('indicacao')
    await option('Indicação').waitFor()
    await isAccessible(page, 'suggested')
    await photograph(page, 'leads-sources')
    await source.click()
    assert.equal(await option('feira').count(), 0)
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await page.waitForURL(/source=Indica/)
    await page.getByText('1 lead', { exact: true }).waitFor()
    await page.getByRole('link', { name: 'Padaria do Largo' }).click()
    await page.getByRole('button', { name: 'Editar Origem: Indicação' }).click()
    await option('Indicação').waitFor()
    await page.keyboard.press('ArrowDown')
    await kept(page, () => page.keyboard.press('Enter'))
    assert.equal(await sourceNow(), 'feira')
    await page.getByRole('button', { name: 'Editar Origem: feira' }).click()
    await source.fill('Rádio local')
    await kept(page, () => page.keyboard.press('Enter'))
    await page.getByRole('button', { name: 'Editar Origem: Rádio local' }).waitFor()
    assert.equal(await sourceNow(), 'Rádio local')
    await page.goto('/leads')
    await page.getByRole('button', { name: 'Novo lead' }).click()
    const dialog = page.getByRole('dialog', { name: 'Novo lead' })
    await dialog.getByLabel('Nome').fill('Ana')
    await dialog.getByRole('combobox', { name: 'Origem' }).fill('rad')
    await option('Rádio local').click()
    await dialog.getByRole('button', { name: 'Criar lead' }).click()
    await page.getByText('3 leads', { exact: true }).waitFor()
  })
  assert.equal((await firm.get(`/leads?source=${encodeURIComponent('Rádio local')}`)).body.meta.total, 2)
})
