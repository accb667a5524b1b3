import assert from 'node:assert/strict'
import { test } from 'node:test'
import { changeAccount } from '#accounts/accounts.ts'
import { createKey } from '#accounts/keys/keys.ts'
import { clientOf, startApp } from './harness.ts'

// The sentences of the errors and limits that the API promises, each with the test that holds it to its word.
const app = await startApp({ trustProxy: true })
const acme = await app.newAccount()

const isInstant = (text: unknown) =>
  typeof text === 'string' && /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z$/.test(text)

async function expiredKey() {
  const { key } = await createKey(acme.scope, { name: 'old', expiresAt: new Date(Date.now() - 1000) })
  return clientOf(app.url, key)
}

async function suspended() {
  const account = await app.newAccount()
  await changeAccount(account.scope, { status: 'suspended' })
  return account
}

async function full() {
  const account = await app.newAccount()
  await changeAccount(account.scope, { limits: { leads: 1 } })
  assert.equal((await account.post('/leads', { name: 'O último' })).status, 201)
  return account
}

/** The account's rate of 60 used up: what the next request is told. */
async function exhausted() {
  const account = await app.newAccount({ rateLimit: 60 })
  await Promise.all(Array.from({ length: 60 }, () => account.get('/account')))
  return account
}

test('"The API uses standard HTTP status codes."', async () => {
  const { body } = await acme.post('/leads', { name: 'Ana' })
  const answers = await Promise.all([
    acme.get(`/leads/${body.lead.id}`),
    acme.post('/leads', { name: 'Ana' }),
    clientOf(app.url, '').get('/leads'),
    app.newAccount({ scopes: ['users:read'] }).then((account) => account.get('/leads')),
    acme.get('/leads/999999'),
    acme.post('/leads', {}),
  ])
  assert.deepEqual(
    answers.map(({ status }) => status),
    [200, 201, 401, 403, 404, 422],
  )
})

test('"Errors return a JSON message."', async () => {
  const errors = await Promise.all([
    acme.get('/nowhere'),
    acme.get('/leads/0'),
    acme.delete('/leads'),
    acme.post('/leads', {}),
    acme.post('/leads', '{'),
    acme.post('/leads', 'name=Ana', { 'content-type': 'text/plain' }),
    acme.post('/leads', { name: 'x'.repeat(1_100_000) }),
    clientOf(app.url, '').get('/leads'),
    suspended().then((account) => account.get('/leads')),
    full().then((account) => account.post('/leads', { name: 'Ana' })),
    exhausted().then((account) => account.get('/leads')),
  ])
  assert.deepEqual(
    errors.map(({ status }) => status),
    [404, 404, 405, 422, 400, 415, 413, 401, 403, 422, 429],
  )
  for (const { status, body, headers } of errors) {
    assert.match(headers.get('content-type')!, /^application\/json/, String(status))
    assert.equal(typeof body.message, 'string', String(status))
    assert.notEqual(body.message, '', String(status))
  }
})

test('"200 | OK | Successful request"', async () => {
  for (const path of ['/account', '/users', '/pipelines', '/custom-fields', '/leads', '/tasks']) {
    const { status, body } = await acme.get(path)
    assert.deepEqual([status, body.success], [200, true], path)
  }
})

test('"201 | Created | Resource created (e.g., lead, task, subscription)"', async () => {
  const { status, body } = await acme.post('/leads', { name: 'Ana' })
  assert.deepEqual([status, body.success, body.lead.name], [201, true, 'Ana'])
})

test('"401 | Unauthorized | Key missing, invalid or expired"; "The possible messages are: API Key não fornecida., API Key inválida. and API Key expirada."', async () => {
  const none = await clientOf(app.url, '').get('/leads')
  assert.deepEqual([none.status, none.body], [401, { message: 'API Key não fornecida.' }])
  const unknown = await clientOf(app.url, 'crm_unknown').get('/leads')
  assert.deepEqual([unknown.status, unknown.body], [401, { message: 'API Key inválida.' }])
  const expired = await (await expiredKey()).get('/leads')
  assert.deepEqual([expired.status, expired.body], [401, { message: 'API Key expirada.' }])
  for (const { headers } of [none, unknown, expired]) assert.ok(headers.get('www-authenticate'))
})

test('"403 | Forbidden | Inactive account or key without permission for the operation"', async () => {
  const account = await app.newAccount({ scopes: ['leads:read'] })
  const { status, body } = await account.post('/leads', { name: 'Ana' })
  assert.equal(status, 403)
  assert.deepEqual(body, {
    message: 'API Key sem permissão para esta operação.',
    required_permission: 'leads:write',
  })
  assert.equal((await account.get('/leads')).status, 200)
})

test('"When the account is suspended: { "message": "Conta inativa." }."', async () => {
  const { status, body } = await (await suspended()).get('/leads')
  assert.deepEqual([status, body], [403, { message: 'Conta inativa.' }])
})

test('"422 | Unprocessable Entity | Validation or business rule (invalid fields, blocked stage, plan limit, WhatsApp window)": "Validation error (fields)"', async () => {
  const { status, body } = await acme.post('/leads', {})
  assert.equal(status, 422)
  assert.deepEqual(body, {
    message: 'The name field is required.',
    errors: { name: ['The name field is required.'] },
  })
})

test('"Blocked stage (there are mandatory pending tasks in the current stage)"', async () => {
  const account = await app.newAccount()
  const [{ stages }] = (await account.get('/pipelines')).body.pipelines
  const demand = { subject: 'Ligar para o cliente', type: 'call', priority: 'low', due_in_days: 1 }
  assert.equal((await account.post(`/stages/${stages[0].id}/required-tasks`, demand)).status, 201)
  const { lead } = (await account.post('/leads', { name: 'Ana' })).body
  const { status, body } = await account.put(`/leads/${lead.id}/stage`, { stage_id: stages[1].id })
  assert.equal(status, 422)
  const [{ id }] = (await account.get(`/tasks?lead_id=${lead.id}`)).body.data
  assert.deepEqual(body, {
    success: false,
    blocked: true,
    message: 'Complete mandatory tasks before moving the lead.',
    pending_tasks: [{ id, subject: 'Ligar para o cliente', type: 'call' }],
  })
})

test('"Plan limit reached"', async () => {
  const account = await full()
  for (const path of ['/leads', '/leads/upsert']) {
    const { status, body } = await account.post(path, { name: 'Ana' })
    assert.equal(status, 422, path)
    const expected = { success: false, message: 'Limite de leads do plano atingido.', limit_reached: true }
    assert.deepEqual(body, expected, path)
  }
  assert.equal((await account.get('/leads')).body.meta.total, 1)
})

test('"429 | Too Many Requests | Per-minute request limit exceeded"; "60 requests per minute, per API Key."', async () => {
  const account = await app.newAccount({ rateLimit: 60 })
  const statuses: number[] = []
  for (let n = 0; n < 62; n++) statuses.push((await account.get('/account')).status)
  assert.deepEqual(statuses, [...Array(60).fill(200), 429, 429])
})

test('a key that nobody gave a rate of its own has the 60', async () => {
  const { key, rate_limit } = await createKey(acme.scope, { name: 'plain' })
  assert.equal(rate_limit, 60)
  assert.equal((await clientOf(app.url, key).get('/account')).headers.get('x-ratelimit-limit'), '60')
})

test('"When exceeded, the API responds 429 with the Retry-After header (in seconds) and the retry_after field in the body."', async () => {
  const { status, headers, body } = await (await exhausted()).get('/leads')
  assert.equal(status, 429)
  const seconds = body.retry_after
  assert.deepEqual(body, { message: 'Rate limit excedido para esta API Key.', retry_after: seconds })
  assert.ok(Number.isInteger(seconds) && seconds >= 50 && seconds <= 60, `retry_after ${seconds}`)
  assert.equal(headers.get('retry-after'), String(seconds))
})

test('"The limit is per key (independent of IP)."', async () => {
  const account = await app.newAccount({ rateLimit: 60 })
  const { key: second } = await createKey(account.scope, { name: 'second' })
  const from = (n: number) => ({ 'x-forwarded-for': `203.0.113.${n}` })
  const answers = await Promise.all(Array.from({ length: 61 }, (_, n) => account.get('/account', from(n))))
  assert.equal(answers.filter(({ status }) => status === 200).length, 60)
  assert.equal(answers.filter(({ status }) => status === 429).length, 1)
  assert.equal((await clientOf(app.url, second).get('/account', from(1))).status, 200)
})

test('"Listings (GET /leads, GET /tasks) accept: page — page (default 1). per_page — items per page (default 50, maximum 200)." "And return a meta object"', async () => {
  const account = await app.newAccount()
  for (let hundred = 0; hundred < 5; hundred++) {
    await Promise.all(Array.from({ length: 50 }, (_, n) => account.post('/leads', { name: `Lead ${n}` })))
  }
  const shown = async (query: string) => {
    const { body } = await account.get(`/leads${query}`)
    assert.deepEqual(Object.keys(body), ['success', 'data', 'meta'])
    assert.equal(body.success, true)
    return { length: body.data.length, meta: body.meta }
  }
  const first = { total: 250, per_page: 50, current_page: 1, last_page: 5, has_more: true }
  assert.deepEqual(await shown(''), { length: 50, meta: first })
  assert.deepEqual(await shown('?page=1&per_page=50'), { length: 50, meta: first })
  assert.deepEqual(await shown('?page=5'), {
    length: 50,
    meta: { ...first, current_page: 5, has_more: false },
  })
  const most = { total: 250, per_page: 200, current_page: 1, last_page: 2, has_more: true }
  assert.deepEqual(await shown('?per_page=200'), { length: 200, meta: most })
  assert.deepEqual(await shown('?per_page=500'), { length: 200, meta: most })
  assert.deepEqual(await shown('?per_page=200&page=2'), {
    length: 50,
    meta: { ...most, current_page: 2, has_more: false },
  })
})

test('"Sync tip: use the updated_since filter on GET /leads to fetch only the leads changed since the last query."', async () => {
  const account = await app.newAccount()
  const { lead: changed } = (await account.post('/leads', { name: 'Vai mudar' })).body
  await account.post('/leads', { name: 'Fica' })
  const { body, headers } = await account.get('/leads')
  assert.equal(body.data.length, 2)
  const since = headers.get('x-sync-watermark')!
  assert.ok(isInstant(since))
  // The watermark is shared for half a second and only ever too careful.
  await new Promise((done) => setTimeout(done, 600))
  const later = (await account.get('/leads')).headers.get('x-sync-watermark')!
  await account.put(`/leads/${changed.id}`, { name: 'Mudou' })
  const { data, meta } = (await account.get(`/leads?updated_since=${later}`)).body
  assert.deepEqual([data.map((lead: { id: number }) => lead.id), meta.total], [[changed.id], 1])
})

test('"Responses include success: true|false."', async () => {
  const { body } = await acme.post('/leads', { name: 'Ana' })
  const path = `/leads/${body.lead.id}`
  const successes = [
    await acme.get(path),
    await acme.put(path, { name: 'Bia' }),
    await acme.get(`${path}/events`),
    await acme.put(`${path}/won`, {}),
    await acme.post(`${path}/tags`, { tags: ['vip'] }),
    await acme.delete(path),
  ]
  for (const answer of successes) assert.deepEqual([answer.status, answer.body.success], [200, true])
  const refusals = [
    await acme.get(path),
    await acme.get('/nowhere'),
    await acme.post('/leads', '{'),
    await acme.delete('/leads'),
  ]
  for (const answer of refusals) assert.equal(answer.body.success, false, String(answer.status))
})

test('"Dates in ISO 8601."', async () => {
  const { lead } = (await acme.post('/leads', { name: 'Ana', birthday: '1990-01-15' })).body
  assert.equal(lead.birthday, '1990-01-15')
  for (const field of ['created_at', 'updated_at', 'stage_changed_at']) assert.ok(isInstant(lead[field]))
  assert.ok(Math.abs(Date.parse(lead.created_at) - Date.now()) < 60_000)
  const [event] = (await acme.get(`/leads/${lead.id}/events`)).body.data
  assert.ok(isInstant(event.occurred_at))
})

test('"The ?include= parameter (in Leads) loads extra relations on demand; unknown tokens are ignored (they do not raise an error)."', async () => {
  const { lead } = (await acme.post('/leads', { name: 'Ana' })).body
  const plain = (await acme.get(`/leads/${lead.id}`)).body.lead
  assert.equal('owner' in plain || 'events' in plain, false)
  const full = (await acme.get(`/leads/${lead.id}?include=owner,events`)).body.lead
  assert.equal(full.owner, null)
  assert.deepEqual(
    full.events.map((event: { type: string }) => event.type),
    ['lead.created'],
  )
  for (const include of ['nada', 'nada,,%20,', '__proto__,toString', '%00', '%F0%9F%92%A9', 'owner;events']) {
    for (const path of [`/leads/${lead.id}`, '/leads']) {
      const { status, body } = await acme.get(`${path}?include=${include}`)
      assert.equal(status, 200, include)
      const shown = body.lead ?? body.data.find((each: { id: number }) => each.id === lead.id)
      assert.deepEqual(shown, plain, include)
    }
  }
})
