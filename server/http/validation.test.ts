import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { Type } from 'typebox'
import { buildHttp } from '#http/server.ts'
import { route, tagged } from '#platform/route.ts'
import { Day, nullable, oneOf, ref, text } from '#platform/shapes.ts'
import { clientOf, httpOptions, startApp } from '../../test/harness.ts'

// A route that takes one field of every kind and answers what it understood.
const fields = {
  given_name: Type.Optional(text(10, { minLength: 2 })),
  full_age: Type.Optional(Type.Integer({ minimum: 18, maximum: 99 })),
  unit_price: Type.Optional(Type.Number({ minimum: 0.5, maximum: 9.5 })),
  is_active: Type.Optional(Type.Boolean()),
  work_email: Type.Optional(Type.String({ format: 'email' })),
  target_url: Type.Optional(Type.String({ format: 'uri' })),
  due_date: Type.Optional(Day),
  due_time: Type.Optional(Type.String({ format: 'time' })),
  starts_at: Type.Optional(Type.String({ format: 'date-time' })),
  kind: Type.Optional(oneOf(['call', 'visit'])),
  tag_list: Type.Optional(Type.Array(text(5), { minItems: 1, maxItems: 3 })),
  extra_data: Type.Optional(Type.Unsafe<Record<string, unknown>>({ type: 'object' })),
  items: Type.Optional(
    Type.Array(Type.Object({ unit_price: Type.Number({ minimum: 1 }), kind: oneOf(['a', 'b']) })),
  ),
  address: Type.Optional(Type.Object({ zip_code: text(8) })),
  stage_id: Type.Optional(ref('stages')),
  note: Type.Optional(nullable(text(10))),
}
const echo = {
  understood: Type.Unsafe<Record<string, unknown>>({ type: 'object', additionalProperties: true }),
}
const declared = {
  permission: 'leads:read',
  summary: 'Echo',
  answer: echo,
  example: { understood: {} },
} as const
const routes = tagged('Echo', [
  route('echo', 'POST /echo', { ...declared, body: Type.Object(fields) }, async ({ body }) => ({
    understood: body,
  })),
  route('echoQuery', 'GET /echo', { ...declared, query: Type.Object(fields) }, async ({ query }) => ({
    understood: query,
  })),
  route(
    'demand',
    'POST /demand',
    { ...declared, body: Type.Object({ first_name: text(5), tags: Type.Array(text(5)), due_date: Day }) },
    async ({ body }) => ({ understood: body }),
  ),
])

const app = await startApp()
const acme = await app.newAccount()
const globex = await app.newAccount()
const server = await buildHttp(app.database, routes, httpOptions)
const client = clientOf(await server.listen({ port: 0, host: '127.0.0.1' }), acme.key)
after(() => server.close())

async function refusal(body: object, path = '/echo') {
  const { status, body: answer } = await client.post(path, body)
  assert.deepEqual([status, Object.keys(answer)], [422, ['message', 'errors']], JSON.stringify(body))
  return answer as { message: string; errors: Record<string, string[]> }
}

test('every rule speaks in Laravel’s words', async () => {
  const { body } = await globex.get('/pipelines')
  const foreignStage = body.pipelines[0].stages[0].id
  const sentences: [string, unknown, string][] = [
    ['given_name', 5, 'The given name field must be a string.'],
    ['given_name', ['Ana'], 'The given name field must be a string.'],
    ['given_name', 'x'.repeat(11), 'The given name field must not be greater than 10 characters.'],
    ['given_name', 'x', 'The given name field must be at least 2 characters.'],
    ['given_name', null, 'The given name field is required.'],
    ['full_age', 'abc', 'The full age field must be an integer.'],
    ['full_age', 18.5, 'The full age field must be an integer.'],
    ['full_age', '18.0', 'The full age field must be an integer.'],
    ['full_age', true, 'The full age field must be an integer.'],
    ['full_age', 100, 'The full age field must not be greater than 99.'],
    ['full_age', '17', 'The full age field must be at least 18.'],
    ['unit_price', '1,5', 'The unit price field must be a number.'],
    ['unit_price', {}, 'The unit price field must be a number.'],
    ['unit_price', 9.51, 'The unit price field must not be greater than 9.5.'],
    ['unit_price', 0, 'The unit price field must be at least 0.5.'],
    ['is_active', 'yes', 'The is active field must be true or false.'],
    ['is_active', 'true', 'The is active field must be true or false.'],
    ['is_active', 2, 'The is active field must be true or false.'],
    ['work_email', 'ana', 'The work email field must be a valid email address.'],
    ['work_email', 'ana@', 'The work email field must be a valid email address.'],
    ['work_email', 'a na@x.com', 'The work email field must be a valid email address.'],
    ['target_url', 'example.com', 'The target url field must be a valid URL.'],
    ['target_url', 'javascript:alert(1)', 'The target url field must be a valid URL.'],
    ['due_date', '2026-02-30', 'The due date field must be a valid date.'],
    ['due_date', '30/06/2026', 'The due date field must be a valid date.'],
    ['due_date', 20260630, 'The due date field must be a string.'],
    ['due_time', '24:00', 'The due time field must match the format H:i.'],
    ['starts_at', 'tomorrow', 'The starts at field must be a valid date.'],
    ['kind', 'email', 'The selected kind is invalid.'],
    ['tag_list', 'vip', 'The tag list field must be an array.'],
    ['tag_list', { 0: 'vip' }, 'The tag list field must be an array.'],
    ['tag_list', ['a', 'b', 'c', 'd'], 'The tag list field must not have more than 3 items.'],
    ['tag_list', [], 'The tag list field must have at least 1 items.'],
    ['extra_data', [], 'The extra data field must be an array.'],
    ['stage_id', 0, 'The selected stage id is invalid.'],
    ['stage_id', 999_999, 'The selected stage id is invalid.'],
    ['stage_id', foreignStage, 'The selected stage id is invalid.'],
    ['stage_id', 'x', 'The stage id field must be an integer.'],
  ]
  for (const [field, value, message] of sentences) {
    const answer = await refusal({ [field]: value })
    assert.deepEqual(answer, { message, errors: { [field]: [message] } })
  }
})

test('required is told of what is absent, null, blank or an empty list', async () => {
  for (const empty of [
    {},
    { first_name: null, tags: null },
    { first_name: ' \t\n', tags: [] },
    { first_name: '' },
  ]) {
    const { message, errors } = await refusal({ ...empty, due_date: '2026-06-30' }, '/demand')
    assert.equal(message, 'The first name field is required. (and 1 more error)')
    assert.deepEqual(errors, {
      first_name: ['The first name field is required.'],
      tags: ['The tags field is required.'],
    })
  }
})

test('errors stand in the order of the declaration, those of array elements last, and are counted', async () => {
  const answer = await refusal({
    note: 'x'.repeat(11),
    items: [{ unit_price: 0, kind: 'c' }, 'x'],
    tag_list: [7, 'too long', ' '],
    address: {},
    given_name: 5,
  })
  assert.deepEqual(Object.entries(answer.errors), [
    ['given_name', ['The given name field must be a string.']],
    ['address.zip_code', ['The address.zip code field is required.']],
    ['note', ['The note field must not be greater than 10 characters.']],
    ['tag_list.0', ['The tag_list.0 field must be a string.']],
    ['tag_list.1', ['The tag_list.1 field must not be greater than 5 characters.']],
    ['tag_list.2', ['The tag_list.2 field is required.']],
    ['items.0.unit_price', ['The items.0.unit_price field must be at least 1.']],
    ['items.0.kind', ['The selected items.0.kind is invalid.']],
    ['items.1', ['The items.1 field must be an array.']],
  ])
  assert.equal(answer.message, 'The given name field must be a string. (and 8 more errors)')
})

test('what can be read is converted: trimmed text, "12", booleans, days and instants', async () => {
  const understood = async (body: object) => (await client.post('/echo', body)).body.understood
  assert.deepEqual(
    await understood({
      given_name: '  Ana ',
      full_age: '42',
      unit_price: ' 1.50 ',
      is_active: '0',
      work_email: ' ana@example.com ',
      due_date: '2026-06-30T23:59:59-03:00',
      due_time: '09:30',
      starts_at: '2026-06-30T10:00:00-03:00',
      tag_list: [' a '],
      note: '   ',
      unknown: 'left out',
    }),
    {
      given_name: 'Ana',
      full_age: 42,
      unit_price: 1.5,
      is_active: false,
      work_email: 'ana@example.com',
      due_date: '2026-06-30',
      due_time: '09:30',
      starts_at: '2026-06-30T13:00:00.000Z',
      tag_list: ['a'],
      note: null,
    },
  )
  for (const [given, read] of [
    [true, true],
    [1, true],
    ['1', true],
    [false, false],
    [0, false],
    ['0', false],
  ]) {
    assert.deepEqual(await understood({ is_active: given }), { is_active: read })
  }
  assert.deepEqual(await understood({}), {})
})

test('in a query true and false are words, lists are tags[], and a blank value asks for nothing', async () => {
  const understood = async (query: string) => {
    const { body } = await client.get(`/echo?${query}`)
    return body.understood
  }
  assert.deepEqual(await understood('is_active=true&tag_list[]=a&tag_list[]=b&full_age=42'), {
    is_active: true,
    tag_list: ['a', 'b'],
    full_age: 42,
  })
  assert.deepEqual(await understood('is_active=false&given_name=&full_age=%20&kind=&starts_at='), {
    is_active: false,
  })
  assert.equal((await client.get('/echo?is_active=yes')).status, 422)
  assert.equal((await client.get('/echo?given_name=a&given_name=b')).status, 422)
})
