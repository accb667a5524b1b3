import assert from 'node:assert/strict'
import { test } from 'node:test'
import { composer, mark, startInbox, talkWith } from './customers.ts'
import { isAccessible, photograph } from './harness.ts'

const { app, visit, cookie, helena, sandbox, writes, behave } = await startInbox()

test('a message that fails says why in plain words, and goes out when it is sent again', async () => {
  const { id } = await writes({ name: 'Bruno Sales', text: 'Oi' })
  await behave({ fails_with: 'not_on_whatsapp', fails_when: 'sending' })
  // The API says 502 for what the provider refused.
  await visit({ cookie, expects: /502/ }, async (page) => {
    await page.goto(`/inbox/${id}`)
    await composer(page).fill('Segue a proposta')
    const refused = page.waitForResponse((answer) => answer.status() === 502)
    await page.keyboard.press('Enter')
    await refused
    const talk = talkWith(page, 'Bruno Sales')
    await talk.getByText('Este telefone não tem WhatsApp. Confira o número.').waitFor()
    await isAccessible(page, 'failed')
    await photograph(page, 'inbox-failed')
    await behave({ fails_with: null })
    await talk.getByRole('button', { name: 'Enviar de novo' }).click()
    await talk.getByRole('img', { name: 'Lida', exact: true }).waitFor()
    assert.equal(await talk.getByText('Segue a proposta').count(), 2)
  })
})

test('what could not be handed over stays, and is sent once when the line is back', async () => {
  const { id } = await writes({ name: 'Clara Lima', text: 'Oi' })
  await visit({ cookie, expects: /ERR_FAILED/ }, async (page) => {
    await page.goto(`/inbox/${id}`)
    const talk = talkWith(page, 'Clara Lima')
    await composer(page).waitFor()
    const path = '**/api/v1/conversations/*/messages'
    await page.route(path, (route) =>
      route.request().method() === 'POST' ? route.abort() : route.continue(),
    )
    await composer(page).fill('Posso ligar amanhã?')
    await page.keyboard.press('Enter')
    await talk.getByText('Não enviada. Sem conexão com o servidor.').waitFor()
    await photograph(page, 'inbox-offline')
    await page.unroute(path)
    await talk.getByRole('button', { name: 'Enviar de novo' }).click()
    await mark(page, 'Clara Lima', 'Posso ligar', 'Lida').waitFor()
    assert.equal(await talk.getByText('Posso ligar amanhã?').count(), 1)

    // It arrives, and only the answer is lost.
    await page.route(path, async (route) => {
      if (route.request().method() !== 'POST') return route.continue()
      await route.fetch()
      await route.abort()
    })
    await composer(page).fill('Às nove está bem?')
    await page.keyboard.press('Enter')
    await mark(page, 'Clara Lima', 'Às nove', 'Lida').waitFor()
    assert.equal(await talk.getByText('Às nove está bem?').count(), 1)
    assert.equal(await talk.getByText('Não enviada').count(), 0)
  })
})

test('after 24 hours a template is the way, filled in from the lead and seen before it goes', async () => {
  const { id } = await writes({ name: 'Otávio Reis', text: 'Vou pensar' })
  const close = (until: string) =>
    app.database.pool.query(
      `-- test\nupdate conversations set window_until = now() + $2::interval where id = $1`,
      [id, until],
    )
  await helena.post(`/whatsapp/instances/${await sandbox()}/templates/sync`)
  await close('3 hours 12 minutes')
  await visit({ cookie }, async (page) => {
    await page.goto(`/inbox/${id}`)
    await page.getByText(/Janela fecha em 3 h 1[12] min/).waitFor()
    await close('-1 minute')
    await page.reload()
    await page.getByText('Janela de 24 h fechada').waitFor()
    await page.getByRole('button', { name: /lembrete_agendamento/ }).waitFor()
    await isAccessible(page, 'templates')
    await photograph(page, 'inbox-templates')
    await page.getByRole('button', { name: /lembrete_agendamento/ }).click()
    assert.equal(await page.getByLabel('Variável nome').inputValue(), 'Otávio')
    await page.getByLabel('Variável dia').fill('sexta')
    await isAccessible(page, 'template form')
    assert.ok(await page.getByRole('button', { name: 'Enviar template' }).isDisabled())
    await page.getByLabel('Variável hora').fill('10h')
    await page.getByRole('figure').getByText('Lembramos do seu horário em sexta, às 10h.').waitFor()
    await page.getByRole('button', { name: 'Enviar template' }).click()
    await mark(page, 'Otávio Reis', 'seu horário em sexta', 'Lida').waitFor()
    assert.equal(await talkWith(page, 'Otávio Reis').getByText('seu horário em sexta').count(), 1)
    await photograph(page, 'inbox-template-sent')
  })
})

test('who opted out, or whose number is off, is explained instead of a composer', async () => {
  const { id } = await writes({ name: 'Tânia Melo', text: 'SAIR' })
  await visit({ cookie }, async (page) => {
    await page.goto(`/inbox/${id}`)
    await page.getByText('Este contato pediu para não receber mensagens').waitFor()
    await isAccessible(page, 'opted out')
    await photograph(page, 'inbox-opted-out')
    const instance = await sandbox()
    const listening = page.waitForResponse('**/api/v1/stream')
    await page.reload()
    await listening
    await helena.post(`/whatsapp/instances/${instance}/disconnect`)
    await page.getByText('Sol da Serra Vendas está desconectado').waitFor()
    await photograph(page, 'inbox-disconnected')
    await helena.post(`/whatsapp/instances/${instance}/connect`)
    await page.getByText('Este contato pediu para não receber mensagens').waitFor()
  })
})
