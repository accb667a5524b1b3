import assert from 'node:assert/strict'
import { type ChildProcess, execFileSync, type SpawnOptions, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, chown, mkdtemp, readFile, realpath, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { openEmbedded } from './embedded.ts'
import { OperatorError } from './operator-error.ts'

const settings = { fsync: 'off' }
const isRoot = process.getuid?.() === 0
const nobody = 65_534
// Undone before a test's folders are removed, so that one that fails does not hang.
const toUndo: (() => unknown)[] = []

test('a first start makes a database, others join it, and the last to leave stops it', async (t) => {
  const dataDir = await temporaryFolder(t)
  const first = await open(dataDir)
  const second = await open(dataDir)
  const child = await openInChild(dataDir)
  assert.equal(second.url, first.url)
  assert.equal(child.url, first.url)
  assert.match(first.url, /^postgres:\/\/funil:.+@127\.0\.0\.1:\d+\/funil$/)
  assert.deepEqual(await ask(first.url, "select upper('ação') as word"), [{ word: 'AÇÃO' }])

  await first.leave()
  await child.leave()
  await ask(second.url, 'select 1')
  await Promise.all([second.leave(), second.leave()])
  assert.deepEqual(await serversOf(dataDir), [])
  assert.equal((await stat(join(dataDir, 'postgres/funil.password'))).mode & 0o777, 0o600)
})

test('six processes that start at once share one server, and leave none behind', async (t) => {
  const dataDir = await temporaryFolder(t)
  const children = await Promise.all(Array.from({ length: 6 }, () => openInChild(dataDir)))
  assert.equal(new Set(children.map(({ url }) => url)).size, 1)
  await Promise.all(children.map(({ url }) => ask(url, 'select 1')))
  assert.equal((await serversOf(dataDir)).length, 1)

  await Promise.all(children.map(({ leave }) => leave()))
  assert.deepEqual(await serversOf(dataDir), [])
})

test('a killed process leaves the server to the next one, with its data', async (t) => {
  const dataDir = await temporaryFolder(t)
  const killed = await openInChild(dataDir, { detached: true })
  await ask(killed.url, 'create table kept (id int)')
  // Its whole process group, as a terminal's Ctrl-C would reach it.
  process.kill(-killed.process.pid!, 'SIGKILL')
  await once(killed.process, 'exit')

  const next = await open(dataDir)
  assert.equal(next.url, killed.url)
  assert.deepEqual(await ask(next.url, 'select count(*)::int as rows from kept'), [{ rows: 0 }])
  await next.leave()
  assert.deepEqual(await serversOf(dataDir), [])
})

test('a server that crashes comes back at the same address', async (t) => {
  const dataDir = await temporaryFolder(t)
  const server = await open(dataDir)
  await ask(server.url, 'create table kept (id int)')
  const pidFile = await readFile(join(dataDir, 'postgres/postmaster.pid'), 'utf8')
  process.kill(Number.parseInt(pidFile, 10), 'SIGKILL')

  const deadline = Date.now() + 10_000
  while (
    Date.now() < deadline &&
    (await ask(server.url, 'select from kept').catch(() => 'down')) === 'down'
  ) {
    await sleep(100)
  }
  assert.deepEqual(await ask(server.url, 'select from kept'), [])
  await server.leave()
  assert.deepEqual(await serversOf(dataDir), [])
})

test("a stale pid file that names a stranger's process and another server's port harms neither", async (t) => {
  const [dataDir, otherDir] = [await temporaryFolder(t), await temporaryFolder(t)]
  await (await open(dataDir)).leave()
  const other = await open(otherDir)
  const pgdata = join(await realpath(dataDir), 'postgres')
  const { uid, gid } = await stat(pgdata)
  // Of the same user, or PostgreSQL itself would see that it is not one of its own.
  const stranger = spawn('sleep', ['60'], { ...(isRoot && { uid, gid, cwd: '/' }) })
  toUndo.push(() => stranger.kill('SIGKILL'))
  const pidFile = join(pgdata, 'postmaster.pid')
  await writeFile(
    pidFile,
    `${stranger.pid}\n${pgdata}\n1\n${new URL(other.url).port}\n\n127.0.0.1\n\nready\n`,
  )
  await chown(pidFile, uid, gid)

  const server = await open(dataDir)
  assert.notEqual(server.url, other.url)
  await ask(server.url, 'select 1')
  await server.leave()
  await ask(other.url, 'select 1')
  await other.leave()
  assert.equal(stranger.exitCode ?? stranger.signalCode, null)
})

test('a data directory that this user cannot write is refused in one line', async (t) => {
  const dataDir = await temporaryFolder(t)
  await chmod(dataDir, 0o555)
  // root may write anywhere: an ordinary user has to try.
  const child = await openInChild(dataDir, isRoot ? { uid: nobody, gid: nobody, cwd: '/' } : {})
  if (child.refusal?.includes('EACCES')) return t.skip('this checkout is not readable by user nobody')
  assert.equal(
    child.refusal,
    `OperatorError: The data directory ${dataDir} cannot be written by this user. ` +
      'Give it to them with chown, or set FUNIL_DATA_DIR to another folder.',
  )
})

test('a database of another PostgreSQL, or of none, is refused and left as it is', async (t) => {
  const dataDir = await temporaryFolder(t)
  await (await open(dataDir)).leave()
  const version = join(dataDir, 'postgres/PG_VERSION')
  await writeFile(version, '17\n')
  await assert.rejects(openEmbedded(dataDir), (error) => {
    return error instanceof OperatorError && /is of PostgreSQL 17, and this Funil brings/.test(error.message)
  })
  await rm(version)
  await assert.rejects(openEmbedded(dataDir), /is not empty and holds no PostgreSQL database/)
  await stat(join(dataDir, 'postgres/base'))
})

test('root may keep its data below a folder that only root can enter', async (t) => {
  if (!isRoot) return t.skip('only root has this difficulty')
  const parent = await temporaryFolder(t)
  await chmod(parent, 0o700)
  const server = await open(join(parent, 'data'))
  await ask(server.url, 'select 1')
  await server.leave()
  assert.deepEqual(await serversOf(parent), [])
  const { uid, mode } = await stat(join(parent, 'data'))
  assert.deepEqual([uid, mode & 0o777], [0, 0o755])
})

test('a setting that PostgreSQL cannot start with is reported with its reason and its log', async (t) => {
  const dataDir = await temporaryFolder(t)
  await assert.rejects(openEmbedded(dataDir, { settings: { shared_buffers: 'plenty' } }), (error) => {
    return error instanceof OperatorError && /did not start .*errors.*funil\.log/.test(error.message)
  })
})

async function temporaryFolder(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'funil embedded '))
  await chmod(folder, 0o755)
  t.after(async () => {
    for (const undo of toUndo.splice(0)) await undo()
    for (const pid of await serversOf(folder)) process.kill(pid, 'SIGQUIT')
    while ((await serversOf(folder)).length) await sleep(50)
    await rm(folder, { recursive: true, force: true })
  })
  return folder
}

async function open(dataDir: string) {
  const server = await openEmbedded(dataDir, { settings })
  toUndo.push(server.leave)
  return server
}

/** The pids of the servers that run below this folder, whoever started them. */
async function serversOf(folder: string): Promise<number[]> {
  const inside = `-D ${await realpath(folder)}/`
  const processes = execFileSync('ps', ['-ww', '-eo', 'pid=,args='], { encoding: 'utf8' }).split('\n')
  return processes
    .filter((line) => line.includes(inside) && !/pg_ctl|initdb/.test(line))
    .map((line) => Number.parseInt(line, 10))
}

async function ask(url: string, query: string) {
  const client = new pg.Client(url)
  client.on('error', () => {})
  try {
    await client.connect()
    return (await client.query(query)).rows
  } finally {
    await client.end().catch(() => {})
  }
}

type Child = { process: ChildProcess; url: string; refusal?: string; leave(): Promise<void> }

async function openInChild(dataDir: string, options: SpawnOptions = {}): Promise<Child> {
  const script = `
    import { openEmbedded } from ${JSON.stringify(import.meta.resolve('./embedded.ts'))}
    const [dataDir, settings] = ${JSON.stringify([dataDir, settings])}
    try {
      const { url, leave } = await openEmbedded(dataDir, { settings })
      process.once('message', () => leave().then(() => process.disconnect()))
      process.send({ url })
    } catch (error) {
      process.send({ refusal: String(error) }, () => process.disconnect())
    }`
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'inherit', 'pipe', 'ipc'],
    ...options,
  })
  toUndo.push(() => child.kill('SIGKILL'))
  let complaints = ''
  child.stderr?.on('data', (text) => (complaints += text))
  const gone = once(child, 'exit').then(
    () => [{ refusal: complaints }],
    (error) => [{ refusal: String(error) }],
  )
  const [said] = await Promise.race([once(child, 'message'), gone])
  return {
    process: child,
    ...said,
    async leave() {
      child.send('leave')
      await gone
    },
  }
}
