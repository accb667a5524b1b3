import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Database, openDatabase } from '#platform/database.ts'
import { openEmbedded } from '#platform/embedded.ts'
import { migrate } from '#platform/migrate.ts'

const root = resolve(import.meta.dirname, '..')
const secondsToStart = 20

export type Ground = {
  database: Database
  /** Runs a server of its own process over the database; gives the port that it listens on. */
  serve(file: string, args: string[]): Promise<number>
  /** The same, for one that is to be stopped before the others. */
  start(file: string, args: string[]): Promise<{ port: number; stop(): Promise<unknown> }>
}

/** A PostgreSQL as it runs in production, and servers over it; nothing of it is left afterwards. */
export async function onGround<T>(work: (ground: Ground) => Promise<T>): Promise<T> {
  const workspace = await mkdtemp(join(tmpdir(), 'funil-bench-'))
  const postgres = await openEmbedded(workspace)
  const stops: (() => Promise<unknown>)[] = []
  try {
    await migrate(postgres.url)
    const database = openDatabase(postgres.url, { size: 4 })
    stops.push(database.close)
    const start = async (file: string, args: string[]) => {
      const server = await startServer(file, args, postgres.url, workspace)
      stops.push(server.stop)
      return server
    }
    const serve = async (file: string, args: string[]) => (await start(file, args)).port
    return await Promise.race([work({ database, serve, start }), interrupted()])
  } finally {
    for (const stop of stops.reverse()) await stop()
    await postgres.leave()
    await rm(workspace, { recursive: true, force: true })
  }
}

async function startServer(file: string, args: string[], databaseUrl: string, workspace: string) {
  const port = await freePort()
  const child = spawn(process.execPath, [resolve(root, file), ...args], {
    // What the server logs goes nowhere, but it is written, as in production.
    stdio: 'ignore',
    env: { ...process.env, DATABASE_URL: databaseUrl, PORT: String(port), FUNIL_DATA_DIR: workspace },
  })
  const gone = once(child, 'exit')
  const stop = async () => {
    child.kill('SIGTERM')
    await gone
  }
  for (let tries = 0; tries < secondsToStart * 10 && child.exitCode === null; tries++) {
    const isReady = await fetch(`http://127.0.0.1:${port}/readyz`).then(
      (answer) => answer.ok,
      () => false,
    )
    if (isReady) return { port, stop }
    await sleep(100)
  }
  await stop()
  throw new Error(`${file} did not start.`)
}

async function freePort() {
  const server = createServer().listen({ port: 0, host: '127.0.0.1' })
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  server.close()
  return port
}

async function interrupted(): Promise<never> {
  await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')])
  throw new Error('Interrupted.')
}
