import { resolve } from 'node:path'
import { runner } from 'node-pg-migrate'
import pg from 'pg'
import { OperatorError } from '#platform/operator-error.ts'

const dir = resolve(import.meta.dirname, '../../migrations')
const oldestVersion = 150_000
const migrationLock = 4_216_001

/** Brings the schema up to date; several processes may start at once, one does the work and the others wait. */
export async function migrate(databaseUrl: string) {
  const client = new pg.Client({ connectionString: databaseUrl, connectionTimeoutMillis: 10_000 })
  await client.connect()
  try {
    const { rows } = await client.query(`select current_setting('server_version_num')::int as version`)
    if (rows[0].version < oldestVersion) {
      throw new OperatorError('This PostgreSQL is too old: Funil needs version 15 or newer.')
    }
    await client.query('select pg_advisory_lock($1)', [migrationLock])
    await runner({
      dbClient: client,
      dir,
      direction: 'up',
      migrationsTable: 'migrations',
      noLock: true,
      log: () => {},
    })
  } finally {
    await client.end()
  }
}
