import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startApp } from '../../test/harness.ts'

const app = await startApp()

const names = (stages: { name: string }[]) => stages.map((stage) => stage.name)

test('a pipeline is made, renamed, reordered and deleted; the account always keeps one', async () => {
  const acme = await app.newAccount()
  const made = await acme.post('/pipelines', { name: 'Pós-venda', position: 1 })
  assert.equal(made.status, 201)
  assert.deepEqual(names(made.body.pipeline.stages), ['Novo', 'Ganho', 'Perdido'])
  const listed = async () => names((await acme.get('/pipelines')).body.pipelines)
  assert.deepEqual(await listed(), ['Pós-venda', 'Vendas'])
  const { id } = made.body.pipeline
  await acme.put(`/pipelines/${id}`, { name: 'Suporte', position: 2 })
  assert.deepEqual(await listed(), ['Vendas', 'Suporte'])
  const vendas = (await acme.get('/pipelines')).body.pipelines[0]
  assert.deepEqual((await acme.delete(`/pipelines/${vendas.id}`)).body, { success: true })
  assert.equal((await acme.post('/leads', { name: 'Ana' })).body.lead.pipeline.id, id, 'the default moved on')
  const last = await acme.delete(`/pipelines/${id}`)
  assert.deepEqual([last.status, last.body.success], [422, false])
})

test('stages keep their order, and take only colours that are colours', async () => {
  const acme = await app.newAccount()
  const { pipeline } = (await acme.post('/pipelines', { name: 'P', stages: [{ name: 'A' }, { name: 'B' }] }))
    .body
  const { stage } = (
    await acme.post(`/pipelines/${pipeline.id}/stages`, { name: 'C', color: '#ABCDEF', position: 2 })
  ).body
  assert.equal(stage.color, '#abcdef')
  const listed = async () =>
    names(
      (await acme.get('/pipelines')).body.pipelines.find((p: { id: number }) => p.id === pipeline.id).stages,
    )
  assert.deepEqual(await listed(), ['A', 'C', 'B'])
  await acme.put(`/stages/${stage.id}`, { position: 99, name: 'Z' })
  assert.deepEqual(await listed(), ['A', 'B', 'Z'])
  const refused = await acme.put(`/stages/${stage.id}`, { color: 'red' })
  assert.deepEqual(refused.body.errors, { color: ['The color field must be a valid hexadecimal color.'] })
  const both = await acme.post(`/pipelines/${pipeline.id}/stages`, { name: 'X', is_won: true, is_lost: true })
  assert.equal(both.body.success, false)
})

test('a stage with leads goes only with a destination; its leads move, and their trace says so', async () => {
  const acme = await app.newAccount()
  const { pipeline } = (
    await acme.post('/pipelines', { name: 'P', stages: [{ name: 'A' }, { name: 'B', is_won: true }] })
  ).body
  const [a, b] = pipeline.stages
  await acme.post(`/stages/${a.id}/required-tasks`, { subject: 'Ligar', type: 'call' })
  const ids: number[] = []
  for (const name of ['Um', 'Dois', 'Três']) {
    ids.push((await acme.post('/leads', { name, stage_id: a.id, value: 10 })).body.lead.id)
  }
  const flip = await acme.put(`/stages/${a.id}`, { is_lost: true })
  assert.deepEqual([flip.status, flip.body.success], [422, false])
  const refused = await acme.delete(`/stages/${a.id}`)
  assert.deepEqual([refused.status, refused.body.success], [422, false])
  assert.equal((await acme.delete(`/stages/${a.id}?move_to_stage_id=${a.id}`)).status, 422)
  assert.equal((await acme.delete(`/stages/${a.id}?move_to_stage_id=999999`)).status, 422)
  assert.equal((await acme.get(`/leads?stage_id=${a.id}`)).body.meta.total, 3)
  assert.deepEqual((await acme.delete(`/stages/${a.id}?move_to_stage_id=${b.id}`)).body, { success: true })
  assert.equal((await acme.get(`/leads?stage_id=${b.id}&status=won`)).body.meta.total, 3)
  assert.equal((await acme.get('/leads')).body.meta.total, 3)
  const events = (await acme.get(`/leads/${ids[0]}/events`)).body.data.map(
    (event: { type: string }) => event.type,
  )
  assert.deepEqual(events.slice(0, 2), ['lead.won', 'lead.stage_changed'])
  const last = await acme.delete(`/stages/${b.id}?move_to_stage_id=${b.id}`)
  assert.equal(last.body.success, false)
})

test('a lost reason can go; who was lost for it stays lost', async () => {
  const acme = await app.newAccount()
  const { lost_reason } = (await acme.post('/lost-reasons', { name: 'Mudou de cidade', position: 1 })).body
  assert.equal((await acme.get('/pipelines')).body.lost_reasons[0].name, 'Mudou de cidade')
  const lead = (await acme.post('/leads', { name: 'Ana' })).body.lead
  await acme.put(`/leads/${lead.id}/lost`, { reason_id: lost_reason.id })
  await acme.put(`/lost-reasons/${lost_reason.id}`, { name: 'Mudou-se' })
  await acme.delete(`/lost-reasons/${lost_reason.id}`)
  const after = (await acme.get(`/leads/${lead.id}`)).body.lead
  assert.deepEqual([after.status, after.lost_reason_id], ['lost', null])
})

test('pipelines are limited by the plan, exactly', async () => {
  const small = await app.newAccount({ plan: 'starter' })
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, n) => small.post('/pipelines', { name: `P${n}` })),
  )
  assert.equal(answers.filter(({ status }) => status === 201).length, 2)
  const refused = answers.find(({ status }) => status === 422)!
  assert.deepEqual(refused.body, {
    success: false,
    message: 'Limite de funis do plano atingido.',
    limit_reached: true,
  })
})
