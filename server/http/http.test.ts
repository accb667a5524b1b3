import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect } from 'node:net'
import { test } from 'node:test'
import { changeAccount } from '#accounts/accounts.ts'
import { createKey } from '#accounts/keys/keys.ts'
import { clientOf, startApp } from '../../test/harness.ts'

const app = await startApp()
const acme = await app.newAccount()
const { lead } = (await acme.post('/leads', { name: 'Ana' })).body
const missing = 999_999
const nonsense = [0, -1, 1.5, 'abc', '99999999999999999999', '1e3', '%00', '%20', '%F0%9F%92%A9']
const said = (body: { success: boolean; message: string }) => {
  assert.deepEqual(Object.keys(body), ['success', 'message'])
  assert.equal(body.success, false)
  assert.match(body.message, /^[A-ZÀ-Ú].*\.$/)
}

test('each check hides those that come after it: key, account, permission, rate, input, rules', async () => {
  const account = await app.newAccount({ scopes: ['leads:read'], rateLimit: 1 })
  await changeAccount(account.scope, { status: 'suspended', limits: { leads: 0 } })
  const { key: expired } = await createKey(account.scope, { name: 'old', expiresAt: new Date(0) })
  const bad = '{"name":'
  const ask = (key: string) => clientOf(app.url, key).post('/leads', bad)
  const messageOf = async (key: string) => (await ask(key)).body.message
  assert.equal(await messageOf(''), 'API Key não fornecida.')
  assert.equal(await messageOf('crm_x'), 'API Key inválida.')
  assert.equal(await messageOf(expired), 'API Key expirada.')
  assert.equal(await messageOf(account.key), 'Conta inativa.')
  await changeAccount(account.scope, { status: 'active' })
  assert.equal(await messageOf(account.key), 'API Key sem permissão para esta operação.')
  const { key } = await createKey(account.scope, { name: 'writer', rateLimit: 4 })
  const writer = clientOf(app.url, key)
  assert.equal((await writer.post('/leads', bad)).status, 400)
  assert.equal((await writer.post('/leads', bad, { 'content-type': 'text/plain' })).status, 415)
  const invalid = await writer.post('/leads', {})
  assert.deepEqual([invalid.status, Object.keys(invalid.body)], [422, ['message', 'errors']])
  assert.equal((await writer.post('/leads', { name: 'Ana' })).body.limit_reached, true)
  for (const body of [bad, {}, { name: 'Ana' }]) assert.equal((await writer.post('/leads', body)).status, 429)
  assert.equal((await account.get('/leads')).body.meta.total, 0)
})

test('of a record that is not there nothing is said, not even what is wrong with the input for it', async () => {
  for (const body of [{ name: '' }, { stage_id: missing }, { value: 'x' }]) {
    const { status, body: answer } = await acme.put(`/leads/${missing}`, body)
    assert.equal(status, 404)
    said(answer)
  }
  assert.equal((await acme.put(`/leads/${lead.id}`, { name: '' })).status, 422)
})

test('an id that cannot be one is a record that does not exist', async () => {
  for (const id of nonsense) {
    const path = `/leads/${id}`
    const answers = [
      await acme.get(path),
      await acme.get(`${path}/events`),
      await acme.put(path, { name: 'Bia' }),
      await acme.put(`${path}/stage`, { stage_id: 1 }),
      await acme.post(`${path}/tags`, { tags: ['vip'] }),
      await acme.delete(path),
    ]
    for (const { status, body } of answers) {
      assert.equal(status, 404, String(id))
      said(body)
    }
  }
})

test('an unknown route is 404, a wrong method 405 with what is allowed', async () => {
  for (const path of ['/nope', '/leads/1/nope', '/leads//events/x', '']) {
    const { status, body } = await acme.get(path)
    assert.equal(status, 404, path)
    said(body)
  }
  const allowed = {
    '/account': 'GET, PUT, PATCH, HEAD',
    '/leads': 'GET, POST, HEAD',
    '/leads/upsert': 'POST',
    [`/leads/${lead.id}/stage`]: 'PUT',
  }
  for (const [path, methods] of Object.entries(allowed)) {
    const { status, headers, body } = await acme.delete(path)
    assert.deepEqual([status, headers.get('allow')], [405, methods], path)
    said(body)
  }
  const preflight = await fetch(`${app.url}/api/v1/leads`, { method: 'OPTIONS' })
  assert.equal(preflight.status, 405)
  assert.equal(preflight.headers.get('access-control-allow-origin'), null)
})

test('HEAD answers as GET without a body; a slash at the end changes nothing', async () => {
  const headers = { 'x-api-key': acme.key }
  for (const path of ['/leads', `/leads/${lead.id}`, '/pipelines/', `/leads/${lead.id}/events/`]) {
    const head = await fetch(`${app.url}/api/v1${path}`, { method: 'HEAD', headers })
    assert.deepEqual([head.status, await head.text()], [200, ''], path)
    assert.equal(head.headers.get('x-ratelimit-limit'), '1000000')
    assert.equal((await acme.get(path)).status, 200, path)
  }
  assert.equal((await fetch(`${app.url}/api/v1/leads`, { method: 'HEAD' })).status, 401)
  assert.equal((await acme.post('/leads/', { name: 'Com barra' })).status, 201)
})

test('every answer carries a request id: the client’s when well-formed, else one of ours', async () => {
  const own = await acme.get('/leads', { 'x-request-id': 'n8n-run:0042.a_b' })
  assert.equal(own.headers.get('x-request-id'), 'n8n-run:0042.a_b')
  for (const given of ['short', 'has spaces in it', 'x'.repeat(129), '{"json":true}']) {
    const { headers } = await acme.get('/leads', { 'x-request-id': given })
    assert.match(headers.get('x-request-id')!, /^[\da-f]{8}-[\da-f-]{27}$/, given)
  }
  const answers = await Promise.all([
    acme.get('/nope'),
    acme.delete('/account'),
    acme.get('/leads/%ZZ'),
    acme.get(`/leads/${'x'.repeat(600)}`),
    acme.post('/leads', '{'),
    acme.post('/leads', 'x', { 'content-type': 'text/plain' }),
    acme.post('/leads', {}),
    clientOf(app.url, '').get('/leads'),
  ])
  const ids = answers.map(({ headers }) => headers.get('x-request-id'))
  assert.deepEqual(
    ids.filter((id) => !id),
    [],
  )
  assert.equal(new Set(ids).size, ids.length)
  const { body } = await acme.post('/leads', { name: 'Ana' }, { 'x-request-id': 'the-cause-of-it' })
  const [event] = (await acme.get(`/leads/${body.lead.id}/events`)).body.data
  assert.equal(event.request_id, 'the-cause-of-it')
})

test('security headers stand on every answer, refusals included', async () => {
  for (const answer of [
    await acme.get('/leads'),
    await acme.get('/nope'),
    await clientOf(app.url, '').get('/leads'),
  ]) {
    assert.equal(answer.headers.get('x-content-type-options'), 'nosniff')
    assert.equal(answer.headers.get('content-security-policy'), `default-src 'none'; frame-ancestors 'none'`)
    assert.ok(answer.headers.get('strict-transport-security'))
    assert.equal(answer.headers.get('access-control-allow-origin'), null)
    assert.equal(answer.headers.get('x-powered-by'), null)
  }
  assert.equal((await acme.get('/leads')).headers.get('cache-control'), 'no-store')
  assert.equal((await clientOf(app.url, '').get('/leads')).headers.get('cache-control'), 'no-store')
})

test('an address that cannot be read is 400', async () => {
  for (const path of ['/leads/%ZZ', '/leads/%', `/leads/${'1'.repeat(600)}`]) {
    const { status, body } = await acme.get(path)
    assert.equal(status, 400, path)
    said(body)
  }
})

test('a body that is not JSON is 400, one that is not called JSON 415, one too large 413', async () => {
  for (const text of [
    '{',
    'name=Ana',
    '{"name":"Ana",}',
    "{'name':'Ana'}",
    '{"name":"Ana"}x',
    'undefined',
    '[',
  ]) {
    const { status, body } = await acme.post('/leads', text)
    assert.equal(status, 400, text)
    said(body)
  }
  for (const type of [
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'x',
  ]) {
    const { status, body } = await acme.post('/leads', '{"name":"Ana"}', { 'content-type': type })
    assert.equal(status, 415, type)
    said(body)
  }
  for (const type of ['application/json; charset=utf-8', 'application/vnd.api+json', 'APPLICATION/JSON']) {
    assert.equal((await acme.post('/leads', '{"name":"Ana"}', { 'content-type': type })).status, 201, type)
  }
  const { status, body } = await acme.post('/leads', { name: 'Ana', notes: 'x'.repeat(1024 * 1024) })
  assert.equal(status, 413)
  said(body)
})

test('what is no HTTP at all is answered 400 and does not stop the server', async () => {
  const { port } = new URL(app.url)
  for (const bytes of [
    '\0\0\0\r\n\r\n',
    'GET / HTTP/9.9\r\n\r\n',
    `GET / HTTP/1.1\r\nHost: x\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`,
  ]) {
    const socket = connect(Number(port), '127.0.0.1')
    socket.on('error', () => {})
    let text = ''
    socket.on('data', (chunk) => {
      text += chunk
    })
    socket.write(bytes)
    await once(socket, 'close')
    assert.match(text, /^HTTP\/1\.1 4\d\d /)
  }
  assert.equal((await acme.get('/leads')).status, 200)
})
