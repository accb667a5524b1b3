import { once } from 'node:events'
import { realpath } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { type Cluster, prepareCluster } from './embedded-cluster.ts'
import { readPidFile, removeStale, whoIs } from './embedded-pid-file.ts'
import { lastComplaint, logOf, startServer, stopServer } from './embedded-server.ts'
import { OperatorError } from './operator-error.ts'

/** A connection that counts us among the server's users, for as long as it lasts. */
type Seat = { client: pg.Client; port: number; lost: Promise<unknown> }

const startingMs = 60_000
const failedStartsAllowed = 5
// Held shared by each process that uses the server; who gets it alone is the last one.
const seatLock = 439_924_484_460

/** A PostgreSQL of our own under the data directory: joined when it already runs, started when it does not. */
export async function openEmbedded(dataDir: string, options: { settings?: Record<string, string> } = {}) {
  const cluster = await prepareCluster(dataDir, options.settings ?? {})
  let seat = await takeSeat(cluster)
  const { port } = seat
  const leaving = new AbortController()
  const seated = keepSeat()
  let left: Promise<void> | undefined

  return {
    url: `postgres://funil:${cluster.password}@127.0.0.1:${port}/funil`,
    leave: () => (left ??= leave()),
  }

  async function keepSeat() {
    const goodbye = once(leaving.signal, 'abort')
    for (;;) {
      await Promise.race([seat.lost, goodbye])
      if (leaving.signal.aborted) return
      seat = (await returnToSeat(cluster, port)) ?? seat
      await sleep(1000, undefined, { signal: leaving.signal }).catch(() => {})
    }
  }

  async function leave() {
    leaving.abort()
    await seated
    await giveUpSeat(cluster, seat)
  }
}

async function takeSeat(cluster: Cluster, wantedPort?: number): Promise<Seat> {
  const { pgdata } = cluster
  const deadline = Date.now() + startingMs
  for (let failedStarts = 0; failedStarts < failedStartsAllowed && Date.now() < deadline; ) {
    const pidFile = await readPidFile(pgdata)
    const seat = pidFile && (await sitDown(cluster, pidFile.port))
    if (seat) return seat

    const who = pidFile ? await whoIs(pidFile.pid, pgdata) : 'nobody'
    if (pidFile && who === 'stranger') await removeStale(pgdata, pidFile)
    // Of 'unknown' PostgreSQL is the judge: it does not start twice on one directory.
    if (who !== 'ours' && !(await startServer(cluster, wantedPort))) failedStarts++
    await sleep(who === 'ours' ? 100 : 200 * failedStarts)
  }
  throw new OperatorError(
    `PostgreSQL did not start in ${pgdata} (${await lastComplaint(cluster)}). ` +
      `Its log ${logOf(cluster)} says why; set DATABASE_URL to use another.`,
  )
}

/** Undefined when nobody answers there, or somebody who does not serve our directory. */
async function sitDown(cluster: Cluster, port: number): Promise<Seat | undefined> {
  const client = new pg.Client({
    host: '127.0.0.1',
    port,
    user: 'funil',
    password: cluster.password,
    database: 'postgres',
    ssl: false,
    connectionTimeoutMillis: 5000,
    application_name: 'funil seat',
  })
  client.on('error', () => {})
  const lost = new Promise((resolve) => client.once('end', resolve))
  try {
    await client.connect()
    const { rows } = await client.query("select current_setting('data_directory') as directory")
    if ((await realpath(rows[0].directory)) !== (await realpath(cluster.pgdata))) throw new Error('not ours')
    await client.query('select pg_advisory_lock_shared($1)', [seatLock])
    await createDatabase(client)
    return { client, port, lost }
  } catch {
    await client.end().catch(() => {})
  }
}

async function createDatabase(client: pg.Client) {
  const { rowCount } = await client.query("select from pg_database where datname = 'funil'")
  if (rowCount) return
  await client.query('create database funil template template0').catch((error) => {
    // Another process made it in the meantime.
    if (error.code !== '42P04' && error.code !== '23505') throw error
  })
}

// PostgreSQL went away under us: back to the same port, since `url` is already in everybody's hands.
async function returnToSeat(cluster: Cluster, port: number): Promise<Seat | undefined> {
  const seat = await takeSeat(cluster, port).catch(() => undefined)
  if (!seat || seat.port === port) return seat
  await seat.client.end().catch(() => {})
}

async function giveUpSeat(cluster: Cluster, { client }: Seat) {
  try {
    await client.query('select pg_advisory_unlock_shared($1)', [seatLock])
    const { rows } = await client.query('select pg_try_advisory_lock($1) as last', [seatLock])
    // Our connection stays until the server is gone: whoever comes now waits for the lock, and starts anew.
    if (rows[0].last) await stopServer(cluster)
  } catch {
    // The server is gone already: nothing to give back.
  }
  await client.end().catch(() => {})
}
