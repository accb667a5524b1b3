import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startApp } from '../../test/harness.ts'
import { openOffice } from '../../test/sequences/office.ts'

const app = await startApp()
const acme = await app.newAccount()
const hello = { type: 'message', text: 'Oi {{first_name|amigo}}' }

const refusal = async (body: object) => {
  const answer = await acme.post('/sequences', { name: 'X', steps: [hello], ...body })
  assert.equal(answer.status, 422, JSON.stringify(answer.body))
  return answer.body.errors
}

test('a sequence is kept as it was written, each step with an id', async () => {
  const sending_hours = { days: ['mon', 'fri'], from: '08:00', to: '18:30' }
  const steps = [hello, { id: 'espera', type: 'wait_reply', timeout: { days: 1 }, on_reply: 'end', tag: 'x' }]
  const made = await acme.post('/sequences', { name: 'Boas-vindas', steps, sending_hours })
  assert.equal(made.status, 201)
  const { sequence } = made.body
  assert.deepEqual(sequence.steps, [
    { id: 'step_1', ...hello },
    { id: 'espera', type: 'wait_reply', timeout: { days: 1 }, on_reply: 'end' },
  ])
  assert.deepEqual([sequence.status, sequence.version, sequence.stop_on_reply], ['active', 1, true])
  assert.deepEqual((await acme.get(`/sequences/${sequence.id}`)).body.sequence, sequence)
  const untilMidnight = { ...sending_hours, to: '00:00' }
  const longer = await acme.put(`/sequences/${sequence.id}`, { sending_hours: untilMidnight })
  assert.deepEqual(longer.body.sequence.sending_hours, untilMidnight)
  const changed = await acme.put(`/sequences/${sequence.id}`, { name: 'Outra', sending_hours: null })
  assert.deepEqual(
    [changed.body.sequence.name, changed.body.sequence.version, changed.body.sequence.sending_hours],
    ['Outra', 1, null],
  )
  const same = await acme.put(`/sequences/${sequence.id}`, { steps: sequence.steps })
  assert.equal(same.body.sequence.version, 1)
  assert.equal((await acme.put(`/sequences/${sequence.id}`, { steps: [hello] })).body.sequence.version, 2)
  const paused = await acme.put(`/sequences/${sequence.id}/pause`)
  assert.equal(paused.body.sequence.status, 'paused')
  assert.equal((await acme.put(`/sequences/${sequence.id}/resume`)).body.sequence.paused_at, null)
  const { data, meta } = (await acme.get('/sequences?cursor=')).body
  assert.deepEqual([data.map(({ name }: { name: string }) => name), meta.next_cursor], [['Outra'], null])
  assert.equal((await acme.delete(`/sequences/${sequence.id}`)).status, 200)
  assert.equal((await acme.get(`/sequences/${sequence.id}`)).status, 404)
  assert.equal((await acme.get('/sequences')).body.meta.total, 0)
})

test('what nobody could send is refused when it is written', async () => {
  await acme.post('/custom-fields', { name: 'setor', label: 'Setor', field_type: 'text' })
  assert.equal(
    (await acme.post('/sequences', { name: 'Y', steps: [{ type: 'message', text: '{{custom.setor|x}}' }] }))
      .status,
    201,
  )
  const unknown = (text: string) => `The steps.0.text field has an unknown variable: ${text}.`
  for (const variable of ['{{nome}}', '{{custom.cor}}', '{{}}', '{{constructor|x}}']) {
    const errors = await refusal({ steps: [{ type: 'message', text: `Oi ${variable}` }] })
    assert.deepEqual(errors, { 'steps.0.text': [unknown(variable)] })
  }
  assert.deepEqual(await refusal({ steps: [{ type: 'message' }, { type: 'add_tag' }] }), {
    'steps.0.text': ['The steps.0.text field is required.'],
    'steps.1.tag': ['The steps.1.tag field is required.'],
  })
  assert.deepEqual(await refusal({ steps: [{ ...hello, when_window_closed: 'template' }] }), {
    'steps.0.fallback': ['The steps.0.fallback field is required.'],
  })
  assert.deepEqual(await refusal({ steps: [{ type: 'move_stage', stage_id: 999_999 }] }), {
    'steps.0.stage_id': ['The selected steps.0.stage_id is invalid.'],
  })
  const back = { id: 'b', type: 'wait_reply', timeout: { days: 1 }, on_reply: 'a' }
  assert.deepEqual(await refusal({ steps: [{ id: 'a', ...hello }, back] }), {
    'steps.1.on_reply': ['The selected steps.1.on_reply is invalid.'],
  })
  assert.deepEqual(
    await refusal({
      steps: [
        { id: 'a', ...hello },
        { id: 'a', ...hello },
      ],
    }),
    {
      'steps.1.id': ['The steps.1.id has already been taken.'],
    },
  )
  assert.deepEqual(await refusal({ sending_hours: { days: ['mon'], from: '18:00', to: '08:00' } }), {
    'sending_hours.to': ['The sending hours.to field must be a time after from.'],
  })
  assert.deepEqual(
    await refusal({ steps: [{ type: 'create_task', task: { type: 'call', subject: '{{x}}' } }] }),
    {
      'steps.0.task.subject': ['The steps.0.task.subject field has an unknown variable: {{x}}.'],
    },
  )
})

test('a plan holds so many sequences', async () => {
  const small = await app.newAccount({ plan: 'free' })
  const create = () => small.post('/sequences', { name: 'X', steps: [hello] })
  const first = await create()
  assert.equal(first.status, 201)
  const { status, body } = await create()
  assert.deepEqual(
    [status, body],
    [422, { success: false, message: 'Limite de sequências do plano atingido.', limit_reached: true }],
  )
  await small.delete(`/sequences/${first.body.sequence.id}`)
  assert.equal((await create()).status, 201)
})

test('a template without the variables that it asks for is refused when it is saved', async () => {
  const office = await openOffice(app, { provider: 'cloud_api' })
  const template_id = await office.newTemplate()
  const steps = [
    { type: 'template', template_id, variables: [] },
    {
      type: 'message',
      text: 'Oi',
      when_window_closed: 'template',
      fallback: { template_id, variables: ['a', 'b'] },
    },
  ]
  const { status, body } = await office.post('/sequences', { name: 'x', steps })
  assert.deepEqual(
    [status, Object.keys(body.errors)],
    [422, ['steps.0.variables', 'steps.1.fallback.variables']],
  )
})
