import { routes } from '#api.ts'
import type { Config } from '#config.ts'
import { addPages } from '#http/pages.ts'
import { buildHttp } from '#http/server.ts'
import { type Database, openDatabase } from '#platform/database.ts'
import { openEmbedded } from '#platform/embedded.ts'
import { openJobs, runSchedules } from '#platform/jobs.ts'
import { migrate } from '#platform/migrate.ts'
import { OperatorError } from '#platform/operator-error.ts'
import { schedulesOf } from '#worker.ts'
import manifest from '../package.json' with { type: 'json' }

export type Role = 'api' | 'worker' | 'all'

/** The database, up to date: the operator's own, or the embedded one for as long as we need it. */
export async function openStore(config: Config): Promise<{ database: Database; close(): Promise<void> }> {
  const embedded = config.databaseUrl ? null : await openEmbedded(config.dataDir)
  const url = config.databaseUrl ?? embedded!.url
  try {
    await migrate(url)
  } catch (error) {
    await embedded?.leave()
    throw config.databaseUrl ? unreachable(config.databaseUrl, error) : error
  }
  const database = openDatabase(url, { size: config.poolSize })
  return {
    database,
    async close() {
      await database.close()
      await embedded?.leave()
    },
  }
}

/** Opens what the role needs and serves until `close`, which finishes what was begun. */
export async function startServer(config: Config, database: Database, role: Role) {
  const app = await buildHttp(database, role === 'worker' ? [] : routes, config)
  if (role !== 'worker')
    await addPages(app, database, routes, { version: manifest.version, publicUrl: config.publicUrl })
  try {
    await app.listen({ port: config.port, host: config.host })
  } catch (error) {
    await app.close()
    throw notListening(config, error)
  }
  const jobs =
    role === 'api' ? null : await openJobs(database, (error) => app.log.error({ err: error }, 'jobs'))
  if (jobs) await runSchedules(jobs, schedulesOf(database))
  return {
    app,
    async close() {
      await app.close()
      await jobs?.stop({ graceful: true })
    },
  }
}

function notListening({ port, host }: Config, error: unknown) {
  switch ((error as NodeJS.ErrnoException).code) {
    case 'EADDRINUSE':
      return new OperatorError(
        `Port ${port} is taken. Stop what uses it, or choose another: PORT=${port + 1} npm start`,
      )
    case 'EACCES':
      return new OperatorError(
        `Port ${port} needs more rights than this user has. Choose one above 1023: PORT=3000 npm start`,
      )
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return new OperatorError(
        `This machine has no address ${host}. Set HOST to one that it has, such as 0.0.0.0.`,
      )
    default:
      return error
  }
}

function unreachable(databaseUrl: string, error: unknown) {
  if (error instanceof OperatorError) return error
  const { host } = URL.canParse(databaseUrl) ? new URL(databaseUrl) : { host: 'that address' }
  const { code, message } = error as { code?: string; message: string }
  return new OperatorError(`PostgreSQL at ${host} says no (${message || code}). Check DATABASE_URL.`)
}
