import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startApp } from '../../test/harness.ts'

const app = await startApp()

/** An account whose pipeline is A → B → C (won) and D (lost), with a call demanded in B. */
async function company() {
  const acme = await app.newAccount()
  const { pipeline } = (
    await acme.post('/pipelines', {
      name: 'P',
      stages: [{ name: 'A' }, { name: 'B' }, { name: 'C', is_won: true }, { name: 'D', is_lost: true }],
    })
  ).body
  const [a, b, c, d] = pipeline.stages.map((stage: { id: number }) => stage.id)
  const demand = (stageId: number, more: object = {}) =>
    acme.post(`/stages/${stageId}/required-tasks`, {
      subject: 'Ligar para {{lead_name}}',
      type: 'call',
      ...more,
    })
  const required = (
    await demand(b, { subject: 'Ligar para {{lead_name}} em {{stage_name}}', due_in_days: 2 })
  ).body.required_task
  const create = async (stageId: number, name = 'João') =>
    (await acme.post('/leads', { name, stage_id: stageId })).body.lead.id
  const tasksOf = async (leadId: number) => (await acme.get(`/tasks?lead_id=${leadId}`)).body.data
  const move = (leadId: number, stageId: number) => acme.put(`/leads/${leadId}/stage`, { stage_id: stageId })
  return { ...acme, pipeline, a, b, c, d, demand, required, create, tasksOf, move }
}

test('entering a stage by any way gives its mandatory tasks once; leaving by any way waits for them', async () => {
  const acme = await company()
  const { a, b, c, d } = acme
  const id = await acme.create(a)
  assert.deepEqual(await acme.tasksOf(id), [])
  assert.equal((await acme.move(id, b)).status, 200)
  const [task] = await acme.tasksOf(id)
  assert.equal(task.subject, 'Ligar para João em B')
  assert.equal(task.is_mandatory, true)
  const refusal = {
    success: false,
    blocked: true,
    message: 'Complete mandatory tasks before moving the lead.',
    pending_tasks: [{ id: task.id, subject: 'Ligar para João em B', type: 'call' }],
  }
  const ways = [
    () => acme.move(id, a),
    () => acme.put(`/leads/${id}/won`),
    () => acme.put(`/leads/${id}/lost`),
    () => acme.put(`/leads/${id}`, { stage_id: c, name: 'Outro nome' }),
    () => acme.patch(`/leads/${id}`, { stage_id: d }),
  ]
  for (const way of ways) {
    const { status, body } = await way()
    assert.equal(status, 422)
    assert.deepEqual(body, refusal)
  }
  const lead = (await acme.get(`/leads/${id}?include=tasks`)).body.lead
  assert.deepEqual([lead.stage_id, lead.name, lead.tasks.length], [b, 'João', 1])
  await acme.put(`/tasks/${task.id}/complete`)
  assert.equal((await acme.move(id, a)).status, 200)
  assert.equal((await acme.move(id, b)).status, 200)
  assert.equal((await acme.tasksOf(id)).length, 1, 'coming back asks for nothing twice')
  assert.equal((await acme.put(`/leads/${id}/won`)).status, 200)
})

test('created, upserted or won straight into a stage, a lead gets its tasks', async () => {
  const acme = await company()
  await acme.demand(acme.c, { subject: 'Agradecer' })
  assert.equal((await acme.tasksOf(await acme.create(acme.b))).length, 1)
  const upserted = await acme.post('/leads/upsert', { name: 'U', phone: '11 98888-7777', stage_id: acme.b })
  assert.equal((await acme.tasksOf(upserted.body.lead.id)).length, 1)
  const blocked = await acme.post('/leads/upsert', { phone: '11 98888-7777', stage_id: acme.a })
  assert.equal(blocked.body.blocked, true)
  const id = await acme.create(acme.a)
  await acme.put(`/leads/${id}/won`)
  assert.deepEqual(
    (await acme.tasksOf(id)).map((task: { subject: string }) => task.subject),
    ['Agradecer'],
  )
})

test('a new demand holds for who already stands there; a removed one frees them', async () => {
  const acme = await company()
  const id = await acme.create(acme.a)
  const { required_task } = (await acme.demand(acme.a)).body
  assert.equal((await acme.move(id, acme.d)).body.blocked, true)
  await acme.delete(`/required-tasks/${required_task.id}`)
  const [task] = await acme.tasksOf(id)
  assert.deepEqual([task.status, task.is_mandatory], ['pending', false])
  assert.equal((await acme.move(id, acme.d)).status, 200)
})

test('a mandatory task cannot be deleted or given to another lead; reopened, it holds again', async () => {
  const acme = await company()
  const id = await acme.create(acme.b)
  const other = await acme.create(acme.a)
  const [task] = await acme.tasksOf(id)
  assert.equal((await acme.delete(`/tasks/${task.id}`)).body.success, false)
  assert.equal((await acme.put(`/tasks/${task.id}`, { lead_id: other })).status, 422)
  await acme.put(`/tasks/${task.id}`, { status: 'completed' })
  await acme.put(`/tasks/${task.id}/reopen`)
  assert.equal((await acme.move(id, acme.a)).body.blocked, true)
})

test('a lead that is deleted takes its tasks along', async () => {
  const acme = await company()
  const id = await acme.create(acme.b)
  await acme.delete(`/leads/${id}`)
  assert.equal((await acme.get('/tasks')).body.meta.total, 0)
})

test('two moves at the same moment: one wins, nothing is half done', async () => {
  const acme = await company()
  for (let round = 0; round < 10; round++) {
    const id = await acme.create(acme.a)
    const answers = await Promise.all([acme.move(id, acme.b), acme.move(id, acme.d), acme.move(id, acme.b)])
    for (const { status, body } of answers) assert.ok(status === 200 || status === 422, JSON.stringify(body))
    const { body } = await acme.get(`/leads/${id}`)
    const mandatory = await acme.tasksOf(id)
    const events = (await acme.get(`/leads/${id}/events`)).body.data
    const last = events.find((event: { type: string }) => event.type === 'lead.stage_changed')
    assert.equal(last.data.to.id, body.lead.stage_id)
    assert.ok(mandatory.length <= 1)
    if (body.lead.stage_id === acme.b) assert.equal(mandatory.length, 1)
  }
})
