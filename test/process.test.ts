import assert from 'node:assert/strict'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { join } from 'node:path'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { readConfig } from '#config.ts'
import { funil, funilJson, startServer, temporaryDataDir } from './children.ts'
import { clientOf, freshDatabase, newAccount } from './harness.ts'

const { url: databaseUrl, database } = await freshDatabase()
const env = { DATABASE_URL: databaseUrl }

test('on an empty directory: two first starts at once, a kill, a new start, and everything is as it was', async () => {
  const dataDir = temporaryDataDir()
  const own = { DATABASE_URL: '', FUNIL_DATA_DIR: dataDir, FUNIL_SECRET: '' }
  const servers = await Promise.all([startServer(own), startServer(own)])
  const [first] = servers.filter(({ hello }) => hello.key)
  const [second] = servers.filter(({ hello }) => !hello.key)
  assert.ok(first && second, 'one of them makes the first account and tells its key')
  assert.match(first.hello.sign_in_link, new RegExp(`^${first.url}/sign-in\\?token=\\w+$`))
  const lead = await clientOf(second.url, first.hello.key).post('/leads', { name: 'João' })
  assert.equal(lead.status, 201)

  const taken = await funil(['serve'], { ...own, PORT: new URL(first.url).port })
  assert.equal(taken.code, 1)
  assert.match(taken.err, /^funil: Port \d+ is taken\. [^\n]*\n$/m)

  assert.equal((await funilJson(['account', 'list'], own)).length, 1)
  first.signal('SIGTERM')
  assert.equal((await first.ended).code, 0)
  second.signal('SIGKILL')
  await second.ended

  const third = await startServer(own)
  assert.deepEqual([third.hello.key, third.hello.sign_in_link], [null, null])
  const kept = await clientOf(third.url, first.hello.key).get(`/leads/${lead.body.lead.id}`)
  assert.deepEqual(kept.body.lead, lead.body.lead)
  third.signal('SIGINT')
  assert.equal((await third.ended).code, 0)

  assert.equal((await funilJson(['account', 'list'], own))[0].name, 'Minha empresa')
})

test('told to stop, it answers the request under way, takes no new one, and ends well', async () => {
  const server = await startServer(env)
  const { key, post, put, scope } = await newAccount(server.url, database)
  const lead = (await post('/leads', { name: 'Ana' })).body.lead
  const blocker = await database.pool.connect()
  await blocker.query('begin')
  await blocker.query('select from leads where account_id = $1 and id = $2 for update', [
    scope.accountId,
    lead.id,
  ])

  const slow = put(`/leads/${lead.id}`, { name: 'Ana Paula' })
  await waiting(1)
  // A Ctrl-C arrives twice when npm passes it on.
  server.signal('SIGINT')
  server.signal('SIGINT')
  await refused(server.url)
  await blocker.query('commit')
  blocker.release()

  const { status, body } = await slow
  assert.deepEqual([status, body.lead.name], [200, 'Ana Paula'])
  const { code, err } = await server.ended
  assert.equal(code, 0)
  assert.match(err, /Stopping: finishing what was begun/)
  assert.ok(!err.includes(key))
})

test('npm start passes on that it is to stop, and nothing of it stays', async () => {
  // The machine's own npm may run an older Node, which cannot load what the suite records statements with.
  const server = await startServer({ ...env, NODE_OPTIONS: '' }, ['npm', 'start', '--silent', '--'])
  server.signal('SIGTERM')
  assert.equal((await server.ended).code, 0)
  await refused(server.url)
})

test('a database that cannot be used is one line that says what to do', async () => {
  const at = (change: (url: URL) => void) => {
    const url = new URL(databaseUrl)
    change(url)
    return url.href
  }
  const wrong: [string, RegExp][] = [
    [
      at((url) => (url.password = 'wrong')),
      /password authentication failed.*Check the user and the password/,
    ],
    [at((url) => (url.pathname = 'nowhere')), /"nowhere" does not exist.*createdb nowhere/],
    [at((url) => (url.port = '1')), /ECONNREFUSED.*Check that it runs/],
    [at((url) => (url.hostname = 'nowhere.invalid')), /nowhere\.invalid.*Check that it runs/],
  ]
  for (const [url, said] of wrong) {
    const { code, out, err } = await funil(['account', 'list'], { DATABASE_URL: url })
    assert.deepEqual([code, out], [1, ''])
    assert.match(err, said)
    assert.match(err, /^funil: [^\n]+\n$/)
    assert.ok(!err.includes('wrong@'))
  }
})

test('settings that make no sense are refused in one line', async () => {
  const wrong: [Record<string, string>, RegExp][] = [
    [{ PORT: '65536' }, /^PORT must be a whole number from 0 to 65535, not "65536"\.$/],
    [{ LOG_LEVEL: 'loud' }, /^LOG_LEVEL must be one of fatal, .*, not "loud"\.$/],
    [{ FUNIL_TRUST_PROXY: 'yes' }, /^FUNIL_TRUST_PROXY must be one of 0, 1, not "yes"\.$/],
    [{ FUNIL_PUBLIC_URL: 'localhost:3000' }, /^FUNIL_PUBLIC_URL must be a full address/],
    [{ FUNIL_CORS_ORIGINS: 'https://a.com,*' }, /^FUNIL_CORS_ORIGINS must be origins.*"\*" is none\.$/],
    [{ DATABASE_URL: 'mysql://root:secret@localhost/crm' }, /^DATABASE_URL must look like postgres:[^\n]*$/],
  ]
  for (const [settings, said] of wrong)
    assert.throws(() => readConfig(settings), { name: 'OperatorError', message: said })
  const { code, err } = await funil(['serve'], { ...env, PORT: 'abc' })
  assert.deepEqual([code, err], [1, 'funil: PORT must be a whole number from 0 to 65535, not "abc".\n'])
})

test('a data directory, a secret or a port that cannot be used is told in one line', async (t) => {
  const dataDir = temporaryDataDir()
  const file = join(dataDir, '../file')
  writeFileSync(file, '')
  const stranger = createServer().listen(0, '127.0.0.1')
  await once(stranger, 'listening')
  t.after(() => stranger.close())
  const { port } = stranger.address() as { port: number }

  const wrong: [Record<string, string>, RegExp][] = [
    [{ DATABASE_URL: '', FUNIL_DATA_DIR: file }, /data directory .* \(not a directory\).*set FUNIL_DATA_DIR/],
    [{ FUNIL_SECRET: 'short' }, /FUNIL_SECRET must have 32 characters/],
    [{ PORT: String(port) }, new RegExp(`Port ${port} is taken`)],
    [{ HOST: 'nowhere.invalid' }, /no address nowhere\.invalid/],
  ]
  for (const [settings, said] of wrong) {
    const { code, out, err } = await funil(['serve'], { ...env, PORT: '0', ...settings })
    assert.deepEqual([code, out], [1, ''])
    assert.match(err, said)
    // Beside the line that tells what it was about to do.
    assert.match(err, /^[^\n]*PostgreSQL[^\n]*…\nfunil: [^\n]+\n$/)
  }
})

/** Until that many statements wait for a lock. */
async function waiting(count: number) {
  for (let tries = 0; tries < 200; tries++) {
    const { rows } = await database.pool.query(
      "select count(*)::int as n from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
    )
    if (rows[0].n === count) return
    await sleep(25)
  }
  assert.fail('nothing waits for a lock')
}

async function refused(url: string) {
  const { hostname, port } = new URL(url)
  for (let tries = 0; tries < 200; tries++) {
    const socket = connect(Number(port), hostname === 'localhost' ? '127.0.0.1' : hostname)
    const outcome = await Promise.race([
      once(socket, 'connect').then(() => 'taken'),
      once(socket, 'error').then(() => 'refused'),
    ]).catch(() => 'refused')
    socket.destroy()
    if (outcome === 'refused') return
    await sleep(25)
  }
  assert.fail('new connections are still taken')
}
