import type { Command } from 'commander'
import { findAccount } from '#accounts/accounts.ts'
import { type Config, readConfig } from '#config.ts'
import type { Database } from '#platform/database.ts'
import { type Actor, inAccount, type Scope } from '#platform/scope.ts'
import { openStore } from '#store.ts'

export type Printing = { json?: boolean }

const operator: Actor = { type: 'system', id: null, name: 'command line' }

export const printing = (command: Command) =>
  command.option('--json', 'print one JSON object or array, and nothing else')

/** Prints what `work` gives, in one transaction of that account, which must exist. */
export const inAccountOf = (
  options: Printing,
  accountId: number,
  work: (scope: Scope, config: Config) => Promise<object>,
) =>
  withDatabase(options, ({ db }, config) =>
    inAccount(db, accountId, operator, async (scope) => {
      await findAccount(scope)
      return work(scope, config)
    }),
  )

/** Prints what `work` gives; the database is ours for as long as it takes, whether the server runs or not. */
export async function withDatabase(
  options: Printing,
  work: (database: Database, config: Config) => Promise<object>,
) {
  const config = readConfig()
  const store = await openStore(config)
  try {
    print(await work(store.database, config), options)
  } finally {
    await store.close()
  }
}

export function print(result: object, { json }: Printing, inWords = () => paragraphs(result)) {
  console.log(json ? JSON.stringify(result) : inWords())
}

function paragraphs(result: object) {
  const rows: object[] = Array.isArray(result) ? result : [result]
  if (rows.length === 0) return 'None.'
  const lines = (row: object) => Object.entries(row).map(([name, value]) => `${name}: ${shown(value)}`)
  return rows.map((row) => lines(row).join('\n')).join('\n\n')
}

function shown(value: unknown) {
  if (value instanceof Date) return value.toISOString()
  if (Array.isArray(value)) return value.join(', ')
  return typeof value === 'object' && value ? JSON.stringify(value) : String(value ?? '-')
}
