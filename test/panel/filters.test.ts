import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import { startApp } from '../harness.ts'
import { newPerson } from '../people.ts'
import { isAccessible, photograph, settled, startBrowser } from './harness.ts'

const app = await startApp()
const acme = await app.newAccount()
const ana = await newPerson(app.url, acme.scope, 'manager')
const { visit } = await startBrowser(app)

for (const field of [
  { label: 'Porte', name: 'porte', field_type: 'select', options: ['pequeno', 'grande'] },
  { label: 'Já comprou', name: 'ja_comprou', field_type: 'checkbox' },
  { label: 'Cidade', name: 'cidade', field_type: 'text' },
  { label: 'Consumo', name: 'consumo', field_type: 'number' },
  { label: 'Conta de luz', name: 'conta', field_type: 'currency' },
  { label: 'Visita', name: 'visita', field_type: 'date' },
])
  await acme.post('/custom-fields', field)
const [sales] = (await acme.get('/pipelines')).body.pipelines
const { pipeline: after } = (await acme.post('/pipelines', { name: 'Pós-venda' })).body

async function newLead(name: string, created: string, custom_fields: object, more: object = {}) {
  const { lead } = (await acme.post('/leads', { name, custom_fields, ...more })).body
  await app.database.pool.query(`-- test\nupdate leads set created_at = $1 where id = $2`, [created, lead.id])
}
await newLead('Padaria', '2026-03-10T12:00Z', { porte: 'grande', ja_comprou: true, cidade: 'Campinas' })
await newLead(
  'Oficina',
  '2026-04-10T12:00Z',
  { porte: 'pequeno', consumo: 12.5, conta: 99.9, visita: '2026-05-02' },
  { stage_id: sales.stages[1].id },
)
await newLead('Escola', '2026-05-10T12:00Z', { porte: 'grande' }, { pipeline_id: after.id })

const found = (page: Page, count: string) => page.getByText(count, { exact: true }).waitFor()
/** This lead and no other. */
async function only(page: Page, name: string) {
  await page.getByRole('link', { name, exact: true }).waitFor()
  await found(page, '1 lead')
}

async function openList(page: Page) {
  await page.goto('/leads')
  await settled(page, 'Leads')
  await page.getByRole('button', { name: 'Mais filtros' }).click()
  return page.getByRole('dialog', { name: 'Mais filtros' })
}
async function choose(page: Page, label: string, option: string) {
  await page.getByRole('combobox', { name: label, exact: true }).click()
  // Each pipeline may have a stage of this name.
  await page.getByRole('option', { name: option, exact: true }).first().click()
}

test('a list is narrowed by the place, by the day of creation, and by each kind of field of the account', () =>
  visit({ cookie: ana.cookie }, async (page) => {
    const more = await openList(page)
    await found(page, '3 leads')
    await choose(page, 'Etapa', 'Todo o funil Pós-venda')
    await only(page, 'Escola')
    await choose(page, 'Etapa', sales.stages[1].name)
    await page.waitForURL(/stage=\d+$/)
    await only(page, 'Oficina')
    await isAccessible(page, 'more filters')
    await photograph(page, 'leads-more-filters')
    for (const [label, typed, expected] of [
      ['Consumo', '12,5', 'consumo=12.5'],
      ['Conta de luz', '99,90', 'conta=99.9'],
      ['Visita', '2026-05-02', 'visita=2026-05-02'],
    ] as const) {
      await more.getByLabel(label).fill(typed)
      await page.waitForURL((url) => decodeURIComponent(url.search).includes(`field.${expected}`))
      await only(page, 'Oficina')
    }
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Limpar' }).click()
    await found(page, '3 leads')

    await openList(page)
    await choose(page, 'Porte', 'grande')
    await found(page, '2 leads')
    await choose(page, 'Já comprou', 'Sim')
    await only(page, 'Padaria')
    await more.getByLabel('Cidade').fill('Santos')
    await page.getByText('Nada com estes filtros').waitFor()
    await more.getByLabel('Cidade').fill('Campinas')
    await found(page, '1 lead')
    await page.reload()
    await only(page, 'Padaria')

    await openList(page)
    await more.getByLabel('Criado a partir de').fill('2026-04-10')
    await found(page, '2 leads')
    await more.getByLabel('Criado até').fill('2026-04-10')
    await only(page, 'Oficina')
  }))

test('the board knows them too, but for the place: its columns are that', () =>
  visit({ cookie: ana.cookie }, async (page) => {
    await page.goto(`/?stage=${sales.stages[1].id}&field.porte=grande`)
    await settled(page, 'Vendas')
    await page.getByRole('link', { name: 'Padaria' }).waitFor()
    assert.equal(await page.getByRole('link', { name: 'Oficina' }).count(), 0)
    await page.getByRole('button', { name: 'Mais filtros' }).click()
    const more = page.getByRole('dialog', { name: 'Mais filtros' })
    await more.getByLabel('Criado até').fill('2026-01-01')
    await page.getByText('Nenhum lead aqui com estes filtros.').first().waitFor()
    assert.equal(await more.getByRole('combobox', { name: 'Etapa' }).count(), 0)
    await isAccessible(page, 'on the board')
    await photograph(page, 'board-more-filters')
  }))

test('on a phone they stand in the sheet, and a saved view keeps them', () =>
  visit({ cookie: ana.cookie, isPhone: true }, async (page) => {
    await page.goto('/leads')
    await settled(page, 'Leads')
    await page.getByRole('button', { name: 'Filtros' }).click()
    await choose(page, 'Porte', 'grande')
    await page.getByLabel('Criado até').fill('2026-03-31')
    await isAccessible(page, 'sheet')
    await photograph(page, 'leads-filters-phone')
    await page.getByRole('button', { name: 'Ver leads' }).click()
    await found(page, '1 lead')
    await page.getByRole('button', { name: 'Visões' }).click()
    await page.getByRole('menuitem', { name: 'Salvar esta visão' }).click()
    await page.getByRole('textbox', { name: 'Nome da visão' }).fill('Grandes de março')
    await page.getByRole('button', { name: 'Salvar' }).click()
    await page.goto('/leads')
    await found(page, '3 leads')
    await page.getByRole('button', { name: 'Visões' }).click()
    await page.getByRole('menuitem', { name: 'Grandes de março', exact: true }).click()
    await found(page, '1 lead')
  }))

test('whom a sequence takes is said with all of its filters', async () => {
  const steps = [{ type: 'add_tag', tag: 'contatado' }]
  const { sequence } = (await acme.post('/sequences', { name: 'Retorno', steps })).body
  await visit({ cookie: ana.cookie }, async (page) => {
    await page.goto(`/settings/sequences/${sequence.id}?view=add&field.porte=grande&from=2026-03-01`)
    await page.getByText('2 leads combinam com estes filtros.').waitFor()
    await choose(page, 'Etapa', sales.stages[0].name)
    await choose(page, 'Já comprou', 'Sim')
    await page.getByText('1 lead combina com estes filtros.').waitFor()
    await isAccessible(page, 'enroll')
    await photograph(page, 'enroll-more-filters')
    await page.getByRole('button', { name: 'Incluir na sequência' }).click()
    const stage = `Etapa: ${sales.stages[0].name}`
    const whom = `${stage} · Criado a partir de 1 de mar. de 2026 · Porte: grande · Já comprou: Sim`
    await page.getByRole('dialog').getByText(whom).waitFor()
    await page.getByRole('dialog').getByRole('button', { name: 'Incluir' }).click()
    await page.getByRole('list', { name: 'Inclusões' }).getByText(whom).waitFor()
  })
  const [{ filters }] = (await acme.get(`/sequences/${sequence.id}/enrollments`)).body.data
  assert.deepEqual(filters, {
    stage_id: sales.stages[0].id,
    created_from: '2026-03-01',
    custom_fields: { porte: 'grande', ja_comprou: 'true' },
    archived: false,
  })
})
