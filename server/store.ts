import { type Config, ensureDataDir } from '#config.ts'
import { type Database, openDatabase } from '#platform/database.ts'
import { openEmbedded } from '#platform/embedded.ts'
import { migrate } from '#platform/migrate.ts'
import { OperatorError } from '#platform/operator-error.ts'

export type Store = { database: Database; close(): Promise<void> }

/** The database, up to date: the operator's own, or the embedded one for as long as we need it. */
export async function openStore({ databaseUrl, dataDir, poolSize }: Config): Promise<Store> {
  const embedded = databaseUrl ? null : await openEmbedded(ensureDataDir(dataDir))
  const url = databaseUrl ?? embedded!.url
  try {
    await migrate(url)
  } catch (error) {
    await embedded?.leave()
    throw embedded ? error : refusedBy(url, error)
  }
  const database = openDatabase(url, { size: poolSize })
  return {
    database,
    async close() {
      await database.close()
      await embedded?.leave()
    },
  }
}

/** What the operator's own PostgreSQL says, with what to do about it. */
function refusedBy(databaseUrl: string, error: unknown) {
  if (error instanceof OperatorError) return error
  const { code, reason } = saidBy(error)
  const { host, pathname } = new URL(databaseUrl)
  return new OperatorError(
    `PostgreSQL at ${host || 'its socket'} says no (${reason}). ${adviceOn(code, pathname.slice(1))}`,
  )
}

function adviceOn(code: string, database: string) {
  switch (code) {
    case '28P01':
    case '28000':
      return 'Check the user and the password in DATABASE_URL.'
    case '3D000':
      return `Create it with: createdb ${database}, or name another in DATABASE_URL.`
    case '42501':
      return `Give the database to the user of DATABASE_URL: ALTER DATABASE ${database} OWNER TO that user.`
    case '0A000':
    case '58P01':
      return 'Install the extensions that come with PostgreSQL (often a package named postgresql-contrib).'
    case '53300':
      return 'Raise its max_connections, or lower FUNIL_POOL_SIZE.'
    case '57P03':
      return 'Try again when it has started.'
    default:
      return 'Check that it runs, and the host and port in DATABASE_URL.'
  }
}

function saidBy(error: unknown): { code: string; reason: string } {
  const { errors, code = '', message } = error as Error & { code?: string; errors?: Error[] }
  // Several addresses of one host fail together.
  if (errors?.[0]) return saidBy(errors[0])
  // The migrator hands on what the driver threw as text alone.
  const reason = message.split('\n', 1)[0]!.replace(/^.*: error: /, '')
  return { code: code || (reason.startsWith('permission denied') ? '42501' : ''), reason }
}
