import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startApp } from '../../test/harness.ts'

const app = await startApp()

test('a field is created, reordered, switched off, and its name is taken only once', async () => {
  const acme = await app.newAccount()
  const create = (body: object) => acme.post('/custom-fields', body)
  const made = await create({ name: 'porte', label: 'Porte', field_type: 'select', options: ['P', 'M'] })
  assert.equal(made.status, 201)
  assert.deepEqual(made.body.custom_field, {
    id: made.body.custom_field.id,
    name: 'porte',
    label: 'Porte',
    field_type: 'select',
    options: ['P', 'M'],
    is_required: false,
    is_active: true,
    show_on_card: false,
    sort_order: 1,
  })
  const taken = await create({ name: 'porte', label: 'X', field_type: 'text' })
  assert.deepEqual(taken.body.errors, { name: ['The name has already been taken.'] })
  const bare = await create({ name: 'cor', label: 'Cor', field_type: 'select' })
  assert.deepEqual(bare.body.errors, { options: ['The options field is required.'] })
  assert.equal((await create({ name: 'Com Espaço', label: 'X', field_type: 'text' })).status, 422)
  const { id } = (await create({ name: 'cidade', label: 'Cidade', field_type: 'text', sort_order: 1 })).body
    .custom_field
  const names = async (query = '') =>
    (await acme.get(`/custom-fields${query}`)).body.data.map((field: { name: string }) => field.name)
  assert.deepEqual(await names(), ['cidade', 'porte'])
  await acme.put(`/custom-fields/${id}`, { is_active: false, sort_order: 2 })
  assert.deepEqual(await names(), ['porte', 'cidade'])
  assert.deepEqual(await names('?active_only=true'), ['porte'])
})

test('all seven types are converted, in whatever way a lead is written', async () => {
  const acme = await app.newAccount()
  const types = ['text', 'number', 'currency', 'date', 'select', 'multiselect', 'checkbox']
  for (const type of types) {
    const options = type.endsWith('select') ? { options: ['a', 'b'] } : {}
    await acme.post('/custom-fields', { name: `f_${type}`, label: type, field_type: type, ...options })
  }
  const given = {
    f_text: ' olá ',
    f_number: '12.5',
    f_currency: '10.999',
    f_date: '2026-02-28',
    f_select: 'a',
    f_multiselect: ['a', 'b', 'a'],
    f_checkbox: '1',
    nothing: 'ignored',
  }
  const kept = {
    f_text: 'olá',
    f_number: 12.5,
    f_currency: 11,
    f_date: '2026-02-28',
    f_select: 'a',
    f_multiselect: ['a', 'b'],
    f_checkbox: true,
  }
  const created = (await acme.post('/leads', { name: 'A', custom_fields: given })).body.lead
  assert.deepEqual(created.custom_fields, kept)
  const upserted = (
    await acme.post('/leads/upsert', { name: 'B', phone: '11 97777-6666', custom_fields: given })
  ).body
  assert.deepEqual(upserted.lead.custom_fields, kept)
  const changed = await acme.put(`/leads/${created.id}`, { custom_fields: { f_number: null, f_select: 'b' } })
  const { f_number: _, ...rest } = kept
  assert.deepEqual(changed.body.lead.custom_fields, { ...rest, f_select: 'b' })
  const wrong = {
    f_number: 'x',
    f_date: '2026-02-30',
    f_select: 'z',
    f_multiselect: 'a',
    f_checkbox: 'talvez',
  }
  for (const answer of [
    await acme.post('/leads', { name: 'C', custom_fields: wrong }),
    await acme.put(`/leads/${created.id}`, { custom_fields: wrong }),
  ]) {
    assert.deepEqual(answer.body.errors, {
      'custom_fields.f_number': ['The custom fields.f number field must be a number.'],
      'custom_fields.f_date': ['The custom fields.f date field must be a valid date.'],
      'custom_fields.f_select': ['The selected custom fields.f select is invalid.'],
      'custom_fields.f_multiselect': ['The custom fields.f multiselect field must be an array.'],
      'custom_fields.f_checkbox': ['The custom fields.f checkbox field must be true or false.'],
    })
  }
})

test('a required field is asked of new leads, and cannot be emptied', async () => {
  const acme = await app.newAccount()
  await acme.post('/custom-fields', { name: 'cpf', label: 'CPF', field_type: 'text', is_required: true })
  const refusal = { 'custom_fields.cpf': ['The custom fields.cpf field is required.'] }
  assert.deepEqual((await acme.post('/leads', { name: 'A' })).body.errors, refusal)
  const { lead } = (await acme.post('/leads', { name: 'A', custom_fields: { cpf: '1' } })).body
  assert.equal((await acme.put(`/leads/${lead.id}`, { name: 'B' })).status, 200)
  assert.deepEqual((await acme.put(`/leads/${lead.id}`, { custom_fields: { cpf: '' } })).body.errors, refusal)
})

test('a type, a name or an option that some lead uses does not change under it', async () => {
  const acme = await app.newAccount()
  const field = (
    await acme.post('/custom-fields', {
      name: 'usa',
      label: 'Usa',
      field_type: 'multiselect',
      options: ['a', 'b'],
    })
  ).body.custom_field
  const change = (body: object) => acme.put(`/custom-fields/${field.id}`, body)
  const { lead } = (await acme.post('/leads', { name: 'A', custom_fields: { usa: ['a'] } })).body
  for (const body of [{ field_type: 'text' }, { name: 'outro' }, { options: ['b', 'c'] }]) {
    const { status, body: answer } = await change(body)
    assert.deepEqual([status, answer.success], [422, false], JSON.stringify(body))
  }
  assert.equal((await change({ options: ['a', 'c'] })).status, 200, 'an unused option may go')
  await acme.put(`/leads/${lead.id}`, { custom_fields: { usa: null } })
  assert.equal((await change({ field_type: 'text', name: 'outro' })).status, 200)
})

test('a value written while the definition changes is never orphaned', async () => {
  const acme = await app.newAccount()
  for (let round = 0; round < 8; round++) {
    const name = `f${round}`
    const body = { name, label: 'F', field_type: 'select', options: ['a', 'b'] }
    const { id } = (await acme.post('/custom-fields', body)).body.custom_field
    const [changed, ...written] = await Promise.all([
      acme.put(`/custom-fields/${id}`, { options: ['b'] }),
      acme.post('/leads', { name: 'A', custom_fields: { [name]: 'a' } }),
      acme.post('/leads', { name: 'B', custom_fields: { [name]: 'a' } }),
    ])
    const isKept = written.some(({ status }) => status === 201)
    assert.equal(changed.status, isKept ? 422 : 200)
  }
})

test('custom fields are limited by the plan', async () => {
  const free = await app.newAccount({ plan: 'free' })
  const answers = await Promise.all(
    Array.from({ length: 12 }, (_, n) =>
      free.post('/custom-fields', { name: `f${n}`, label: 'F', field_type: 'text' }),
    ),
  )
  assert.equal(answers.filter(({ status }) => status === 201).length, 5)
  assert.deepEqual(answers.find(({ status }) => status === 422)!.body, {
    success: false,
    message: 'Limite de campos personalizados do plano atingido.',
    limit_reached: true,
  })
})
