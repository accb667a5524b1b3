import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after } from 'node:test'
import pg from 'pg'
import { createKey } from '#accounts/keys/keys.ts'
import type { PlanName } from '#accounts/plans.ts'
import { routes } from '#api.ts'
import { addPages } from '#http/pages.ts'
import { buildHttp, type HttpOptions } from '#http/server.ts'
import { createBell } from '#platform/bell.ts'
import { type Database, openDatabase } from '#platform/database.ts'
import { createFiles } from '#platform/files.ts'
import { createNetwork } from '#platform/network.ts'
import type { Actor, Scope } from '#platform/scope.ts'
import type { Watch } from '#platform/watch.ts'
import { foundAccount } from '#setup.ts'
import { addHookEndpoints } from '#whatsapp/inbox/endpoints.ts'
import { startMedia } from '#whatsapp/inbox/media-fetch.ts'
import { startInbox } from '#whatsapp/inbox/reader.ts'
import { startOutbox } from '#whatsapp/outbox/worker.ts'
import { type Reply, request } from './request.ts'

export const tester: Actor = { type: 'system', id: null, name: 'test' }

/** A database of its own for one test file: a clone of the migrated template, dropped at the end. Call it outside of hooks. */
export async function freshDatabase(): Promise<{ url: string; database: Database }> {
  const { drop, ...fresh } = await cloneDatabase()
  after(drop)
  return fresh
}

async function cloneDatabase() {
  const template = process.env.FUNIL_TEST_TEMPLATE
  if (!template) throw new Error('Run tests with: npm test [-- file …]')
  const name = `test_${randomUUID().replaceAll('-', '')}`
  await administrate(template, (client, source) => client.query(`create database ${name} template ${source}`))
  const url = new URL(template)
  url.pathname = name
  const database = openDatabase(url.href, { size: 8 })
  async function drop() {
    await database.close()
    await administrate(template!, (client) => client.query(`drop database ${name} with (force)`))
  }
  return { url: url.href, database, drop }
}

const publicUrl = 'http://localhost'
export const testSecret = 'a secret for tests, and long enough'
/** Nobody at Meta is asked: a test that needs an answer brings its own simulator. */
const noGraph = { url: 'http://127.0.0.1:9', version: 'v25.0', mediaOrigins: [] }
/** Files of one test process, gone with it. */
const dataDir = mkdtempSync(join(tmpdir(), 'funil-test-'))
process.on('exit', () => rmSync(dataDir, { recursive: true, force: true }))

export const httpOptions: HttpOptions = {
  corsOrigins: [],
  trustProxy: false,
  logLevel: 'silent',
  publicUrl,
  secret: () => testSecret,
  allowPrivateWebhooks: true,
  graph: noGraph,
  network: createNetwork({ timeoutMs: 5_000, allowPrivate: true }),
  files: createFiles({ dataDir, s3: null }),
}

type AppOptions = Partial<HttpOptions> & {
  /** Whatever works in the background works beside it. */
  workers?: boolean
}

/** A server of its own, on real HTTP, over a database of its own. Call it outside of hooks. */
export async function startApp({ workers = false, ...options }: AppOptions = {}) {
  const { url: databaseUrl, database, drop } = await cloneDatabase()
  const afterWrite = options.afterWrite ?? (workers ? createBell(database.pool) : undefined)
  const given = { ...httpOptions, ...options, afterWrite }
  const app = await buildHttp(database, routes, given)
  await addPages(app, routes, '0.0.0-test')
  await addHookEndpoints(app, { database, outside: given, afterWrite })
  const running = workers ? startWorkers(database, given) : []
  const url = await app.listen({ port: 0, host: '127.0.0.1' })
  after(async () => {
    await app.close()
    await Promise.all(running.map((worker) => worker.stop()))
    await drop()
  })
  return {
    app,
    url,
    databaseUrl,
    database,
    newAccount: (made?: NewAccount) => newAccount(url, database, made),
    /** One more process, as it were: it stops before the database goes. */
    runs(worker: Watch) {
      running.push(worker)
    },
  }
}

function startWorkers(database: Database, { afterWrite, ...outside }: HttpOptions): Watch[] {
  const onTrouble = (error: unknown) => {
    throw error
  }
  const options = { database, outside, files: outside.files, afterWrite, onTrouble }
  return [startInbox(options), startOutbox(options), startMedia(options)]
}
export type App = Awaited<ReturnType<typeof startApp>>

type NewAccount = { name?: string; plan?: PlanName; scopes?: string[]; rateLimit?: number }

/** An account with a key that no rate stops, and a client that speaks with it. */
export async function newAccount(url: string, database: Database, made: NewAccount = {}) {
  const { name = 'ACME', plan = 'unlimited', scopes, rateLimit = 1_000_000 } = made
  const account = await foundAccount(database.db, { name, plan })
  const scope: Scope = { accountId: account.id, actor: tester, db: database.db, requestId: null }
  const { key } = await createKey(scope, { name: 'test', scopes, rateLimit })
  return { account, scope, key, ...clientOf(url, key) }
}

export function clientOf(url: string, key: string) {
  const call =
    (method: string) =>
    (path: string, body?: unknown, headers: Record<string, string> = {}) =>
      request(url, method, `/api/v1${path}`, { body, headers: { 'x-api-key': key, ...headers } })
  return {
    get: (path: string, headers?: Record<string, string>): Promise<Reply> =>
      call('GET')(path, undefined, headers),
    post: call('POST'),
    put: call('PUT'),
    patch: call('PATCH'),
    delete: call('DELETE'),
  }
}

async function administrate(template: string, work: (client: pg.Client, source: string) => Promise<unknown>) {
  const url = new URL(template)
  const source = url.pathname.slice(1)
  url.pathname = 'postgres'
  const client = new pg.Client({ connectionString: url.href })
  await client.connect()
  try {
    await work(client, source)
  } finally {
    await client.end()
  }
}
