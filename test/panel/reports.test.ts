import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
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
const { visit } = await startBrowser(app)

const stages = (await acme.get('/pipelines')).body.pipelines[0].stages as { id: number; is_won: boolean }[]
const lead = (await acme.post('/leads', { name: 'Ganho Certo', value: 1500, source: 'site' })).body.lead
await acme.put(`/leads/${lead.id}/stage`, { stage_id: stages.find(({ is_won }) => is_won)!.id })

const box = (page: Page, name: string) => page.getByRole('region', { name })
async function open(page: Page, path: string) {
  await page.goto(`/reports${path}`)
  await settled(page, 'Relatórios')
}
const asTable = (page: Page, name: string) => box(page, name).getByText('Tabela', { exact: true }).click()

test('what was won stands in the chart, in the table behind it, and in the file', () =>
  visit({ cookie: ana.cookie }, async (page) => {
    await open(page, '/sources')
    await box(page, 'Por origem').getByRole('img', { name: 'Por origem' }).waitFor()
    await asTable(page, 'Por origem')
    const row = box(page, 'Por origem').getByRole('row').filter({ hasText: 'site' })
    assert.deepEqual((await row.getByRole('cell').allTextContents()).map(plain), [
      'site',
      '1',
      'R$ 1.500,00',
      '0',
      'R$ 0,00',
      '100%',
    ])
    const saving = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Baixar Por origem em CSV' }).click()
    const file = await saving
    assert.equal(file.suggestedFilename(), 'Por origem.csv')
    assert.match(await readFile(await file.path(), 'utf8'), /"site",1,1500,0,0,1\r\n/)
  }))

const plain = (text: string) => text.replaceAll('\u00a0', ' ')

test('the period stands in the address, is kept from report to report, and an empty one says what to do', () =>
  visit({ cookie: ana.cookie }, async (page) => {
    await open(page, '/outcomes?from=2021-01-01&to=2021-01-31')
    await box(page, 'Por período').getByText('Nada neste período').waitFor()
    assert.equal(await page.getByLabel('De', { exact: true }).inputValue(), '2021-01-01')
    await page.getByRole('link', { name: 'Funil', exact: true }).last().click()
    await page.waitForURL('**/reports/funnel?from=2021-01-01&to=2021-01-31')
    await page.getByRole('combobox', { name: 'Período' }).click()
    await page.getByRole('option', { name: 'Últimos 7 dias' }).click()
    await page.waitForURL('**/reports/funnel?days=7')
    await page.getByRole('img').first().waitFor()
  }))

test('the reports of a grown company have no barriers by day, by night and on a phone', async () => {
  const { signInToken } = await makeCompany(app.database.db, { leads: 40 })
  const link = { body: { token: signInToken } }
  const cookie = cookieOf(await request(app.url, 'POST', '/api/v1/session/link', link))
  for (const kind of ['funnel', 'outcomes', 'sources', 'activity'])
    await visit({ cookie, colorScheme: kind === 'funnel' ? 'dark' : 'light' }, async (page) => {
      await open(page, `/${kind}?days=90`)
      await page.getByRole('img').first().waitFor()
      await isAccessible(page, kind)
      await photograph(page, `reports-${kind}`)
    })
  await visit({ cookie, isPhone: true }, async (page) => {
    await open(page, '/outcomes?days=90')
    await page.getByText('Tabela', { exact: true }).first().click()
    await isAccessible(page, 'phone')
  })
})
