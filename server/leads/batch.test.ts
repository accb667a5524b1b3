import assert from 'node:assert/strict'
import { test } from 'node:test'
import pg from 'pg'
import { changeAccount } from '#accounts/accounts.ts'
import { startApp } from '../../test/harness.ts'

const app = await startApp()
type Account = Awaited<ReturnType<typeof app.newAccount>>
type Result = { status: number; created?: boolean; lead: { id: number } & Record<string, unknown> }

const many = (count: number, make: (n: number) => object) => Array.from({ length: count }, (_, n) => make(n))
const phone = (n: number) => `+55119${80_000_000 + n}`
async function send(account: Account, mode: string, leads: unknown[]): Promise<Result[]> {
  const { status, body } = await account.post('/leads/batch', { mode, leads })
  assert.equal(status, 200, JSON.stringify(body))
  assert.equal(body.results.length, leads.length)
  return body.results
}
const statuses = (results: Result[]) => results.map(({ status }) => status)
const stagesOf = async (account: Account) => (await account.get('/pipelines')).body.pipelines[0].stages
const totalOf = async (account: Account) => (await account.get('/leads')).body.meta.total
const eventTypes = async (account: Account, id: number) =>
  (await account.get(`/leads/${id}/events`)).body.data.map(({ type }: { type: string }) => type).reverse()

test('each lead is answered as the single call answers it, and none harms another', async () => {
  const acme = await app.newAccount()
  const other = await app.newAccount()
  const stranger = (await other.post('/leads', { name: 'Alheio' })).body.lead
  const wrong = [
    {},
    { name: 'x'.repeat(300), email: 'nope' },
    { name: 'Ana', stage_id: stranger.stage_id, tags: ['x'.repeat(51)] },
    { name: 'Ana', assigned_to: 999_999 },
    'not a lead',
    null,
    7,
  ]
  for (const mode of ['create', 'upsert']) {
    const path = mode === 'create' ? '/leads' : '/leads/upsert'
    const leads = wrong.flatMap((lead) => [{ name: 'Bia' }, lead])
    const results = await send(acme, mode, leads)
    for (const [n, lead] of wrong.entries()) {
      assert.equal(results[2 * n]!.status, 201)
      const alone = await acme.post(path, typeof lead === 'object' && lead ? lead : {})
      assert.deepEqual(results[2 * n + 1], { status: alone.status, ...alone.body })
    }
  }
  assert.equal(await totalOf(acme), 2 * wrong.length)
})

test('a created lead is the one that the single call makes, with its tasks, its outcome and its timeline', async () => {
  const acme = await app.newAccount()
  const stages = await stagesOf(acme)
  const won = stages.find((stage: { is_won: boolean }) => stage.is_won)
  await acme.post(`/stages/${stages[1].id}/required-tasks`, {
    subject: 'Ligar para {{lead_name}}',
    type: 'call',
  })
  const given = [
    { name: 'Ana', phone: '(11) 98888-7766', email: 'Ana@x.com', value: 10.005, tags: ['vip', 'vip'] },
    { name: 'Bia', stage_id: stages[1].id },
    { name: 'Caio', stage_id: won.id, value: 500 },
  ]
  const results = await send(acme, 'create', given)
  const fresh = { ...given[0], phone: '11 97777-6655', email: 'b@x.com' }
  const alone = (await acme.post('/leads', fresh)).body.lead
  assert.deepEqual(Object.keys(results[0]!.lead), Object.keys(alone))
  for (const { status, lead } of results) {
    assert.equal(status, 201)
    assert.deepEqual((await acme.get(`/leads/${lead.id}`)).body.lead, lead)
  }
  assert.deepEqual(results[0]!.lead.tags, ['vip'])
  const tasks = (await acme.get(`/tasks?lead_id=${results[1]!.lead.id}`)).body.data
  assert.deepEqual(
    tasks.map(({ subject }: { subject: string }) => subject),
    ['Ligar para Bia'],
  )
  assert.deepEqual(await eventTypes(acme, results[1]!.lead.id), ['lead.created', 'task.created'])
  assert.deepEqual(await eventTypes(acme, results[2]!.lead.id), ['lead.created', 'lead.won'])
})

test('custom fields are read, refused and required as in the single call', async () => {
  const acme = await app.newAccount()
  await acme.post('/custom-fields', {
    name: 'porte',
    label: 'Porte',
    field_type: 'number',
    is_required: true,
  })
  const results = await send(acme, 'create', [
    { name: 'Ana' },
    { name: 'Bia', custom_fields: { porte: '7' } },
    { name: 'Caio', custom_fields: { porte: 'muito' } },
  ])
  assert.deepEqual(statuses(results), [422, 201, 422])
  assert.deepEqual(results[1]!.lead.custom_fields, { porte: 7 })
  const alone = await acme.post('/leads', { name: 'Ana' })
  assert.deepEqual(results[0], { status: 422, ...alone.body })
})

test('the first that fit the plan pass, in order, and the rest are told why', async () => {
  for (const mode of ['create', 'upsert']) {
    const acme = await app.newAccount()
    await changeAccount(acme.scope, { limits: { leads: 4 } })
    await acme.post('/leads', { name: 'Já está', phone: phone(0) })
    const leads = many(6, (n) => (n === 2 ? {} : { name: `Lead ${n}`, phone: phone(n) }))
    const results = await send(acme, mode, leads)
    const expected = mode === 'create' ? [201, 201, 422, 201, 422, 422] : [200, 201, 422, 201, 201, 422]
    assert.deepEqual(statuses(results), expected)
    assert.deepEqual(results[5], {
      status: 422,
      success: false,
      message: 'Limite de leads do plano atingido.',
      limit_reached: true,
    })
    assert.equal(await totalOf(acme), 4)
  }
})

test('parallel batches never pass the plan’s limit, not by one', async () => {
  const acme = await app.newAccount()
  await changeAccount(acme.scope, { limits: { leads: 25 } })
  const batches = await Promise.all(
    many(6, (n) => many(10, (m) => ({ name: `Lead ${n}`, phone: phone(100 * n + m) }))).map((leads) =>
      send(acme, 'upsert', leads as object[]),
    ),
  )
  assert.equal(batches.flat().filter(({ status }) => status === 201).length, 25)
  assert.equal(await totalOf(acme), 25)
})

test('who comes twice in one batch is one lead, with everything that was said of them, in order', async () => {
  const acme = await app.newAccount()
  const stages = await stagesOf(acme)
  const results = await send(acme, 'upsert', [
    { name: 'Ana', phone: '+55 11 98888-7766', company: 'A' },
    { name: 'Bia', email: 'bia@x.com' },
    { phone: '11 8888-7766', email: 'ana@x.com', tags: ['vip'] },
    { email: 'ANA@x.com', company: 'B', stage_id: stages[1].id },
    { email: 'ANA@x.com', stage_id: stages[2].id },
    { name: 'Caio' },
    { name: 'Caio' },
  ])
  assert.deepEqual(statuses(results), [201, 201, 200, 200, 200, 201, 201])
  const [ana, , again, third, last] = results.map(({ lead }) => lead)
  assert.equal(new Set([ana!.id, again!.id, third!.id, last!.id]).size, 1)
  assert.deepEqual([ana!.company, again!.company, third!.company], ['A', 'A', 'B'])
  const now = (await acme.get(`/leads/${ana!.id}`)).body.lead
  assert.deepEqual(
    [now.company, now.tags, now.stage_id, now.email],
    ['B', ['vip'], stages[2].id, 'ANA@x.com'],
  )
  const types = await eventTypes(acme, ana!.id)
  assert.deepEqual(
    types.filter((type: string) => type !== 'lead.tagged'),
    ['lead.created', 'lead.updated', 'lead.updated', 'lead.stage_changed', 'lead.stage_changed'],
  )
  const created = await send(acme, 'create', [{ name: 'Ana', phone: '11 98888-7766' }])
  assert.notEqual(created[0]!.lead.id, ana!.id)
})

test('a phone that one lead gives up in the batch is free for the next', async () => {
  const acme = await app.newAccount()
  await acme.post('/leads', { name: 'Ana', phone: phone(1), email: 'ana@x.com' })
  const results = await send(acme, 'upsert', [
    { email: 'ana@x.com', phone: phone(2) },
    { name: 'Bia', phone: phone(1) },
    { phone: phone(2), company: 'da Ana' },
  ])
  assert.deepEqual(statuses(results), [200, 201, 200])
  assert.equal(results[2]!.lead.id, results[0]!.lead.id)
})

test('a lead that is held back keeps everything as it was; the others move', async () => {
  const acme = await app.newAccount()
  const stages = await stagesOf(acme)
  const [ana, bia] = (
    await send(acme, 'create', [
      { name: 'Ana', phone: phone(1), stage_id: stages[1].id },
      { name: 'Bia', phone: phone(2), stage_id: stages[2].id },
    ])
  ).map(({ lead }) => lead)
  await acme.post(`/stages/${stages[1].id}/required-tasks`, { subject: 'Ligar', type: 'call' })
  const wish = { phone: phone(1), company: 'Nova', stage_id: stages[3].id }
  const results = await send(acme, 'upsert', [
    wish,
    { phone: phone(2), company: 'Nova', stage_id: stages[1].id },
  ])
  assert.deepEqual(statuses(results), [422, 200])
  const alone = await acme.post('/leads/upsert', wish)
  assert.deepEqual(results[0], { status: 422, ...alone.body })
  assert.equal((await acme.get(`/leads/${ana!.id}`)).body.lead.company, null)
  const moved = (await acme.get(`/leads/${bia!.id}`)).body.lead
  assert.deepEqual([moved.company, moved.stage_id], ['Nova', stages[1].id])
})

test('a hundred leads ask the database as often as five', async () => {
  const acme = await app.newAccount()
  const stages = await stagesOf(acme)
  await acme.post(`/stages/${stages[1].id}/required-tasks`, { subject: 'Ligar', type: 'call' })
  const lead = (n: number, company: string) => ({
    name: `L ${n}`,
    phone: phone(n),
    email: `l${n}@x.com`,
    company,
  })
  const rounds: Record<string, (count: number, from: number) => [string, object[]]> = {
    create: (count, from) => ['create', many(count, (n) => lead(from + n, `C${n}`))],
    'create into a stage with demands': (count, from) => [
      'create',
      many(count, (n) => ({ ...lead(from + n, `C${n}`), stage_id: stages[1].id })),
    ],
    'upsert of new ones': (count, from) => ['upsert', many(count, (n) => lead(from + n, `C${n}`))],
    'upsert of known ones': (count) => ['upsert', many(count, (n) => lead(n, `D${count}`))],
    'moves to two stages': (count) => [
      'upsert',
      many(count, (n) => ({ phone: phone(n), stage_id: stages[n % 2 ? 3 : count > 5 ? 4 : 2].id })),
    ],
    'one person all the time': (count) => ['upsert', many(count, (n) => lead(0, `E${count} ${n}`))],
  }
  await send(acme, 'create', many(100, (n) => lead(n, 'A')) as object[])
  let from = 1000
  for (const [what, round] of Object.entries(rounds)) {
    const asked: number[] = []
    for (const count of [5, 100]) {
      from += 1000
      const [mode, leads] = round(count, from)
      const statements = await statementsOf(async () => {
        const results = await send(acme, mode, leads)
        assert.ok(
          results.every(({ status }) => status < 300),
          JSON.stringify(results[0]),
        )
      })
      asked.push(statements.length)
    }
    console.log(`${what}: ${asked.join(' and ')} statements for 5 and 100`)
    assert.equal(asked[1], asked[0], what)
  }
})

test('sent again under its Idempotency-Key, a batch is answered again and done once', async () => {
  const acme = await app.newAccount()
  const batch = { mode: 'create', leads: [{ name: 'Ana' }, {}] }
  const key = { 'idempotency-key': 'batch-1' }
  const first = await acme.post('/leads/batch', batch, key)
  const again = await acme.post('/leads/batch', batch, key)
  assert.deepEqual([again.status, again.body], [first.status, first.body])
  assert.equal(again.headers.get('idempotent-replayed'), 'true')
  assert.equal(await totalOf(acme), 1)
})

test('the batch itself must be one', async () => {
  const acme = await app.newAccount()
  const errors = async (body: object) => (await acme.post('/leads/batch', body)).body.errors
  assert.deepEqual(await errors({}), {
    mode: ['The mode field is required.'],
    leads: ['The leads field is required.'],
  })
  assert.deepEqual(await errors({ mode: 'delete', leads: many(101, () => ({})) }), {
    mode: ['The selected mode is invalid.'],
    leads: ['The leads field must not have more than 100 items.'],
  })
  assert.deepEqual(await errors({ mode: 'create', leads: { name: 'Ana' } }), {
    leads: ['The leads field must be an array.'],
  })
})

async function statementsOf(work: () => Promise<void>): Promise<string[]> {
  const asked: string[] = []
  const { submit } = pg.Query.prototype
  pg.Query.prototype.submit = function (this: pg.Query & { text: string }, connection) {
    asked.push(this.text)
    return submit.call(this, connection)
  }
  try {
    await work()
  } finally {
    pg.Query.prototype.submit = submit
  }
  return asked
}
