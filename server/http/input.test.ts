import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startApp } from '../../test/harness.ts'

const app = await startApp()
const acme = await app.newAccount()
const { lead } = (await acme.post('/leads', { name: 'Ana' })).body
// What a JSON writer makes of half an emoji, and what no PostgreSQL text can hold.
const halfPair = '\ud83d'
const unstorable = [`a\0b`, `a${halfPair}b`]

test('a body without an object has no fields', async () => {
  for (const text of ['', ' ', '[]', '[{"name":"Ana"}]', '"Ana"', '42', 'null', 'true', '{}']) {
    const { status, body } = await acme.post('/leads', text)
    assert.equal(status, 422, text)
    assert.deepEqual(body.errors, { name: ['The name field is required.'] }, text)
  }
  const bare = await fetch(`${app.url}/api/v1/leads`, { method: 'POST', headers: { 'x-api-key': acme.key } })
  assert.equal(bare.status, 422)
})

test('keys that reach into prototypes are left out', async () => {
  const body = `{"name":"Ana","__proto__":{"email":"x","isAdmin":true},"constructor":{"prototype":{"name":1}},
    "custom_fields":{"__proto__":{"a":1}},"hasOwnProperty":1}`
  const answer = await acme.post('/leads', body)
  assert.deepEqual([answer.status, answer.body.lead.email, answer.body.lead.custom_fields], [201, null, {}])
  assert.equal(({} as Record<string, unknown>).isAdmin, undefined)
  for (const query of [
    '__proto__[page]=2',
    'constructor[prototype][page]=2',
    'custom_fields[__proto__]=1',
    'toString=1',
  ]) {
    assert.equal((await acme.get(`/leads?${query}`)).status, 200, query)
  }
})

test('text that no database can keep is refused in every place, never a 500', async () => {
  const places = [
    'name',
    'phone',
    'email',
    'company',
    'birthday',
    'source',
    'notes',
    'utm_source',
    'utm_medium',
  ]
  for (const bad of unstorable) {
    for (const place of [...places, 'utm_campaign', 'utm_term', 'utm_content']) {
      const { status, body } = await acme.post('/leads', { name: 'Ana', [place]: bad })
      assert.equal(status, 422, place)
      assert.deepEqual(Object.keys(body.errors), [place])
    }
    const tagged = await acme.post('/leads', { name: 'Ana', tags: ['ok', bad] })
    assert.deepEqual(tagged.body.errors, { 'tags.1': ['The tags.1 field must be a string.'] })
    const kept = await acme.post('/leads', { name: 'Ana', custom_fields: { [bad]: bad }, [bad]: bad })
    assert.equal(kept.status, 201)
  }
  for (const field of [
    'source',
    'status',
    'q',
    'tags[]',
    'updated_since',
    'created_from',
    'created_to',
    'sort',
    'cursor',
  ]) {
    assert.equal((await acme.get(`/leads?${field}=a%00b`)).status, 422, field)
  }
  for (const query of [
    'source=%ED%A0%BD',
    'q=%ff%fe',
    'custom_fields[a%00b]=1',
    'page=%00',
    '%00=1',
    'a[b[c=1',
    '&&=&',
  ]) {
    assert.ok((await acme.get(`/leads?${query}`)).status < 500, query)
  }
})

test('very long and very large input is refused in words', async () => {
  const tooLong = { name: 255, phone: 255, company: 255, source: 255, notes: 65_535, utm_source: 255 }
  for (const [field, most] of Object.entries(tooLong)) {
    const at = await acme.post('/leads', { name: 'Ana', [field]: 'é'.repeat(most) })
    assert.equal(at.status, 201, field)
    const { body } = await acme.post('/leads', { name: 'Ana', [field]: '😀'.repeat(most + 1) })
    const message = `The ${field.replace('_', ' ')} field must not be greater than ${most} characters.`
    assert.deepEqual(body.errors, { [field]: [message] })
  }
  for (const value of [1e12, 1e300, '1e99', 999_999_999_999.995]) {
    const { status, body } = await acme.post('/leads', { name: 'Ana', value })
    assert.equal(status, 422)
    assert.equal(body.message, 'The value field must not be greater than 999999999999.99.', String(value))
  }
  const { body } = await acme.post('/leads', { name: 'Ana', value: 999_999_999_999.99 })
  assert.equal(body.lead.value, 999_999_999_999.99)
  for (const id of [0, -1, 1.5, 'abc', 1e20, true, {}, [1], '99999999999999999999']) {
    const { status, body } = await acme.put(`/leads/${lead.id}/stage`, { stage_id: id })
    assert.equal(status, 422, String(id))
    assert.deepEqual(Object.keys(body.errors), ['stage_id'])
  }
  assert.equal((await acme.get(`/leads?q=${'x'.repeat(256)}`)).status, 422)
  assert.equal((await acme.get('/leads?stage_id=99999999999999999999')).status, 422)
})

test('a nonsense page is page 1, a nonsense length 50; no page is too far', async () => {
  const meta = async (query: string) => (await acme.get(`/leads?${query}`)).body.meta
  for (const page of ['abc', '0', '-1', '1.5', '', '%00', '1e3', '9'.repeat(400)]) {
    assert.equal((await meta(`page=${page}`)).current_page, 1, page)
  }
  assert.equal((await meta('page[]=2')).current_page, 1)
  for (const length of ['abc', '0', '-1', '2.5', ''])
    assert.equal((await meta(`per_page=${length}`)).per_page, 50)
  assert.equal((await meta('per_page=500')).per_page, 200)
  for (const page of ['999999', '9007199254740993', '99999999999999999999']) {
    const { status, body } = await acme.get(`/leads?page=${page}`)
    assert.deepEqual([status, body.data, body.meta.has_more], [200, [], false], page)
  }
})

test('blank filters ask for nothing', async () => {
  const all = (await acme.get('/leads')).body.meta
  const blanks = 'q=&status=&source=%20&stage_id=&assigned_to=&updated_since=&created_from=&sort=&include='
  const { status, body } = await acme.get(`/leads?${blanks}&page=&per_page=`)
  assert.deepEqual([status, body.meta], [200, all])
})

test('instants at the ends of time are answered', async () => {
  for (const at of ['0001-01-01', '9999-12-31', '0001-01-01T00:00:00Z', '9999-12-31T23:59:59.999Z']) {
    for (const field of ['updated_since', 'created_from', 'created_to']) {
      assert.equal((await acme.get(`/leads?${field}=${at}`)).status, 200, `${field} ${at}`)
    }
  }
  for (const at of [
    '0001-01-01T00:00:00%2B14:00',
    '9999-12-31T23:59:59-14:00',
    '0000-01-01',
    '2026-02-30',
    '10000-01-01',
  ]) {
    const { status, body } = await acme.get(`/leads?updated_since=${at}`)
    assert.equal(status, 422, at)
    assert.equal(body.message, 'The updated since field must be a valid date.')
  }
})

test('a body nested beyond reason is 400 wherever it is looked at, also beside an Idempotency-Key', async () => {
  for (const depth of [100, 5_000, 100_000]) {
    const deep = `{"name":"Ana","custom_fields":{"a":${'['.repeat(depth)}${']'.repeat(depth)}}}`
    for (const headers of [{}, { 'idempotency-key': `deep-${depth}` }] as Record<string, string>[]) {
      const { status, body } = await acme.post('/leads', deep, headers)
      assert.deepEqual([status, body.success], [400, false], String(depth))
    }
  }
  const reasonable = `{"name":"Ana","custom_fields":{"a":${'['.repeat(40)}${']'.repeat(40)}}}`
  assert.equal((await acme.post('/leads', reasonable)).status, 201)
})
