import { sql } from 'drizzle-orm'
import type { NodePgQueryResultHKT } from 'drizzle-orm/node-postgres'
import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres'
import type { PgTransaction } from 'drizzle-orm/pg-core'
import pg from 'pg'

type Empty = Record<string, never>
/** What statements run on: the pool, or one transaction of it. */
export type Handle = NodePgDatabase<Empty> | PgTransaction<NodePgQueryResultHKT, Empty, Empty>

export type Database = { pool: pg.Pool; db: NodePgDatabase<Empty>; close(): Promise<void> }

/** How late a commit can be: nobody's transaction lives longer. */
export const longestTransactionMs = 120_000
const longestStatementMs = 30_000
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
    onConnect: limitTransactions,
  })
  // A connection that breaks fails its query and is replaced; without listeners it would end the process.
  pool.on('error', () => {})
  pool.on('connect', (client) => client.on('error', () => {}))
  return { pool, db: drizzle(pool), close: () => pool.end() }
}

/** Takes the limit off one transaction: for what an operator starts, and nobody else waits for. */
export const mayTakeLong = (db: Handle) =>
  db.execute(sql`select set_config('transaction_timeout', '0', true)
    where current_setting('server_version_num')::int >= 170000`)

// From PostgreSQL 17 on; older ones end long statements and idle transactions only.
async function limitTransactions(client: pg.ClientBase) {
  await client.query(`select set_config('transaction_timeout', '${longestTransactionMs}', false)
    where current_setting('server_version_num')::int >= 170000`)
}
