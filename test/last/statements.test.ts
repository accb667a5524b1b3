import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { test } from 'node:test'
import pg from 'pg'
import { accountMissing, acrossAccounts } from './sql.ts'

const root = resolve(import.meta.dirname, '../..')

/** Why a statement may look at several accounts. A new reason is a decision, made here. */
const reasons = [
  'a key says which account it belongs to',
  'a provider’s hook names its number',
  'a session says which account it belongs to',
  'a sign-in link says which account it belongs to',
  'an e-mail address may belong to people of several',
  'deliveries are made for all',
  'hooks are read for all',
  'housekeeping',
  'media is fetched for all',
  'messages are sent for all',
  'panels are told for all',
  'sequences are run for all',
  'the command line',
]

// Migrations change every account at once, and are reviewed as such. They are heard when a test starts a server on
// a PostgreSQL of its own.
const migrations = globSync('migrations/*.sql', { cwd: root }).map((file) =>
  readFileSync(resolve(root, file), 'utf8').trim(),
)
const isMigration = (sql: string) => migrations.some((migration) => sql.trim().startsWith(migration))

const statements = new Set(
  globSync('statements-*.json', { cwd: process.env.FUNIL_TEST_STATEMENTS! })
    .flatMap(
      (file) => JSON.parse(readFileSync(join(process.env.FUNIL_TEST_STATEMENTS!, file), 'utf8')) as string[],
    )
    .filter((sql) => !isMigration(sql)),
)
const accountTables = await accountTablesOf(process.env.FUNIL_TEST_TEMPLATE!)

test('the suite was listened to', () => {
  assert.ok(accountTables.size > 10, `${accountTables.size} tables`)
  const onThem = [...statements].filter((sql) => [...accountTables].some((table) => sql.includes(table)))
  assert.ok(onThem.length > 60, `only ${onThem.length} statements`)
  const unheard = [...accountTables].filter((table) => !onThem.some((sql) => sql.includes(table)))
  assert.deepEqual(unheard, [])
})

test('every statement of the product on an account’s table carries its account', () => {
  const loose = [...statements].flatMap((sql) => {
    const problems = accountMissing(sql, accountTables)
    return problems.length > 0 ? [`${problems.join('; ')}\n${sql}`] : []
  })
  assert.equal(loose.length, 0, `${loose.length} statements:\n\n${loose.join('\n\n')}`)
})

test('statements across accounts have one of the known reasons', () => {
  const sources = globSync('server/**/*.ts', { cwd: root }).map((file) =>
    readFileSync(resolve(root, file), 'utf8'),
  )
  const written = sources.flatMap((text) =>
    [...text.matchAll(/-- across accounts: (.+)/g)].map((match) => match[1]!.trim()),
  )
  assert.deepEqual([...new Set(written)].toSorted(), reasons)
  const heard = new Set([...statements].flatMap((sql) => acrossAccounts(sql) ?? []))
  assert.deepEqual([...heard.difference(new Set(reasons))], [])
})

async function accountTablesOf(url: string) {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const { rows } = await client.query<{ name: string }>(
    `select table_name as name from information_schema.columns
     where table_schema = 'public' and column_name = 'account_id'`,
  )
  await client.end()
  return new Set(rows.map(({ name }) => name))
}
