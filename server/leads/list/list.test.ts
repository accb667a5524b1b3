import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createUser } from '#accounts/users/users.ts'
import { customFields } from '#fields/tables.ts'
import type { Lead } from '#leads/schema.ts'
import { pipelines, stages } from '#pipelines/tables.ts'
import { startApp } from '../../../test/harness.ts'

const app = await startApp()
const acme = await app.newAccount()
const account_id = acme.account.id
const everyone = await fillAccount()

/** 120 leads in two pipelines, with everything that a filter can ask for. */
async function fillAccount() {
  const { db } = app.database
  const [second] = await db
    .insert(pipelines)
    .values({ account_id, name: 'Pós-venda', position: 2 })
    .returning()
  await db
    .insert(stages)
    .values({ account_id, pipeline_id: second!.id, name: 'Entrada', color: '#000000', position: 1 })
  await db.insert(customFields).values([
    { account_id, name: 'porte', label: 'Porte', field_type: 'select', options: ['P', 'M', 'G'] },
    { account_id, name: 'usa', label: 'Usa', field_type: 'multiselect', options: ['a', 'b', 'c'] },
    { account_id, name: 'vidas', label: 'Vidas', field_type: 'number' },
  ])
  const people = await Promise.all(
    ['Ana', 'Bia'].map((name) => createUser(acme.scope, { name, email: `${name}@x.com`, role: 'manager' })),
  )
  const known = (await acme.get('/pipelines')).body.pipelines as { stages: { id: number }[] }[]
  const places = known.flatMap((pipeline) => pipeline.stages.map((stage) => stage.id))
  const names = ['João', 'Maria', 'José', 'Conceição', 'Zé']
  for (let n = 0; n < 120; n++) {
    const made = await acme.post('/leads', {
      name: `${names[n % 5]} ${n}`,
      email: n % 3 === 0 ? `pessoa.${n}@ex-ample.com` : null,
      phone: n % 2 === 0 ? `(11) 9${String(88_770_000 + n)}` : null,
      source: ['site', 'anúncio', null][n % 3],
      tags: [['vip'], ['vip', 'b2b'], [], ['frio']][n % 4],
      assigned_to: [people[0]!.id, people[1]!.id, null][n % 3],
      stage_id: places[n % places.length],
      custom_fields: { porte: ['P', 'M', 'G'][n % 3], usa: n % 2 ? ['a', 'b'] : ['c'], vidas: n % 7 },
    })
    assert.equal(made.status, 201)
  }
  // Created in the last hours of June and the first of July, as São Paulo (UTC-3) counts them.
  for (const [n, { id }] of (await page('sort=created_at&per_page=200')).data.entries())
    await app.database.pool.query(
      `update leads set created_at = '2026-06-30T12:00:00Z'::timestamptz + make_interval(mins => 15 * $3::int)
       where account_id = $1 and id = $2`,
      [account_id, id, n],
    )
  return (await page('per_page=200')).data
}

async function page(query: string) {
  const { status, body, headers } = await acme.get(`/leads?${query}`)
  assert.equal(status, 200, query)
  const data = body.data as (Omit<Lead, 'created_at' | 'updated_at'> & {
    created_at: string
    updated_at: string
  })[]
  return { data, meta: body.meta, headers }
}
type Shown = Awaited<ReturnType<typeof page>>['data'][number]
const ids = (leads: { id: number }[]) => leads.map((lead) => lead.id)

/** Every page by number, then every page by cursor: both must give each lead once, in the same order. */
async function everyPage(query: string, per_page: number) {
  const byNumber: number[] = []
  for (let number = 1, more = true; more; number++) {
    const { data, meta } = await page(`${query}&per_page=${per_page}&page=${number}`)
    byNumber.push(...ids(data))
    more = meta.has_more
  }
  const byCursor: number[] = []
  for (let cursor: string | null = ''; cursor !== null; ) {
    const { data, meta } = await page(`${query}&per_page=${per_page}&cursor=${cursor}`)
    byCursor.push(...ids(data))
    cursor = meta.next_cursor
  }
  return { byNumber, byCursor }
}

const day = (instant: string) => new Date(Date.parse(instant) - 3 * 3600_000).toISOString().slice(0, 10)
const example = everyone.find((lead) => lead.assigned_to && lead.source)!
const filters: [string, (lead: Shown) => boolean][] = [
  [`pipeline_id=${example.pipeline_id}`, (lead) => lead.pipeline_id === example.pipeline_id],
  [`stage_id=${example.stage_id}`, (lead) => lead.stage_id === example.stage_id],
  [`assigned_to=${example.assigned_to}`, (lead) => lead.assigned_to === example.assigned_to],
  ['source=site', (lead) => lead.source === 'site'],
  [`source=${encodeURIComponent('anúncio')}`, (lead) => lead.source === 'anúncio'],
  ['status=won', (lead) => lead.status === 'won'],
  ['status=open', (lead) => lead.status === 'open'],
  ['tags[]=vip', (lead) => lead.tags.includes('vip')],
  ['tags[]=b2b&tags[]=frio', (lead) => lead.tags.includes('b2b') || lead.tags.includes('frio')],
  ['tags[]=nada', () => false],
  ['q=joao', (lead) => lead.name.startsWith('João')],
  ['q=CONCEICAO', (lead) => lead.name.startsWith('Conceição')],
  ['q=ex-ample', (lead) => lead.email !== null],
  ['q=8877', (lead) => lead.phone !== null],
  ['q=(11)%2098877', (lead) => lead.phone !== null],
  ['q=maria%208877', (lead) => lead.name.startsWith('Maria') && lead.phone !== null],
  ['q=%25', () => false],
  ['updated_since=2020-01-01', () => true],
  ['updated_since=2100-01-01T00:00:00Z', () => false],
  ['created_from=2026-07-01', (lead) => day(lead.created_at) >= '2026-07-01'],
  ['created_to=2026-06-30', (lead) => day(lead.created_at) <= '2026-06-30'],
  ['created_from=2026-06-30T20:00:00Z', (lead) => Date.parse(lead.created_at) >= Date.UTC(2026, 5, 30, 20)],
  ['created_to=2026-06-30T20:00:00Z', (lead) => Date.parse(lead.created_at) <= Date.UTC(2026, 5, 30, 20)],
  ['custom_fields[porte]=M', (lead) => custom(lead, 'porte') === 'M'],
  ['custom_fields[usa]=a', (lead) => (custom(lead, 'usa') as string[]).includes('a')],
  ['custom_fields[vidas]=3', (lead) => custom(lead, 'vidas') === 3],
  ['custom_fields[porte]=P&custom_fields[vidas]=', (lead) => custom(lead, 'porte') === 'P'],
]
const custom = (lead: Shown, name: string) => (lead.custom_fields as Record<string, unknown>)[name]

test('every filter alone finds exactly what looking at each lead finds, and counts it exactly', async () => {
  for (const [query, fits] of filters) {
    const { data, meta } = await page(`${query}&per_page=200`)
    const expected = everyone.filter(fits)
    assert.deepEqual(ids(data), ids(expected), query)
    assert.equal(meta.total, expected.length, query)
  }
  const matched = filters.filter(([, fits]) => everyone.some(fits) && !everyone.every(fits))
  assert.equal(matched.length, filters.length - 4, 'the data tells the filters apart')
})

test('filters combine with "and", totals exact', async () => {
  for (let seed = 0; seed < 60; seed++) {
    const chosen = new Map(
      [seed * 7, seed * 11 + 3, seed * 5 + 13]
        .map((n) => filters[n % filters.length]!)
        .map((each) => [each[0].split(/[=[]/, 1)[0], each]),
    )
    const query = [...chosen.values()].map(([text]) => text).join('&')
    const expected = everyone.filter((lead) => [...chosen.values()].every(([, fits]) => fits(lead)))
    const { data, meta } = await page(`${query}&per_page=10`)
    assert.deepEqual(ids(data), ids(expected.slice(0, 10)), query)
    assert.equal(meta.total, expected.length, query)
    const past = await page(`${query}&page=99`)
    assert.deepEqual([past.data, past.meta.total], [[], expected.length], query)
  }
})

test('both paginations return every lead exactly once, in every order and with filters', async () => {
  const queries = [
    '',
    'sort=created_at',
    'sort=-updated_at',
    'sort=updated_at',
    'q=joao',
    'tags[]=vip&sort=updated_at',
    'updated_since=2020-01-01&sort=-created_at',
  ]
  for (const query of queries) {
    for (const per_page of [7, 50]) {
      const { byNumber, byCursor } = await everyPage(query, per_page)
      const { data, meta } = await page(`${query}&per_page=200`)
      assert.deepEqual(byNumber, ids(data), query)
      assert.deepEqual(byCursor, ids(data), query)
      assert.equal(new Set(byNumber).size, meta.total, query)
    }
  }
})

test('sort orders by creation or change, ties by id', async () => {
  const sorted = (leads: Shown[]) =>
    leads.toSorted((a, b) => a.updated_at.localeCompare(b.updated_at) || a.id - b.id)
  const { data: newest } = await page('per_page=200')
  assert.deepEqual(
    ids(newest),
    ids(newest).toSorted((a, b) => b - a),
  )
  assert.deepEqual(ids((await page('sort=created_at&per_page=200')).data), ids(newest).toReversed())
  assert.deepEqual(ids((await page('sort=updated_at&per_page=200')).data), ids(sorted(newest)))
  assert.deepEqual(ids((await page('sort=-updated_at&per_page=200')).data), ids(sorted(newest)).toReversed())
  const { status, body } = await acme.get('/leads?sort=name')
  assert.deepEqual([status, body.message], [422, 'The selected sort is invalid.'])
})

test('Link leads to the first, previous, next and last page, with the filters kept', async () => {
  const links = async (query: string) => {
    const { headers } = await page(query)
    return Object.fromEntries(
      headers
        .get('link')!
        .split(', ')
        .map((link) => {
          const [, address, rel] = /^<\/api\/v1\/leads\?(.*)>; rel="(\w+)"$/.exec(link)!
          return [rel, Object.fromEntries(new URLSearchParams(address))]
        }),
    )
  }
  const kept = { 'tags[]': 'vip', per_page: '20' }
  assert.deepEqual(await links('tags[]=vip&per_page=20&page=2'), {
    first: { ...kept, page: '1' },
    prev: { ...kept, page: '1' },
    next: { ...kept, page: '3' },
    last: { ...kept, page: '3' },
  })
  assert.deepEqual(Object.keys(await links('per_page=200')), ['first', 'last'])
  assert.deepEqual((await links('per_page=50&page=99')).prev, { per_page: '50', page: '3' })
  const start = await page('cursor=&per_page=20')
  assert.deepEqual(await links('cursor=&per_page=20'), {
    first: { cursor: '', per_page: '20' },
    next: { cursor: start.meta.next_cursor, per_page: '20' },
  })
})

test('a page past the end is empty; a list of nobody has one page', async () => {
  const { data, meta } = await page('page=99')
  assert.deepEqual(data, [])
  assert.deepEqual(meta, { total: 120, per_page: 50, current_page: 99, last_page: 3, has_more: false })
  const nobody = { total: 0, per_page: 50, current_page: 1, last_page: 1, has_more: false }
  assert.deepEqual((await page('tags[]=nada')).meta, nobody)
  assert.deepEqual((await page('tags[]=nada&cursor=')).meta, { ...nobody, next_cursor: null })
})

test('a cursor that is not ours is refused in words', async () => {
  const { meta } = await page('cursor=&per_page=10')
  const forged = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const others = [
    'x',
    '%',
    meta.next_cursor.slice(3),
    forged(null),
    forged([]),
    forged({}),
    forged({ id: 1 }),
  ]
  const whole = JSON.parse(Buffer.from(meta.next_cursor, 'base64url').toString())
  for (const change of [
    { id: 'x' },
    { sort: '__proto__' },
    { since: "'" },
    { total: null },
    { page: 1.5 },
    { sort: 'updated_at' },
  ]) {
    others.push(forged({ ...whole, ...change }))
  }
  for (const cursor of others) {
    const { status, body } = await acme.get(`/leads?cursor=${encodeURIComponent(cursor)}`)
    assert.deepEqual([status, body.message], [422, 'The selected cursor is invalid.'], cursor)
  }
})

test('a filter that cannot be read is refused in words', async () => {
  const refused: [string, string, string][] = [
    ['stage_id=x', 'stage_id', 'The stage id field must be an integer.'],
    ['status=novo', 'status', 'The selected status is invalid.'],
    ['tags=vip', 'tags', 'The tags field must be an array.'],
    ['updated_since=ontem', 'updated_since', 'The updated since field must be a valid date.'],
    ['created_to=31/12/2026', 'created_to', 'The created to field must be a valid date.'],
    ['custom_fields[vidas]=muitas', 'custom_fields.vidas', 'The custom fields.vidas field must be a number.'],
    ['custom_fields[porte]=X', 'custom_fields.porte', 'The selected custom fields.porte is invalid.'],
    ['custom_fields[outro]=1', 'custom_fields.outro', 'The selected custom fields.outro is invalid.'],
  ]
  for (const [query, field, message] of refused) {
    const { status, body } = await acme.get(`/leads?${query}`)
    assert.deepEqual([status, body], [422, { message, errors: { [field]: [message] } }], query)
  }
})

test('a relation is shown to who may see it, with no more queries for more leads', async (t) => {
  const { data } = await page('include=owner,custom_fields_full,owner&per_page=200')
  const shown = data as (Shown & {
    owner: { id: number } | null
    custom_fields_full: { name: string; value: unknown }[]
  })[]
  for (const lead of shown) {
    assert.equal(lead.owner?.id ?? null, lead.assigned_to)
    const values = lead.custom_fields_full.map(({ name, value }) => [name, value])
    assert.deepEqual(Object.fromEntries(values), lead.custom_fields)
  }
  const blind = await app.newAccount({ scopes: ['leads:read', 'leads:write'] })
  const { body } = await blind.post('/leads', { name: 'Ana' })
  const seen = await blind.get(`/leads/${body.lead.id}?include=owner,events,custom_fields_full`)
  const keys = Object.keys(seen.body.lead)
  assert.deepEqual(
    [seen.status, keys.includes('owner'), keys.includes('custom_fields_full'), keys.includes('events')],
    [200, false, false, true],
  )
  const query = t.mock.method(app.database.pool, 'query')
  const cost = async (per_page: number) => {
    query.mock.resetCalls()
    await page(`include=owner,events,custom_fields_full&per_page=${per_page}`)
    // The watermark is shared for half a second, so it is asked for now and then.
    return query.mock.calls.filter((call) => !JSON.stringify(call.arguments).includes('pg_stat_activity'))
      .length
  }
  assert.equal(await cost(100), await cost(3))
})
