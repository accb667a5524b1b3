import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startApp } from '../harness.ts'
import { newPerson } from '../people.ts'
import { openOffice } from '../sequences/office.ts'
import { isAccessible, photograph, settled, startBrowser } from './harness.ts'

const app = await startApp()
const office = await openOffice(app, { provider: 'cloud_api', from: new Date().toISOString() })
const bia = await newPerson(app.url, office.scope, 'manager')
const watcher = await newPerson(app.url, office.scope, 'viewer')
const { visit } = await startBrowser(app)

const sequence = await office.newSequence([
  { type: 'message', text: 'Oi {{first_name}}, recebi seu pedido de orçamento. Posso ligar hoje?' },
  { type: 'add_tag', tag: 'orçamento' },
  { type: 'create_task', task: { subject: 'Ligar para {{name}}', type: 'call', due_in_days: 1 } },
  { type: 'wait_reply', timeout: { days: 2 } },
  { type: 'message', delay: { days: 1 }, text: 'Ainda posso ajudar, {{first_name}}?' },
])
const joao = await office.newLead({ name: 'João Silva' })
await office.openWindow(joao.id, '2100-01-01')
await office.start(sequence, joao.id)
const maria = await office.newLead({ name: 'Maria Souza' })
await office.start(sequence, maria.id)

test('a run’s story is opened from its row: what was sent, where it stands, what is ahead; a link shows the same', () =>
  visit({ cookie: bia.cookie }, async (page) => {
    await page.goto(`/settings/sequences/${sequence}?view=runs`)
    await settled(page, 'Boas-vindas')
    await page.getByRole('link', { name: 'Ver passos de João Silva' }).click()
    const story = page.getByRole('dialog', { name: 'Boas-vindas' })
    const steps = story.getByRole('list', { name: 'Passos do lead na sequência' }).getByRole('listitem')
    await steps.first().waitFor()
    assert.equal(await steps.count(), 5)
    await steps.nth(0).getByText('Oi João, recebi seu pedido de orçamento. Posso ligar hoje?').waitFor()
    await steps.nth(0).getByText('Na fila de envio').waitFor()
    await steps.nth(2).getByText('Feito.').waitFor()
    await story.getByText(/^Espera a resposta até /).waitFor()
    await steps.nth(3).and(page.locator('[aria-current="step"]')).waitFor()
    await steps.nth(4).getByText('depois de 1 dia').waitFor()
    await isAccessible(page, 'the story of a run')
    await photograph(page, 'run-story')
    await page.goto(`/settings/sequences/${sequence}${new URL(page.url()).search.replace('view=runs&', '')}`)
    await steps.nth(4).waitFor()
    await story.getByRole('button', { name: 'Parar Boas-vindas' }).click()
    const question = page.getByRole('dialog', { name: 'Parar Boas-vindas para João Silva?' })
    await question.waitFor()
    await isAccessible(page, 'asked before it stops')
    await photograph(page, 'run-stop')
    await page.keyboard.press('Escape')
    await question.waitFor({ state: 'hidden' })
    await steps.nth(4).waitFor()
    await page.keyboard.press('Escape')
    await story.waitFor({ state: 'hidden' })
    assert.equal(new URL(page.url()).searchParams.has('run'), false)
  }))

test('what was left out is told with its reason; who may only look is offered no stop', () =>
  visit({ cookie: watcher.cookie, isPhone: true }, async (page) => {
    await page.goto(`/settings/sequences/${sequence}`)
    await page.getByRole('link', { name: 'Ver passos de Maria Souza' }).click()
    await page.getByText('Pulado. A janela de 24 h estava fechada.').waitFor()
    await page.getByText('Oi [Primeiro nome], recebi seu pedido').waitFor()
    assert.equal(await page.getByRole('button', { name: 'Parar Boas-vindas' }).count(), 0)
    await isAccessible(page, 'what was left out')
    await photograph(page, 'run-story-skipped')
    await page.getByRole('link', { name: 'Maria Souza', exact: true }).last().click()
    await settled(page, 'Maria Souza')
  }))

test('from the lead’s screen a run is read, and stopped once one is sure', () =>
  visit({ cookie: bia.cookie }, async (page) => {
    await page.goto(`/leads/${joao.id}`)
    await settled(page, 'João Silva')
    await page.getByRole('link', { name: 'Boas-vindas' }).click()
    const story = page.getByRole('dialog', { name: 'Boas-vindas', exact: true })
    await story.getByRole('button', { name: 'Parar Boas-vindas' }).click()
    const question = page.getByRole('dialog', { name: 'Parar Boas-vindas para João Silva?' })
    await question.getByRole('button', { name: 'Parar' }).click()
    await story.getByText('A sequência foi parada para este lead.').waitFor()
    await story.getByText('Estava em espera quando a sequência parou.', { exact: true }).waitFor()
    await story.getByText('A sequência parou antes deste passo.').waitFor()
    assert.equal((await office.runOf(joao.id)).status, 'stopped')
    await isAccessible(page, 'the story of one that was stopped')
    await photograph(page, 'run-story-stopped')
    await story.getByRole('button', { name: 'Fechar' }).click()
    await story.waitFor({ state: 'hidden' })
    await photograph(page, 'lead-with-run')
    assert.match(page.url(), /\/leads\/\d+$/)
  }))

test('what was jumped over stands in its place, and what a new version no longer has is told too', async () => {
  const steps = [
    { id: 'pergunta', type: 'message', text: 'Você viu?' },
    { id: 'espera', type: 'wait_reply', timeout: { days: 2 }, on_reply: 'conversou' },
    { id: 'insiste', type: 'message', text: 'Ainda por aí?' },
    { id: 'conversou', type: 'add_tag', tag: 'conversou' },
    { id: 'depois', type: 'message', delay: { days: 1 }, text: 'Obrigado!' },
  ]
  const branching = await office.newSequence(steps, { name: 'Retorno' })
  const lia = await office.newLead({ name: 'Lia' })
  await office.start(branching, lia.id)
  await office.replies(lia.id)
  await office.put(`/sequences/${branching}`, { steps: steps.slice(1), apply_to_runs: 'move' })
  await visit({ cookie: bia.cookie }, async (page) => {
    await page.goto(`/leads/${lia.id}?run=${(await office.runOf(lia.id)).id}`)
    const told = page.getByRole('list', { name: 'Passos do lead na sequência' }).getByRole('listitem')
    await told.first().waitFor()
    const heads = (await told.allInnerTexts()).map((text) => text.split('\n')[0])
    assert.deepEqual(heads, [
      'Mensagem',
      '1. Esperar resposta',
      '2. Mensagem',
      '3. Pôr etiqueta',
      '4. Mensagem',
    ])
    await told.nth(1).getByText('Respondeu.').waitFor()
    await told.nth(2).getByText('A sequência foi direto para um passo mais adiante.').waitFor()
    await told.nth(4).getByText('É o próximo').waitFor()
    await photograph(page, 'run-story-branch')
  })
})

for (const [locale, left] of [
  ['en', 'Skipped. The 24-hour window was closed.'],
  ['es', 'Omitido. La ventana de 24 h estaba cerrada.'],
] as const)
  test(`the story is told in ${locale}`, () =>
    visit({ cookie: bia.cookie, locale }, async (page) => {
      await page.goto(`/settings/sequences/${sequence}?view=runs`)
      await page
        .getByRole('link', { name: /Maria Souza$/ })
        .last()
        .click()
      await page.getByText(left).waitFor()
      await photograph(page, `run-story-${locale}`)
    }))
