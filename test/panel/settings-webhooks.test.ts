import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { startDelivering } from '../deliveries.ts'
import { newPerson } from '../people.ts'
import { status } from '../receiver.ts'
import { isAccessible, photograph, startBrowser } from './harness.ts'

const { app, receiver, stop } = await startDelivering()
after(stop)
const acme = await app.newAccount()
const bia = await newPerson(app.url, acme.scope, 'manager')
const { visit } = await startBrowser(app)

test('a webhook is made, tested, looked into, sent again, and given a new secret', () =>
  visit({ cookie: bia.cookie }, async (page) => {
    await page.goto('/settings/webhooks')
    await page.getByRole('heading', { name: 'Nenhum webhook' }).waitFor()
    await isAccessible(page, 'no webhook')
    await page.getByRole('button', { name: 'Novo webhook' }).click()
    const form = page.getByRole('dialog', { name: 'Novo webhook' })
    await form.getByLabel('Endereço que recebe').fill('nonsense')
    await form.getByRole('button', { name: 'Criar webhook' }).click()
    await form.getByText('Informe um endereço válido, com https://.').waitFor()
    await form.getByLabel('Endereço que recebe').fill(receiver.url('/here'))
    await form.getByRole('checkbox', { name: 'Venda ganha' }).check()
    await isAccessible(page, 'webhook form')
    await photograph(page, 'settings-webhook-form')
    await form.getByRole('button', { name: 'Criar webhook' }).click()
    const shown = page.getByRole('dialog', { name: 'Webhook criado' })
    assert.match(await shown.getByRole('textbox', { name: 'Segredo' }).inputValue(), /^whsec_/)
    await shown.getByRole('button', { name: 'Já guardei' }).click()
    await page.getByText('Nenhuma entrega ainda.').waitFor()
    assert.deepEqual((await acme.get('/webhooks')).body.data[0].events.sort(), ['lead.created', 'lead.won'])

    receiver.behave('/here', (response) => response.writeHead(500).end('it broke'))
    await page.getByRole('button', { name: 'Enviar teste' }).click()
    await receiver.until('/here', 1)
    const row = page.getByRole('list', { name: 'Entregas' }).getByRole('listitem').first()
    await row.getByText('1 tentativa · 500').waitFor()
    await row.getByRole('button', { name: /^Tentativas de/ }).click()
    await row.getByText('it broke').waitFor()
    await isAccessible(page, 'an attempt')
    await photograph(page, 'settings-webhook')

    receiver.behave('/here', status(200))
    await acme.post('/leads', { name: 'João' })
    await receiver.until('/here', 2)
    await page.getByText('Entregues', { exact: true }).click()
    await page.getByRole('button', { name: /^Reenviar Lead criado/ }).click()
    await receiver.until('/here', 3)

    await page.getByRole('button', { name: /^Ações de/ }).click()
    await page.getByRole('menuitem', { name: 'Trocar segredo' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Trocar segredo' }).click()
    await page.getByRole('dialog', { name: 'Novo segredo' }).getByText('O anterior vale até').waitFor()
    await page.getByRole('button', { name: 'Já guardei' }).click()

    await page.getByRole('button', { name: /^Ações de/ }).click()
    await page.getByRole('menuitem', { name: 'Reenviar período' }).click()
    const replay = page.getByRole('dialog', { name: 'Reenviar período' })
    await replay.getByRole('checkbox', { name: 'Só o que falhou' }).uncheck()
    await isAccessible(page, 'replay')
    await replay.getByRole('button', { name: 'Reenviar', exact: true }).click()
    await page.getByText(/na fila\./).waitFor()
  }))

test('one that Funil switched off says why, and is switched on again', async () => {
  receiver.behave('/gone', status(410))
  const { id } = (
    await acme.post('/webhooks', { target_url: receiver.url('/gone'), events: ['lead.created'] })
  ).body
  await visit({ cookie: bia.cookie }, async (page) => {
    await page.goto(`/settings/webhooks/${id}`)
    await page.getByText('Nenhuma entrega ainda.').waitFor()
    await acme.post(`/webhooks/${id}/test`)
    await page.getByText('O Funil desligou este webhook').waitFor()
    await isAccessible(page, 'switched off')
    await photograph(page, 'settings-webhook-off')
    receiver.behave('/gone', status(200))
    await page.getByRole('button', { name: 'Ligar de novo' }).click()
    await page.getByText('Ativo', { exact: true }).waitFor()
    assert.equal((await acme.get(`/webhooks/${id}`)).body.is_active, true)
  })
})
