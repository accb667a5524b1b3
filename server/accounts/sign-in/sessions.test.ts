import assert from 'node:assert/strict'
import { test } from 'node:test'
import pg from 'pg'
import { startApp } from '../../../test/harness.ts'
import { browserOf, cookieOf, newPerson } from '../../../test/people.ts'
import { request } from '../../../test/request.ts'

const app = await startApp()
const acme = await app.newAccount()
const globex = await app.newAccount({ name: 'Globex' })
const missing = { message: 'API Key não fornecida.' }

test('signing out ends this session and no other, and takes the cookie away', async () => {
  const ana = await newPerson(app.url, acme.scope, 'viewer')
  const link = (await acme.post(`/users/${ana.id}/sign-in-link`)).body.sign_in_link
  const token = new URL(link).searchParams.get('token')
  const second = browserOf(
    app.url,
    cookieOf(await request(app.url, 'POST', '/api/v1/session/link', { body: { token } })),
  )
  const out = await ana.delete('/session')
  assert.deepEqual([out.status, out.body], [200, { success: true }])
  assert.match(out.headers.get('set-cookie')!, /^funil_session=; .*Expires=Thu, 01 Jan 1970/)
  const stale = await ana.get('/session')
  assert.deepEqual([stale.status, stale.body], [401, missing])
  assert.match(stale.headers.get('set-cookie')!, /^funil_session=;/)
  assert.equal((await second.get('/session')).status, 200)
})

test('a session that is over, forged or malformed is no session', async () => {
  const ana = await newPerson(app.url, acme.scope, 'admin')
  for (const token of ['x', 'x'.repeat(40), `${'x'.repeat(39)}%00`, ana.cookie.slice(14, -1)]) {
    const { status, body } = await browserOf(app.url, `funil_session=${token}`).get('/leads')
    assert.deepEqual([status, body], [401, missing])
  }
  await app.database.pool.query(
    `update sessions set expires_at = now() where account_id = $1 and user_id = $2`,
    [acme.account.id, ana.id],
  )
  assert.equal((await ana.get('/leads')).status, 401)
})

test('a session opens its own account alone, in the person’s name', async () => {
  const ana = await newPerson(app.url, acme.scope, 'manager')
  const foreign = (await globex.post('/leads', { name: 'Alheio' })).body.lead
  assert.equal((await ana.get(`/leads/${foreign.id}`)).status, 404)
  const { lead } = (await ana.post('/leads', { name: 'Meu' })).body
  const [event] = (await ana.get(`/leads/${lead.id}/events`)).body.data
  assert.deepEqual(event.actor, { type: 'user', id: ana.id, name: ana.name })
})

test('when both are sent, the key speaks', async () => {
  const ana = await newPerson(app.url, acme.scope, 'viewer')
  const both = await ana.call('POST')('/leads', { name: 'Da chave' }, { 'x-api-key': globex.key })
  assert.equal(both.status, 201)
  assert.equal((await globex.get(`/leads/${both.body.lead.id}`)).status, 200)
  const wrong = await ana.call('GET')('/leads', undefined, { 'x-api-key': 'crm_no' })
  assert.deepEqual([wrong.status, wrong.body], [401, { message: 'API Key inválida.' }])
})

test('another site cannot use somebody’s session to change anything', async () => {
  const ana = await newPerson(app.url, acme.scope, 'manager')
  const { host, origin } = new URL(app.url)
  const post = (headers: Record<string, string>) =>
    request(app.url, 'POST', '/api/v1/leads', {
      body: { name: 'Forjado' },
      headers: { cookie: ana.cookie, ...headers },
    })
  const foreign: Record<string, string>[] = [
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { 'sec-fetch-site': 'cross-site', 'x-requested-with': 'fetch' },
    { 'sec-fetch-site': 'cross-site', origin },
    { origin: 'https://evil.example' },
    { origin: `https://${host}.evil.example` },
    { origin: 'null' },
    { origin: 'https://evil.example', 'x-requested-with': 'fetch' },
    {},
  ]
  const before = (await acme.get('/leads')).body.meta.total
  for (const headers of foreign) {
    const { status, body } = await post(headers)
    const message = 'A requisição veio de outro site; refaça a operação pelo painel.'
    assert.deepEqual([status, body], [403, { success: false, message }], JSON.stringify(headers))
  }
  assert.equal((await acme.get('/leads')).body.meta.total, before)
  const own: Record<string, string>[] = [
    { 'sec-fetch-site': 'same-origin' },
    { 'sec-fetch-site': 'none' },
    { origin },
    { origin: 'http://localhost' },
    { 'x-requested-with': 'curl' },
  ]
  for (const headers of own) {
    assert.equal((await post(headers)).status, 201, JSON.stringify(headers))
  }
  const read = { headers: { cookie: ana.cookie, 'sec-fetch-site': 'cross-site' } }
  assert.equal((await request(app.url, 'GET', '/api/v1/leads', read)).status, 200)
  const byKey = { body: { name: 'Chave' }, headers: { 'x-api-key': acme.key, origin: 'https://n8n.example' } }
  assert.equal((await request(app.url, 'POST', '/api/v1/leads', byKey)).status, 201)
})

test('who is signed in costs one statement, and nobody is kept in memory', async () => {
  const ana = await newPerson(app.url, acme.scope, 'viewer')
  await ana.get('/leads/999999')
  const heard: string[] = []
  const { query } = pg.Client.prototype
  pg.Client.prototype.query = function (this: pg.Client, ...args: unknown[]) {
    heard.push(typeof args[0] === 'string' ? args[0] : (args[0] as { text: string }).text)
    return (query as (...args: unknown[]) => unknown).apply(this, args)
  } as typeof query
  try {
    await ana.get('/leads/999999')
  } finally {
    pg.Client.prototype.query = query
  }
  assert.deepEqual(
    heard.map((text) => /from (\w+)/.exec(text.replaceAll('"', ''))![1]),
    ['sessions', 'leads'],
  )
})

test('a person has room for twelve hundred requests a minute, and hears how many are left', async () => {
  const ana = await newPerson(app.url, acme.scope, 'viewer')
  const { headers } = await ana.get('/session')
  assert.equal(headers.get('x-ratelimit-limit'), '1200')
  assert.equal(headers.get('x-ratelimit-remaining'), '1199')
  for (let batch = 0; batch < 12; batch++) {
    await Promise.all(
      Array.from({ length: 100 }, () =>
        fetch(`${app.url}/api/v1/session`, { headers: { cookie: ana.cookie } }),
      ),
    )
  }
  const over = await ana.get('/session')
  assert.equal(over.status, 429)
  assert.deepEqual(Object.keys(over.body), ['message', 'retry_after'])
  const other = await newPerson(app.url, acme.scope, 'viewer')
  assert.equal((await other.get('/session')).status, 200)
})

test('how somebody likes their panel is kept for them alone', async () => {
  const [ana, bia] = [
    await newPerson(app.url, acme.scope, 'viewer'),
    await newPerson(app.url, acme.scope, 'viewer'),
  ]
  assert.deepEqual((await ana.get('/session')).body.preferences, {})
  await ana.put('/session/preferences', { theme: 'dark', locale: 'es' })
  const { body } = await ana.put('/session/preferences', { locale: null, density: 'compact', unknown: 1 })
  assert.deepEqual(body.preferences, { theme: 'dark', density: 'compact' })
  assert.deepEqual((await ana.get('/session')).body.preferences, body.preferences)
  assert.deepEqual((await bia.get('/session')).body.preferences, {})
  assert.equal((await ana.put('/session/preferences', { theme: 'pink' })).status, 422)
})
