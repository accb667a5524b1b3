import type { NodePgQueryResultHKT } from 'drizzle-orm/node-postgres'
import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres'
import type { PgTransaction } from 'drizzle-orm/pg-core'
import pg from 'pg'

type Empty = Record<string, never>
/** What statements run on: the pool, or one transaction of it. */
export type Handle = NodePgDatabase<Empty> | PgTransaction<NodePgQueryResultHKT, Empty, Empty>

export type Database = { pool: pg.Pool; db: NodePgDatabase<Empty>; close(): Promise<void> }

/** No transaction lives longer than this, so sync knows how late a commit can be. */
export const longestStatementMs = 30_000
const longestIdleInTransactionMs = 15_000
const longestLockWaitMs = 10_000

// Ids, counts and money as numbers, calendar days as text: sums and rounding happen in the database.
pg.types.setTypeParser(pg.types.builtins.INT8, Number)
pg.types.setTypeParser(pg.types.builtins.NUMERIC, Number)
pg.types.setTypeParser(pg.types.builtins.DATE, (text) => text)

export function openDatabase(url: string, { size = 10, name = 'funil' } = {}): Database {
  const pool = new pg.Pool({
    connectionString: url,
    max: size,
    application_name: name,
    options: '-c timezone=UTC',
    statement_timeout: longestStatementMs,
    idle_in_transaction_session_timeout: longestIdleInTransactionMs,
    lock_timeout: longestLockWaitMs,
    connectionTimeoutMillis: 10_000,
  })
  // An idle connection that breaks is replaced by the pool; without a listener it would end the process.
  pool.on('error', () => {})
  return { pool, db: drizzle(pool), close: () => pool.end() }
}
