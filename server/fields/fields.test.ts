import assert from 'node:assert/strict'
import { test } from 'node:test'
import { customFields } from '#fields/tables.ts'
import { startApp } from '../../test/harness.ts'

const app = await startApp()
const acme = await app.newAccount()
const account_id = acme.account.id
await app.database.db.insert(customFields).values([
  {
    account_id,
    name: 'porte',
    label: 'Porte',
    field_type: 'select',
    options: ['1-10', '100+', '7'],
    sort_order: 2,
  },
  {
    account_id,
    name: 'interesses',
    label: 'Interesses',
    field_type: 'multiselect',
    options: ['a', 'b'],
    sort_order: 1,
  },
  { account_id, name: 'observacao', label: 'Observação', field_type: 'text', sort_order: 3 },
  { account_id, name: 'vidas', label: 'Vidas', field_type: 'number', sort_order: 4 },
  { account_id, name: 'receita_mensal', label: 'Receita', field_type: 'currency', sort_order: 5 },
  { account_id, name: 'inicio', label: 'Início', field_type: 'date', sort_order: 6 },
  { account_id, name: 'optante', label: 'Optante', field_type: 'checkbox', sort_order: 7 },
  { account_id, name: 'antigo', label: 'Antigo', field_type: 'text', is_active: false, sort_order: 8 },
])

const create = (custom_fields: unknown) => acme.post('/leads', { name: 'Ana', custom_fields })
const valuesOf = async (custom_fields: unknown) => (await create(custom_fields)).body.lead.custom_fields

test('fields are listed in their order, switched-off ones only when asked for', async () => {
  const names = async (query: string) =>
    (await acme.get(`/custom-fields${query}`)).body.data.map((field: { name: string }) => field.name)
  const active = ['interesses', 'porte', 'observacao', 'vidas', 'receita_mensal', 'inicio', 'optante']
  assert.deepEqual(await names(''), [...active, 'antigo'])
  assert.deepEqual(await names('?active_only=false'), [...active, 'antigo'])
  for (const yes of ['true', '1']) assert.deepEqual(await names(`?active_only=${yes}`), active)
  const { body } = await acme.get('/custom-fields')
  const keys = [
    'id',
    'name',
    'label',
    'field_type',
    'options',
    'is_required',
    'is_active',
    'show_on_card',
    'sort_order',
  ]
  assert.deepEqual(Object.keys(body.data[0]), keys)
})

test('values are converted by type; keys that are no field, or no longer one, are left out', async () => {
  assert.deepEqual(
    await valuesOf({
      porte: ' 100+ ',
      interesses: ['b', 'a', 'b'],
      observacao: ' oi ',
      vidas: '12.5',
      receita_mensal: '1234.567',
      inicio: '2026-06-30T10:00:00Z',
      optante: '1',
      antigo: 'x',
      nunca: 'y',
      toString: 'z',
    }),
    {
      porte: '100+',
      interesses: ['b', 'a'],
      observacao: 'oi',
      vidas: 12.5,
      receita_mensal: 1234.57,
      inicio: '2026-06-30',
      optante: true,
    },
  )
  assert.deepEqual(await valuesOf({ porte: 7, observacao: 42, optante: 0, vidas: -1e3, interesses: [] }), {
    porte: '7',
    interesses: [],
    observacao: '42',
    vidas: -1000,
    optante: false,
  })
  assert.deepEqual(await valuesOf({ observacao: '', vidas: null, porte: '  ' }), {})
})

test('what cannot be converted, and an option that does not exist, is refused on its own path', async () => {
  const refused: [string, unknown, string][] = [
    ['porte', '11-50', 'The selected custom fields.porte is invalid.'],
    ['porte', ['100+'], 'The selected custom fields.porte is invalid.'],
    ['interesses', 'a', 'The custom fields.interesses field must be an array.'],
    ['interesses', ['a', 'c'], 'The selected custom fields.interesses is invalid.'],
    ['observacao', { a: 1 }, 'The custom fields.observacao field must be a string.'],
    ['observacao', 'a\0b', 'The custom fields.observacao field must be a string.'],
    [
      'observacao',
      'x'.repeat(10_001),
      'The custom fields.observacao field must not be greater than 10000 characters.',
    ],
    ['vidas', 'doze', 'The custom fields.vidas field must be a number.'],
    ['vidas', true, 'The custom fields.vidas field must be a number.'],
    ['receita_mensal', '1.234,56', 'The custom fields.receita mensal field must be a number.'],
    ['inicio', '30/06/2026', 'The custom fields.inicio field must be a valid date.'],
    ['optante', 'sim', 'The custom fields.optante field must be true or false.'],
  ]
  for (const [name, value, message] of refused) {
    const { status, body } = await create({ [name]: value })
    assert.deepEqual([status, body], [422, { message, errors: { [`custom_fields.${name}`]: [message] } }])
  }
  const { body } = await create({ vidas: 'x', interesses: 'a', observacao: 'bom' })
  assert.deepEqual(Object.keys(body.errors), ['custom_fields.interesses', 'custom_fields.vidas'])
  assert.match(body.message, /^The custom fields\.interesses field must be an array\. \(and 1 more error\)$/)
  for (const whole of ['x', 1, []]) {
    assert.equal((await create(whole)).body.message, 'The custom fields field must be an array.')
  }
})

test('money beyond what is kept is refused, never turned into nothing', async () => {
  for (const value of [1e13, -1e300, '1e308']) {
    const { status, body } = await create({ receita_mensal: value })
    assert.deepEqual([status, Object.keys(body.errors)], [422, ['custom_fields.receita_mensal']])
  }
  for (const value of [0.1, 999_999_999_999.99, -5]) {
    assert.deepEqual(await valuesOf({ receita_mensal: value }), { receita_mensal: value })
  }
})

test('an update touches the fields that it names; null clears one, and a filter finds them', async () => {
  const { lead } = (await create({ porte: '100+', vidas: 3 })).body
  const put = async (custom_fields: unknown) =>
    (await acme.put(`/leads/${lead.id}`, { custom_fields })).body.lead.custom_fields
  assert.deepEqual(await put({ observacao: 'oi' }), { porte: '100+', vidas: 3, observacao: 'oi' })
  assert.deepEqual(await put({ vidas: null }), { porte: '100+', observacao: 'oi' })
  assert.deepEqual(await put(null), { porte: '100+', observacao: 'oi' })
  assert.deepEqual(await put({}), { porte: '100+', observacao: 'oi' })
  const found = await acme.get('/leads?custom_fields[observacao]=oi&custom_fields[porte]=100%2B')
  assert.ok(found.body.data.some((each: { id: number }) => each.id === lead.id))
})
