import assert from 'node:assert/strict'
import { test } from 'node:test'
import { funil, funilJson } from './children.ts'
import { clientOf, startApp } from './harness.ts'

// Beside a running server, on its database.
const { url, databaseUrl } = await startApp()
const env = { DATABASE_URL: databaseUrl }
const json = (...args: string[]) => funilJson(args, env)
const newAccount = async (): Promise<number> => (await json('account', 'create', '--name', 'ACME')).id

test('account create gives what the account is, and it can sell at once', async () => {
  const account = await json('account', 'create', '--name', 'Padaria Sol', '--plan', 'scale')
  assert.deepEqual(account, { id: account.id, name: 'Padaria Sol', plan: 'scale', status: 'active' })
  const listed = await json('account', 'list')
  assert.deepEqual(
    listed.find(({ id }: { id: number }) => id === account.id),
    account,
  )
  const { key } = await json('key', 'create', '--account', String(account.id), '--name', 'site')
  const { status, body } = await clientOf(url, key).post('/leads', { name: 'Ana' })
  assert.equal(status, 201)
  assert.equal(body.lead.stage.name, 'Novo')
})

test('a key is shown once, works at once, and is refused from the request after its revocation', async () => {
  const account = String(await newAccount())
  const created = await json(
    'key',
    'create',
    '--account',
    account,
    '--name',
    'loja',
    '--scopes',
    'leads:read',
  )
  assert.deepEqual(Object.keys(created), ['id', 'key', 'prefix', 'scopes', 'expires_at'])
  assert.deepEqual([created.scopes, created.expires_at], [['leads:read'], null])
  assert.ok(created.key.startsWith(created.prefix))

  const client = clientOf(url, created.key)
  assert.equal((await client.get('/leads')).status, 200)
  assert.equal((await client.post('/leads', { name: 'Ana' })).body.required_permission, 'leads:write')

  const listed = await funil(['key', 'list', '--account', account], env)
  assert.match(listed.out, new RegExp(`prefix: ${created.prefix}\n`))
  assert.ok(!listed.out.includes(created.key))

  assert.ok((await json('key', 'revoke', String(created.id))).revoked_at)
  assert.deepEqual((await client.get('/leads')).body, { message: 'API Key inválida.' })
})

test('a key may have its own rate, and an end, even one that is past', async () => {
  const account = String(await newAccount())
  const slow = await json('key', 'create', '--account', account, '--name', 'devagar', '--rate', '1')
  const client = clientOf(url, slow.key)
  assert.equal((await client.get('/leads')).status, 200)
  assert.equal((await client.get('/leads')).status, 429)

  const past = ['--expires-at', '2020-01-01T00:00:00Z']
  const old = await json('key', 'create', '--account', account, '--name', 'velha', ...past)
  assert.equal(old.expires_at, '2020-01-01T00:00:00.000Z')
  assert.deepEqual((await clientOf(url, old.key).get('/leads')).body, { message: 'API Key expirada.' })
})

test('suspending, activating and the plan are felt at the next request', async () => {
  const id = String(await newAccount())
  const { key } = await json('key', 'create', '--account', id, '--name', 'site')
  const client = clientOf(url, key)

  assert.equal((await json('account', 'suspend', id)).status, 'suspended')
  assert.deepEqual((await client.get('/leads')).body, { message: 'Conta inativa.' })
  assert.equal((await json('account', 'activate', id)).status, 'active')
  assert.equal((await client.post('/leads', { name: 'Ana' })).status, 201)

  const planned = await json('account', 'plan', id, 'free', '--max-leads', '1')
  assert.deepEqual(planned, {
    id: Number(id),
    name: 'ACME',
    plan: 'free',
    status: 'active',
    limits: { leads: 1 },
  })
  assert.equal((await client.post('/leads', { name: 'Bia' })).body.limit_reached, true)
  assert.equal((await json('account', 'plan', id, 'unlimited')).limits, undefined)
  assert.equal((await client.post('/leads', { name: 'Bia' })).status, 201)
})

test('user create gives a link, keeps the password to itself, and refuses a second of that address', async () => {
  const account = String(await newAccount())
  const ana = [
    'user',
    'create',
    '--account',
    account,
    '--name',
    'Ana',
    '--email',
    'Ana@Example.com',
    '--role',
    'manager',
  ]
  const made = await funilJson([...ana, '--password', 'segredo da Ana'], {
    ...env,
    FUNIL_PUBLIC_URL: 'https://crm.example.com/',
  })
  const { sign_in_link: link, ...user } = made
  assert.deepEqual(user, { id: user.id, name: 'Ana', email: 'ana@example.com', role: 'manager' })
  assert.match(link, /^https:\/\/crm\.example\.com\/sign-in\?token=\w{40}$/)
  const [listed] = await funilJson(['user', 'list', '--account', account], env)
  assert.deepEqual([listed.id, listed.email, listed.is_active], [user.id, 'ana@example.com', true])
  const renewed = await funilJson(['user', 'link', String(user.id), '--account', account], env)
  assert.match(renewed.sign_in_link, /\/sign-in\?token=\w{40}$/)
  assert.notEqual(renewed.sign_in_link, link)
  const again = await funil(ana, env)
  assert.deepEqual([again.code, again.out, again.err], [1, '', 'funil: The email has already been taken.\n'])
})

test('whatever is wrong is one line that says what, and the exit code says so too', async () => {
  const user = ['user', 'create', '--account', '1', '--name', 'A']
  const key = ['key', 'create', '--account', '1', '--name', 'A']
  const wrong: [string[], RegExp][] = [
    [['nosuch'], /unknown command 'nosuch'/],
    [
      ['account', 'create', '--name', 'A', '--plan', 'gold'],
      /no plan "gold".*free, starter, scale, unlimited/,
    ],
    [['account', 'suspend', 'abc'], /"abc" is not a whole number/],
    [[...user, '--email', 'a@b.c', '--role', 'boss'], /Allowed choices are admin, manager, viewer/],
    [[...user, '--email', 'nobody', '--role', 'admin'], /"nobody" is not an e-mail address/],
    [[...key, '--scopes', 'leads:read,leads:all'], /no scope "leads:all".*leads:write/],
    [[...key, '--rate', '0'], /at least 1/],
    [[...key, '--expires-at', 'yesterday'], /"yesterday" is not an ISO 8601 instant/],
    [['key', 'revoke', '999999'], /no such key; check the id/],
    [['serve', '--role', 'boss'], /Allowed choices are api, worker, all/],
  ]
  for (const [args, said] of wrong) {
    const { code, out, err } = await funil([...args, '--json'], env)
    assert.deepEqual([code, out], [1, ''], args.join(' '))
    assert.match(err, said)
    assert.match(err, /^funil: [^\n]+\n$/)
  }
})

test('every command explains itself', async () => {
  for (const command of ['', 'serve', 'key create']) {
    const { code, out } = await funil([...command.split(' ').filter(Boolean), '--help'], env)
    assert.equal(code, 0)
    assert.match(out, new RegExp(`^Usage: funil ${command}`))
  }
})

test('doctor looks at everything, and fails when something is wrong', async () => {
  const well = await json('doctor')
  assert.ok(well.length >= 5)
  for (const { ok, what } of well) assert.ok(ok, what)
  const ill = await funil(['doctor'], { DATABASE_URL: 'postgres://localhost:1/funil' })
  assert.equal(ill.code, 1)
  assert.match(ill.out, /^FAIL PostgreSQL at localhost:1 says no \(.*ECONNREFUSED.*$/m)
})
