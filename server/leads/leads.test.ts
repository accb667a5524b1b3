import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startApp } from '../../test/harness.ts'

const app = await startApp()
const acme = await app.newAccount()

const timeline = async (id: number) =>
  (await acme.get(`/leads/${id}/events`)).body.data.map((event: { type: string }) => event.type).reverse()

test('a lead needs only a name, and starts in the first stage of the default pipeline', async () => {
  const { status, body } = await acme.post('/leads', { name: '  João Silva ' })
  assert.equal(status, 201)
  assert.equal(body.success, true)
  assert.equal(body.lead.name, 'João Silva')
  assert.deepEqual(
    [body.lead.stage.name, body.lead.pipeline.name, body.lead.status],
    ['Novo', 'Vendas', 'open'],
  )
  assert.deepEqual(await timeline(body.lead.id), ['lead.created'])
})

test('search finds without accents and without punctuation', async () => {
  const { body } = await acme.post('/leads', {
    name: 'José da Conceição',
    phone: '+55 (21) 98877-6655',
    email: 'ze.c@x.com.br',
  })
  for (const q of ['jose', 'CONCEICAO josé', '98877', '(21) 98877-6655', '8877-6655', 'ze.c@x']) {
    const found = await acme.get(`/leads?q=${encodeURIComponent(q)}`)
    assert.deepEqual(
      found.body.data.map((lead: { id: number }) => lead.id),
      [body.lead.id],
      q,
    )
    assert.equal(found.body.meta.total, 1, q)
  }
  assert.equal((await acme.get('/leads?q=!!!')).body.meta.total, 0)
})

test('upsert: with and without the ninth digit it is one lead, even at the same moment', async () => {
  const spellings = ['+55 51 98765-4321', '555187654321', '(51) 8765-4321', '51 987654321', '5551987654321']
  const answers = await Promise.all(
    [...spellings, ...spellings].map((phone, n) =>
      acme.post('/leads/upsert', { name: `Pessoa ${n}`, phone }),
    ),
  )
  assert.equal(new Set(answers.map(({ body }) => body.lead.id)).size, 1)
  assert.equal(answers.filter(({ status, body }) => status === 201 && body.created).length, 1)
  assert.equal(answers[0]!.body.lead.phone, '+5551987654321')
})

test('moving, winning and losing leave their trace and count exactly', async () => {
  const { body } = await acme.post('/leads', { name: 'Maria', value: 100 })
  const { pipelines, lost_reasons } = (await acme.get('/pipelines')).body
  const stage = (name: string) => pipelines[0].stages.find((each: { name: string }) => each.name === name).id
  const { id } = body.lead
  assert.deepEqual((await acme.put(`/leads/${id}/stage`, { stage_id: stage('Proposta') })).body, {
    success: true,
    lead_id: id,
  })
  await acme.put(`/leads/${id}/won`, { value: 1234.5 })
  const won = (await acme.get(`/leads/${id}`)).body.lead
  assert.deepEqual([won.status, won.value, won.stage.name], ['won', 1234.5, 'Ganho'])
  await acme.put(`/leads/${id}/lost`, { reason_id: lost_reasons[0].id })
  const lost = (await acme.get(`/leads/${id}`)).body.lead
  assert.deepEqual([lost.status, lost.lost_reason_id], ['lost', lost_reasons[0].id])
  await acme.put(`/leads/${id}/stage`, { stage_id: stage('Novo') })
  const open = (await acme.get(`/leads/${id}`)).body.lead
  assert.deepEqual([open.status, open.lost_reason_id], ['open', null])
  assert.deepEqual(await timeline(id), [
    'lead.created',
    'lead.stage_changed',
    'lead.updated',
    'lead.stage_changed',
    'lead.won',
    'lead.stage_changed',
    'lead.lost',
    'lead.stage_changed',
  ])
  const refusal = await acme.put(`/leads/${id}/won`, { stage_id: stage('Novo') })
  assert.deepEqual([refusal.status, refusal.body.success], [422, false])
})
