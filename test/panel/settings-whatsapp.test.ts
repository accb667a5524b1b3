import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { startApp } from '../harness.ts'
import { newPerson } from '../people.ts'
import { metaAppSecret, metaBusiness, metaNumber, metaToken, startMeta } from '../whatsapp/meta-simulator.ts'
import { graphOf } from '../whatsapp/numbers.ts'
import { startWaha, wahaKey, wahaSession } from '../whatsapp/waha-simulator.ts'
import { isAccessible, photograph, settled, startBrowser } from './harness.ts'

const meta = await startMeta()
after(() => meta.close())
const waha = await startWaha()
after(() => waha.close())
const app = await startApp({ graph: graphOf(meta) })
const acme = await app.newAccount()
const bia = await newPerson(app.url, acme.scope, 'manager')
const { visit } = await startBrowser(app)

test('without a number one is taught how to begin, and a test number is there at once', () =>
  visit({ cookie: bia.cookie }, async (page) => {
    await page.goto('/settings/whatsapp')
    await page.getByRole('heading', { name: 'Nenhum número conectado' }).waitFor()
    await isAccessible(page, 'no number')
    await photograph(page, 'settings-whatsapp-none')
    await page.getByRole('button', { name: 'Usar número de teste' }).click()
    await settled(page, 'Número de teste')
    await page.getByText('Conectado', { exact: true }).waitFor()
    const answers = page.waitForResponse((answer) => answer.url().endsWith('/sandbox'))
    await page.getByRole('switch', { name: 'Respondem sozinhos' }).click()
    assert.equal((await answers).status(), 200)
    await isAccessible(page, 'test number')
    await photograph(page, 'settings-whatsapp-sandbox')
  }))

test('a number at Meta is connected step by step, and says where Meta must send its webhooks', () =>
  visit({ cookie: bia.cookie }, async (page) => {
    await page.goto('/settings/whatsapp/new')
    await settled(page, 'Conectar número')
    await isAccessible(page, 'kinds')
    await photograph(page, 'settings-whatsapp-new')
    await page.getByRole('button', { name: /^API oficial da Meta/ }).click()
    await settled(page, 'Conectar pela API oficial')
    await page.getByRole('button', { name: 'Conectar', exact: true }).click()
    await page.getByText('Preencha este campo.').first().waitFor()
    await page.getByLabel('Identificação do número de telefone').fill('+55 11')
    await page.getByLabel('Identificação da conta do WhatsApp Business').fill(metaBusiness)
    await page.getByLabel('Token de acesso').fill('vencido')
    await page.getByLabel('Chave secreta do aplicativo').fill(metaAppSecret)
    await page.getByRole('button', { name: 'Conectar', exact: true }).click()
    await page.getByText('Confira como está escrito.').waitFor()
    await isAccessible(page, 'Meta form')
    await photograph(page, 'settings-whatsapp-cloud')
    await page.getByLabel('Identificação do número de telefone').fill(metaNumber)
    await page.getByRole('button', { name: 'Conectar', exact: true }).click()

    await page.getByText('O acesso à Meta venceu ou foi revogado. Conecte o número de novo.').waitFor()
    await page.getByText('Com problema').waitFor()
    await isAccessible(page, 'refused token')
    await visit({ cookie: bia.cookie, locale: 'en' }, async (abroad) => {
      await abroad.goto('/settings/whatsapp')
      await abroad.getByText('The access to Meta expired or was revoked.').waitFor()
    })
    await page.getByRole('button', { name: 'Trocar acesso' }).click()
    const access = page.getByRole('dialog', { name: 'Trocar acesso' })
    await access.getByLabel('Token de acesso').fill(metaToken)
    await access.getByRole('button', { name: 'Conectar' }).click()
    await page.getByText('Conectado', { exact: true }).waitFor()
    const { data } = (await acme.get('/whatsapp/instances')).body
    const { id } = data.find(({ provider }: { provider: string }) => provider === 'cloud_api')
    const { connection } = (await acme.get(`/whatsapp/instances/${id}`)).body.instance
    assert.equal(
      await page.getByRole('textbox', { name: 'URL de callback' }).inputValue(),
      connection.callback_url,
    )
    assert.equal(
      await page.getByRole('textbox', { name: 'Token de verificação' }).inputValue(),
      connection.verify_token,
    )
    await isAccessible(page, 'number at Meta')
    await photograph(page, 'settings-whatsapp-number')

    await page.getByRole('link', { name: 'Ver templates' }).click()
    await settled(page, 'Templates')
    await page
      .getByRole('button', { name: /^Ver como o cliente vê/ })
      .first()
      .click()
    await page.getByRole('dialog').waitFor()
    await isAccessible(page, 'template')
    await photograph(page, 'settings-template')
  }))

test('a WAHA number shows its QR code while it waits to be scanned, and by itself that it is connected', () =>
  visit({ cookie: bia.cookie }, async (page) => {
    await page.goto('/settings/whatsapp/new?provider=waha')
    await settled(page, 'Conectar pelo WAHA')
    await page.getByLabel('Endereço do servidor').fill(waha.url)
    await page.getByLabel('Chave de API do WAHA').fill(wahaKey)
    await page.getByLabel('Sessão').fill(wahaSession)
    await page.getByLabel('Nome do número').fill('Loja')
    await isAccessible(page, 'WAHA form')
    await photograph(page, 'settings-whatsapp-waha')
    await page.getByRole('button', { name: 'Conectar', exact: true }).click()
    await settled(page, 'Loja')
    waha.session.status = 'SCAN_QR_CODE'
    await page.getByText('Esperando o QR code').waitFor()
    await page.getByRole('img', { name: 'QR code para conectar o WhatsApp' }).waitFor()
    await isAccessible(page, 'QR code')
    await photograph(page, 'settings-whatsapp-qr')
    waha.session.status = 'WORKING'
    await page.getByText('Conectado', { exact: true }).waitFor()

    await page.getByRole('button', { name: 'Ações de Loja' }).click()
    await page.getByRole('menuitem', { name: 'Tornar principal' }).click()
    await page.getByText('Loja é o número principal.').waitFor()
    await page.getByRole('button', { name: 'Ações de Loja' }).click()
    await page.getByRole('menuitem', { name: 'Remover número' }).click()
    const asked = page.getByRole('dialog', { name: 'Remover Loja?' })
    await isAccessible(page, 'remove a number')
    await asked.getByRole('button', { name: 'Remover número' }).click()
    await settled(page, 'Números de WhatsApp')
    await page.getByRole('list', { name: 'Números de WhatsApp' }).getByText('Principal').waitFor()
    assert.equal(await page.getByRole('link', { name: 'Loja', exact: true }).count(), 0)
  }))

test('who writes first becomes a lead or not, as it is chosen here', () =>
  visit({ cookie: bia.cookie }, async (page) => {
    await page.goto('/settings/whatsapp')
    await page.getByRole('switch', { name: 'Quem escreve pela primeira vez vira lead' }).uncheck()
    await page.getByRole('combobox', { name: 'Palavras para não receber mais' }).fill('chega')
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'Salvar' }).click()
    await page.getByText('Há mudanças não salvas.').waitFor({ state: 'hidden' })
    const { settings } = (await acme.get('/whatsapp/settings')).body
    assert.equal(settings.takes_up_leads, false)
    assert.ok(settings.opt_out_words.includes('chega'))
  }))
