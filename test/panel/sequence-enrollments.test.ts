import assert from 'node:assert/strict'
import { test } from 'node:test'
import { beginAndEnd } from '#sequences/engine/engine.ts'
import { startApp } from '../harness.ts'
import { newPerson } from '../people.ts'
import { openOffice } from '../sequences/office.ts'
import { isAccessible, photograph, settled, startBrowser } from './harness.ts'

const app = await startApp()
const office = await openOffice(app, { from: new Date().toISOString() })
const bia = await newPerson(app.url, office.scope, 'manager')
const watcher = await newPerson(app.url, office.scope, 'viewer')
const { visit } = await startBrowser(app)
const steps = [{ type: 'add_tag', delay: { days: 1 }, tag: 'contatado' }]
const sequence = await office.newSequence(steps)

const people = Array.from({ length: 600 }, (_, n) => ({ name: `Lead ${n}`, tags: n % 2 ? ['vip'] : ['b2b'] }))
for (let n = 0; n < 6; n++)
  await office.post('/leads/batch', { mode: 'create', leads: people.slice(n * 100, n * 100 + 100) })
const [first] = (await office.get('/leads?tags[]=vip')).body.data
await office.start(sequence, first.id)
const won = await office.newLead({ name: 'Já comprou', tags: ['vip'] })
await office.put(`/leads/${won.id}/won`, {})

/** The engine looks once: some of those that are to enter do. */
const lookOnce = () => beginAndEnd({ db: app.database.db, clock: office.now })
const running = (id: number) => office.get(`/sequences/${id}/enrollments`).then(({ body }) => body.data[0])

test('leads are chosen by filters and counted, enter in the background, and it is seen how far that is', () =>
  visit({ cookie: bia.cookie }, async (page) => {
    const empty = await office.newSequence(steps, { name: 'Ninguém ainda' })
    await page.goto(`/settings/sequences/${empty}?view=runs`)
    await page.getByText('Ninguém entrou ainda.').waitFor()
    await isAccessible(page, 'nobody yet')
    await photograph(page, 'runs-none')
    await page.getByRole('button', { name: 'Adicionar leads' }).click()
    await page.getByText('600 leads combinam com estes filtros.', { exact: true }).waitFor()
    await page.goto(`/settings/sequences/${sequence}`)
    await page.getByRole('tab', { name: 'Adicionar leads' }).click()
    await page.getByText('600 leads combinam com estes filtros.', { exact: true }).waitFor()
    await page.getByRole('combobox', { name: 'Etiquetas' }).click()
    await page.getByRole('option', { name: 'vip' }).click()
    await page.keyboard.press('Escape')
    await page.getByText('300 leads combinam com estes filtros.').waitFor()
    await isAccessible(page, 'filters chosen')
    await photograph(page, 'enroll-filters')
    await page.getByRole('button', { name: 'Incluir na sequência' }).click()
    const question = page.getByRole('dialog', { name: 'Incluir 300 leads em Boas-vindas?' })
    await question.getByText('Abertos · Etiquetas: vip').waitFor()
    await isAccessible(page, 'asked before it starts')
    await photograph(page, 'enroll-question')
    await question.getByRole('button', { name: 'Incluir' }).click()
    const past = page.getByRole('list', { name: 'Inclusões' })
    await past.getByText('Já foram 0 de 300.').waitFor()

    await lookOnce()
    const { seen } = await running(sequence)
    assert.ok(seen > 0 && seen < 300, String(seen))
    await past.getByText(`Já foram ${seen} de 300.`).waitFor()
    await isAccessible(page, 'on its way')
    await photograph(page, 'enroll-running')
    await page.goto('/leads')
    await settled(page, 'Leads')
    await page.goBack()
    await past.getByText(`Já foram ${seen} de 300.`).waitFor()
    await office.settle()
    await past.getByText('299 leads entraram. 1 já estava nela.').waitFor()
    await page.getByRole('tab', { name: 'Quem está nela (300)' }).waitFor()
    await isAccessible(page, 'all entered')
    await photograph(page, 'enroll-done')
  }))

test('one that was begun by mistake is stopped: who has entered goes on, and undone, the others enter too', () =>
  visit({ cookie: bia.cookie }, async (page) => {
    const wrong = await office.newSequence(steps, { name: 'Oferta' })
    await office.post(`/sequences/${wrong}/enroll`, { filters: { status: 'open' } })
    await lookOnce()
    const { started } = await running(wrong)
    await page.goto(`/settings/sequences/${wrong}?view=add`)
    await page.getByRole('button', { name: 'Interromper' }).click()
    await page.getByText(`Interrompida. ${started} leads já entraram e continuam.`).waitFor()
    await office.settle()
    assert.equal((await office.get(`/sequences/${wrong}`)).body.sequence.runs.active, started)
    const past = page.getByRole('list', { name: 'Inclusões' })
    await past.getByText(`${started} leads entraram.`).waitFor()
    await photograph(page, 'enroll-stopped')
    await page.getByRole('button', { name: 'Desfazer' }).click()
    await past.getByText('Já foram 0 de 600.').waitFor()
    await office.settle()
    await past.getByText(`${600 - started} leads entraram. ${started} já estavam nela.`).waitFor()
  }))

test('from the list of leads, also on a phone, the same filters lead there', () =>
  visit({ cookie: bia.cookie, isPhone: true }, async (page) => {
    await page.goto('/leads?q=lead&tag=b2b&status=open')
    await page.getByText('300 leads', { exact: true }).waitFor()
    await photograph(page, 'leads-into-sequence')
    await page.getByRole('button', { name: 'Incluir numa sequência' }).click()
    await isAccessible(page, 'which sequence')
    await page.getByRole('menuitem', { name: 'Boas-vindas' }).click()
    await page.getByText('300 leads combinam com estes filtros.').waitFor()
    await photograph(page, 'enroll-from-leads')
    assert.equal(await page.getByLabel('Buscar nome, telefone ou e-mail').inputValue(), 'lead')
    await isAccessible(page, 'adding on a phone')
    await page.getByRole('button', { name: 'Limpar' }).last().click()
    await page.getByText('São todos: escolha ao menos um filtro').waitFor()
    await page.goto('/leads')
    await page.getByText('601 leads', { exact: true }).waitFor()
    assert.equal(await page.getByRole('button', { name: 'Incluir numa sequência' }).count(), 0)
  }))

test('who may only look is offered none of it', () =>
  visit({ cookie: watcher.cookie }, async (page) => {
    await page.goto('/leads?tag=vip')
    await page.getByText('301 leads', { exact: true }).waitFor()
    assert.equal(await page.getByRole('button', { name: 'Incluir numa sequência' }).count(), 0)
    await page.goto(`/settings/sequences/${sequence}?view=add`)
    await settled(page, 'Boas-vindas')
    await page
      .getByRole('link', { name: /^Ver passos de/ })
      .first()
      .waitFor()
    assert.equal(await page.getByRole('button', { name: 'Incluir na sequência' }).count(), 0)
    assert.equal(await page.getByRole('tab').count(), 0)
  }))

for (const [locale, said] of [
  ['en', '299 leads entered. 1 was in it already.'],
  ['es', '299 leads entraron. 1 ya estaba en ella.'],
] as const)
  test(`what came of it is told in ${locale}`, () =>
    visit({ cookie: bia.cookie, locale }, async (page) => {
      await page.goto(`/settings/sequences/${sequence}?view=add&status=open`)
      await page.getByText(said).waitFor()
      await photograph(page, `enroll-${locale}`)
    }))
