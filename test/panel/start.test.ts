import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startApp } from '../harness.ts'
import { newPerson } from '../people.ts'
import { isAccessible, photograph, settled, startBrowser } from './harness.ts'

const app = await startApp({ workers: true })
const acme = await app.newAccount()
const ana = await newPerson(app.url, acme.scope, 'admin')
const { visit } = await startBrowser(app)
const startNow = async () => (await ana.get('/account/start')).body.start

test('the first steps are done right there: a key, with the line that tries it', () =>
  visit({ cookie: ana.cookie }, async (page) => {
    await page.goto('/')
    await settled(page)
    await page.getByRole('link', { name: 'Primeiros passos' }).click()
    await settled(page, 'Primeiros passos')
    await isAccessible(page, 'first steps')
    await photograph(page, 'start')
    await page.getByRole('button', { name: 'Nova chave' }).click()
    await page.getByLabel('Nome').fill('Site')
    await page.getByRole('button', { name: 'Criar chave' }).click()
    const line = page.getByText(/curl .*X-API-Key: /)
    const key = /X-API-Key: ([^"]+)"/.exec((await line.textContent())!)![1]!
    assert.equal((await fetch(`${app.url}/api/v1/leads`, { headers: { 'x-api-key': key } })).status, 200)
    assert.equal((await startNow()).key, true)
  }))

test('a colleague is let in by the link that is shown once, and a simulated phone stands at once', () =>
  visit({ cookie: ana.cookie, isPhone: true }, async (page) => {
    await page.goto('/start')
    await settled(page, 'Primeiros passos')
    await isAccessible(page, 'first steps on a phone')
    await page.getByRole('button', { name: 'Convidar pessoa' }).click()
    await page.getByLabel('Nome').fill('Bia Souza')
    await page.getByLabel('E-mail').fill('bia@acme.test')
    await page.getByRole('button', { name: 'Criar convite' }).click()
    const link = await page.getByLabel('Link de acesso', { exact: true }).inputValue()
    await page.getByRole('button', { name: 'Já guardei' }).click()
    await visit({}, async (hers) => {
      const { pathname, search } = new URL(link)
      await hers.goto(pathname + search)
      await hers.getByRole('button', { name: 'Entrar' }).click()
      await settled(hers)
      await hers.getByText('Bia Souza').first().waitFor()
    })
    await page.getByRole('button', { name: 'Usar número de teste' }).click()
    await page.waitForURL(/settings\/whatsapp\/\d+$/)
    assert.equal((await startNow()).colleague, true)
  }))

test('an empty pipeline takes the stages of a kind of business, on the smallest plan too, and gives them back', async () => {
  const small = await app.newAccount({ plan: 'free' })
  const rui = await newPerson(app.url, small.scope, 'admin')
  const stagesNow = async () => (await rui.get('/pipelines')).body.pipelines.map(namesOf)
  const before = await stagesNow()
  await visit({ cookie: rui.cookie }, async (page) => {
    await page.goto('/start')
    await settled(page, 'Primeiros passos')
    await page.getByRole('button', { name: 'Escolher um modelo' }).click()
    await isAccessible(page, 'kinds of business')
    await photograph(page, 'start-kinds')
    await page.getByRole('button', { name: /^Imobiliária/ }).click()
    const undo = page.getByRole('button', { name: 'Desfazer' })
    await undo.waitFor()
    assert.deepEqual(await stagesNow(), [
      [
        ...['Novo contato', 'Perfil entendido', 'Visita marcada', 'Visita feita', 'Proposta', 'Documentação'],
        ...['Ganho', 'Perdido'],
      ],
    ])
    const givenBack = page.waitForResponse((answer) => answer.request().method() === 'DELETE')
    await undo.click()
    await givenBack
    assert.deepEqual(await stagesNow(), before)
    await page.getByRole('button', { name: 'Escolher um modelo' }).click()
    await page.getByRole('button', { name: /^Loja/ }).click()
    await undo.waitFor()
    assert.equal((await stagesNow())[0].length, 6)
  })
  await small.post('/leads', { name: 'João' })
  await visit({ cookie: rui.cookie }, async (page) => {
    await page.goto('/start')
    await page.getByRole('link', { name: 'Abrir o funil' }).waitFor()
    assert.equal(await page.getByRole('button', { name: 'Escolher um modelo' }).count(), 0)
  })
})

const namesOf = ({ stages }: { stages: { name: string }[] }) => stages.map(({ name }) => name)

test('put away, the steps leave the navigation, and are found again in the menu', () =>
  visit({ cookie: ana.cookie }, async (page) => {
    await page.goto('/start')
    await settled(page, 'Primeiros passos')
    const card = page.getByRole('navigation').getByRole('link', { name: 'Primeiros passos' })
    await card.waitFor()
    await page.getByRole('button', { name: 'Não mostrar mais' }).click()
    await card.waitFor({ state: 'detached' })
    assert.equal((await startNow()).is_dismissed, true)
    await page.goto('/leads')
    await settled(page, 'Leads')
    await page.getByRole('button', { name: 'Sua conta' }).click()
    await page.getByRole('menuitem', { name: 'Primeiros passos' }).click()
    await page.getByRole('button', { name: 'Mostrar na navegação' }).click()
    await card.waitFor()
  }))

test('the simulated phone that an installation begins with is tried: a customer writes, is answered, and the step is done', async () => {
  const firm = await app.newAccount()
  const bia = await newPerson(app.url, firm.scope, 'admin')
  await firm.post('/whatsapp/instances', { provider: 'sandbox' })
  await visit({ cookie: bia.cookie }, async (page) => {
    await page.goto('/start')
    await settled(page, 'Primeiros passos')
    const step = page.getByRole('listitem').filter({ hasText: 'Conecte ou experimente o WhatsApp' })
    await step.getByText('escreva como cliente e responda').waitFor()
    assert.equal(await step.getByRole('img', { name: 'Feito' }).count(), 0)
    await step.getByRole('link', { name: 'Usar número de teste' }).click()
    const phone = page.getByRole('region', { name: 'Celular de teste' })
    await phone.getByLabel('Nome do cliente').fill('Marina Duarte')
    await phone.getByLabel('Telefone do cliente').fill('(11) 98765-4321')
    await phone.getByLabel('Escrever como o cliente').fill('Quanto custa?')
    await page.keyboard.press('Enter')
    await page.waitForURL(/\/inbox\/\d+/)
    await page.getByLabel('Escreva uma mensagem').fill('Depende do tamanho.')
    await page.keyboard.press('Enter')
    await phone.getByText('Depende do tamanho.').waitFor()
    await page.goto('/start')
    await step.getByRole('img', { name: 'Feito' }).waitFor()
    // A number of one's own is still to come.
    await step.getByRole('link', { name: 'Conectar número' }).waitFor()
    assert.equal(await step.getByRole('link').count(), 1)
    await isAccessible(page, 'tried')
  })
  const { data } = (await bia.get('/whatsapp/instances')).body
  assert.equal(data.length, 1)
})
