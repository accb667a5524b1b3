import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { resolve } from 'node:path'
import { after, test } from 'node:test'
import { changeAccount } from '#accounts/accounts.ts'
import { createKey, revokeKey } from '#accounts/keys/keys.ts'
import { routes } from '#api.ts'
import { buildHttp } from '#http/server.ts'
import { openDatabase } from '#platform/database.ts'
import { checksummedToken } from '#platform/secrets.ts'
import { clientOf, httpOptions, startApp } from './harness.ts'

const app = await startApp({ trustProxy: true })
const second = await startSecond()

/** Another server, with a pool of its own, on the same database. */
async function startSecond() {
  const database = openDatabase(app.databaseUrl, { size: 4 })
  const server = await buildHttp(database, routes, { ...httpOptions, trustProxy: true })
  const url = await server.listen({ port: 0, host: '127.0.0.1' })
  after(async () => {
    await server.close()
    await database.close()
  })
  return { url }
}

type Account = Awaited<ReturnType<typeof app.newAccount>>
const onBoth = (key: string) => [clientOf(app.url, key), clientOf(second.url, key)] as const
const passedOf = (answers: { status: number }[]) => answers.filter(({ status }) => status === 200).length

/** As if the window had opened so long ago. */
const age = ({ account }: Account, seconds: number) =>
  app.database.pool.query(
    'update rate_windows set opened_at = opened_at - make_interval(secs => $2) where account_id = $1',
    [account.id, seconds],
  )

const burst = (urls: string[], key: string, count: number) =>
  Promise.all(Array.from({ length: count }, (_, n) => clientOf(urls[n % urls.length]!, key).get('/account')))

test('200 requests at once with one key over two servers: exactly 60 pass', async () => {
  const account = await app.newAccount({ rateLimit: 60 })
  const answers = await burst([app.url, second.url], account.key, 200)
  assert.equal(passedOf(answers), 60)
  const refused = answers.filter(({ status }) => status === 429)
  assert.equal(refused.length, 140)
  for (const { headers, body } of refused) {
    assert.equal(headers.get('retry-after'), String(body.retry_after))
    assert.equal(headers.get('x-ratelimit-remaining'), '0')
  }
  const remaining = answers
    .filter(({ status }) => status === 200)
    .map(({ headers }) => Number(headers.get('x-ratelimit-remaining')))
    .sort((a, b) => a - b)
  assert.deepEqual(
    remaining,
    Array.from({ length: 60 }, (_, n) => n),
  )
})

test('200 requests at once over two processes: exactly 60 pass, and a revoked key fails at once on both', async () => {
  const processes = await Promise.all([startProcess(), startProcess()])
  const urls = processes.map(({ url }) => url)
  const account = await app.newAccount({ rateLimit: 60 })
  assert.equal(passedOf(await burst(urls, account.key, 200)), 60)
  const { id, key } = await createKey(account.scope, { name: 'leaked' })
  assert.deepEqual(
    (await burst(urls, key, 2)).map(({ status }) => status),
    [200, 200],
  )
  await revokeKey(account.scope, id)
  assert.deepEqual(
    (await burst(urls, key, 2)).map(({ status }) => status),
    [401, 401],
  )
  await Promise.all(processes.map(({ stop }) => stop()))
})

async function startProcess() {
  const port = await freePort()
  const env = {
    ...process.env,
    DATABASE_URL: app.databaseUrl,
    FUNIL_SECRET: 'a secret of the tests, long enough',
    HOST: '127.0.0.1',
    PORT: String(port),
    LOG_LEVEL: 'silent',
  }
  const child = spawn(process.execPath, ['server/cli.ts', 'serve', '--role', 'api'], {
    cwd: resolve(import.meta.dirname, '..'),
    env,
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const url = `http://127.0.0.1:${port}`
  const stop = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return
    child.kill('SIGTERM')
    await once(child, 'exit')
  }
  after(stop)
  for (let attempt = 0; attempt < 200 && child.exitCode === null; attempt++) {
    const isUp = await fetch(`${url}/readyz`).then(
      ({ ok }) => ok,
      () => false,
    )
    if (isUp) return { url, stop }
    await new Promise((done) => setTimeout(done, 100))
  }
  throw new Error('the server process did not start')
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  server.close()
  await once(server, 'close')
  return port
}

test('refused requests neither count nor lengthen the window, and it reopens when its minute is over', async () => {
  const account = await app.newAccount({ rateLimit: 3 })
  await burst([app.url], account.key, 3)
  await age(account, 30)
  const [early] = await burst([app.url], account.key, 40)
  assert.equal(early!.status, 429)
  assert.ok(early!.body.retry_after >= 25 && early!.body.retry_after <= 30, `${early!.body.retry_after}`)
  await age(account, 25)
  const late = await account.get('/account')
  assert.equal(late.status, 429)
  assert.ok(late.body.retry_after >= 1 && late.body.retry_after <= 5, `${late.body.retry_after}`)
  await age(account, 5)
  const answers = await burst([app.url, second.url], account.key, 10)
  assert.equal(passedOf(answers), 3)
  assert.ok(answers.some(({ body }) => body.retry_after >= 55))
})

test('every throttled answer says where its window stands, refusals included', async () => {
  const account = await app.newAccount({ rateLimit: 60 })
  const answers = [
    await account.get('/account'),
    await account.post('/leads', {}),
    await account.get('/leads/999999'),
    await account.post('/leads', '{'),
    await account.post('/leads', 'x', { 'content-type': 'text/plain' }),
    await account.post('/leads', { name: 'x'.repeat(1_100_000) }),
    await account.get('/leads?cursor=nonsense'),
  ]
  assert.deepEqual(
    answers.map(({ status }) => status),
    [200, 422, 404, 400, 415, 413, 422],
  )
  for (const [n, { headers }] of answers.entries()) {
    const left = String(59 - n)
    assert.equal(headers.get('x-ratelimit-limit'), '60')
    assert.equal(headers.get('x-ratelimit-remaining'), left)
    const reset = Number(headers.get('x-ratelimit-reset')) - Date.now() / 1000
    assert.ok(reset > 50 && reset <= 62, String(reset))
    assert.equal(headers.get('ratelimit-policy'), '"default";q=60;w=60')
    assert.match(headers.get('ratelimit')!, new RegExp(`^"default";r=${left};t=\\d+$`))
  }
})

test('what fails before the limit does not use it up', async () => {
  const account = await app.newAccount({ rateLimit: 2, scopes: ['users:read'] })
  for (let n = 0; n < 5; n++) {
    const { status, headers } = await account.get('/leads')
    assert.deepEqual([status, headers.get('x-ratelimit-remaining')], [403, null])
  }
  await changeAccount(account.scope, { status: 'suspended' })
  for (let n = 0; n < 5; n++) assert.equal((await account.get('/account')).status, 403)
  await changeAccount(account.scope, { status: 'active' })
  assert.equal((await account.delete('/account')).status, 405)
  assert.equal((await account.get('/nowhere')).status, 404)
  assert.deepEqual(
    (await burst([app.url], account.key, 3)).map(({ status }) => status).sort(),
    [200, 200, 429],
  )
})

test('a key can have a rate of its own, and a lowered one never shows less than nothing left', async () => {
  const account = await app.newAccount({ rateLimit: 5 })
  const { key } = await createKey(account.scope, { name: 'slow', rateLimit: 1 })
  assert.equal(passedOf(await burst([app.url], account.key, 10)), 5)
  assert.equal(passedOf(await burst([app.url], key, 10)), 1)
  await app.database.pool.query('update api_keys set rate_limit = 2 where account_id = $1', [
    account.account.id,
  ])
  const { status, headers } = await account.get('/account')
  assert.deepEqual([status, headers.get('x-ratelimit-remaining')], [429, '0'])
})

test('unknown keys are limited by address; a known key from the same address is not touched', async () => {
  const account = await app.newAccount()
  const from = (address: string) => ({ 'x-forwarded-for': address })
  const guess = () => clientOf(app.url, checksummedToken('crm_', 40)).get('/account', from('198.51.100.7'))
  const answers = await Promise.all(Array.from({ length: 40 }, guess))
  const invalid = answers.filter(({ status }) => status === 401)
  const limited = answers.filter(({ status }) => status === 429)
  assert.deepEqual([invalid.length, limited.length], [30, 10])
  for (const { headers, body } of limited) {
    assert.deepEqual(Object.keys(body), ['message', 'retry_after'])
    assert.equal(headers.get('retry-after'), String(body.retry_after))
  }
  assert.equal((await account.get('/account', from('198.51.100.7'))).status, 200)
  const elsewhere = await clientOf(app.url, checksummedToken('crm_', 40)).get(
    '/account',
    from('198.51.100.8'),
  )
  assert.equal(elsewhere.status, 401)
})

test('a revoked key fails on the very next request, on both servers', async () => {
  const account = await app.newAccount()
  const { id, key } = await createKey(account.scope, { name: 'leaked' })
  const clients = onBoth(key)
  for (const client of clients) assert.equal((await client.get('/account')).status, 200)
  await revokeKey(account.scope, id)
  for (const client of clients) {
    const { status, body } = await client.get('/account')
    assert.deepEqual([status, body], [401, { message: 'API Key inválida.' }])
  }
  assert.equal((await account.get('/account')).status, 200)
})

test('an expired key and a suspended account fail at once, on both servers, and come back', async () => {
  const account = await app.newAccount()
  const set = (expires: string) =>
    app.database.pool.query(`update api_keys set expires_at = ${expires} where account_id = $1`, [
      account.account.id,
    ])
  const answers = async () => {
    const both = await Promise.all(onBoth(account.key).map((client) => client.get('/account')))
    return both.map(({ status, body }) => [status, body.message])
  }
  const passed = [200, undefined]
  await set("now() + interval '1 hour'")
  assert.deepEqual(await answers(), [passed, passed])
  await set('now()')
  const expired = [401, 'API Key expirada.']
  assert.deepEqual(await answers(), [expired, expired])
  await set('null')
  await changeAccount(account.scope, { status: 'suspended' })
  const suspended = [403, 'Conta inativa.']
  assert.deepEqual(await answers(), [suspended, suspended])
  await changeAccount(account.scope, { status: 'active' })
  assert.deepEqual(await answers(), [passed, passed])
})

test('a mistyped key is refused without a query', async (t) => {
  const account = await app.newAccount()
  const query = t.mock.method(app.database.pool, 'query')
  const last = account.key.at(-1) === 'x' ? 'y' : 'x'
  const mistyped = [account.key.slice(0, -1) + last, `${account.key}x`, account.key.slice(4), 'crm_', 'x']
  for (const key of mistyped) {
    const { status, body } = await clientOf(app.url, key).get('/account')
    assert.deepEqual([status, body], [401, { message: 'API Key inválida.' }], key)
  }
  assert.equal(query.mock.callCount(), 0)
  assert.equal((await account.get('/account')).status, 200)
  assert.notEqual(query.mock.callCount(), 0)
})
