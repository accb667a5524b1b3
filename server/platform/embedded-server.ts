import { randomInt } from 'node:crypto'
import { readFile, rename, stat } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { type Cluster, writeOwned } from './embedded-cluster.ts'

const startAndStopSeconds = '60'
const fullLogBytes = 10_000_000

/** True once it answers; false when it did not start, be it because another process was quicker. */
export async function startServer(cluster: Cluster, wantedPort?: number): Promise<boolean> {
  const { pgdata, binaries, runner } = cluster
  const port = await freePort(cluster, wantedPort)
  if (!port) return false
  await writeOwned(runner, join(pgdata, 'funil.conf'), configuration(port, cluster.settings))
  await setAsideFullLog(logOf(cluster))
  // pg_ctl gives the server a session of its own: it outlives a kill of ours and the terminal's Ctrl-C.
  const args = ['start', '-w', '-s', '-t', startAndStopSeconds, '-D', pgdata, '-l', logOf(cluster)]
  const { code } = await runner.run(binaries.pg_ctl, args, pgdata)
  return code === 0
}

export async function stopServer({ pgdata, binaries, runner }: Cluster) {
  await runner.run(
    binaries.pg_ctl,
    ['stop', '-w', '-s', '-m', 'fast', '-t', startAndStopSeconds, '-D', pgdata],
    pgdata,
  )
}

export const logOf = ({ pgdata }: Cluster) => join(pgdata, 'funil.log')

/** The last thing that PostgreSQL complained of, for a message that must say why. */
export async function lastComplaint(cluster: Cluster): Promise<string> {
  const lines = (await readFile(logOf(cluster), 'utf8').catch(() => '')).split('\n')
  return lines.findLast((line) => /FATAL|PANIC/.test(line))?.replace(/^.*?(FATAL|PANIC):\s*/, '') ?? ''
}

// The port of last time first: processes that return after a crash must all find the address they had.
async function freePort({ pgdata }: Cluster, wantedPort?: number): Promise<number | undefined> {
  if (wantedPort) return (await isFree(wantedPort)) ? wantedPort : undefined
  const before = await readFile(join(pgdata, 'funil.conf'), 'utf8').catch(() => '')
  const last = Number(/^port = '(\d+)'$/m.exec(before)?.[1])
  if (last && (await isFree(last))) return last
  for (let tries = 0; tries < 100; tries++) {
    // Below the ports that systems lend to outgoing connections, or one of those could sit on it after a crash.
    const port = randomInt(20_000, 32_000)
    if (await isFree(port)) return port
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => server.close(() => resolve(true)))
  })
}

function configuration(port: number, settings: Record<string, string>): string {
  const all: Record<string, string> = {
    cluster_name: 'funil',
    listen_addresses: '127.0.0.1',
    port: String(port),
    // The path of a socket may have no more than about 100 characters; that of a data directory may.
    unix_socket_directories: '',
    max_connections: '200',
    shared_buffers: '256MB',
    max_parallel_workers_per_gather: '0',
    random_page_cost: '1.1',
    timezone: 'UTC',
    log_timezone: 'UTC',
    log_min_messages: 'warning',
    // Without the detail, which would put people's phone numbers into the log.
    log_error_verbosity: 'terse',
    ...settings,
  }
  return Object.entries(all)
    .map(([name, value]) => `${name} = '${value.replaceAll("'", "''")}'\n`)
    .join('')
}

async function setAsideFullLog(log: string) {
  const found = await stat(log).catch(() => undefined)
  if (found && found.size > fullLogBytes) await rename(log, `${log}.old`)
}
