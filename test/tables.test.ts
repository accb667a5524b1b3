import assert from 'node:assert/strict'
import { globSync } from 'node:fs'
import { resolve } from 'node:path'
import { test } from 'node:test'
import { is } from 'drizzle-orm'
import { getTableConfig, PgTable } from 'drizzle-orm/pg-core'
import { freshDatabase } from './harness.ts'

const root = resolve(import.meta.dirname, '..')
const { database } = await freshDatabase()
const accountTables = await accountTablesOf()

/** Tables that are found by a secret alone, before it is known whose it is. */
const keyedOtherwise: Record<string, string> = {
  sign_in_links: 'the token says which account it belongs to',
  sessions: 'the token says which account it belongs to',
}

test('each table in the code is the table in the database', async () => {
  const declared = await declaredTables()
  assert.ok(declared.length > 10)
  for (const table of declared) {
    const { name, columns } = getTableConfig(table)
    const here = columns.map(({ name, notNull, getSQLType }, n) => ({
      name,
      type: getSQLType.call(columns[n]),
      required: notNull,
    }))
    const { rows: there } = await database.pool.query(
      `select attname as name, replace(format_type(atttypid, null), ' without time zone', '') as type, attnotnull as required
       from pg_attribute where attrelid = to_regclass($1) and attnum > 0 and not attisdropped`,
      [name],
    )
    assert.deepEqual(here.toSorted(byName), there.toSorted(byName), name)
  }
})

test('the primary key of every account’s table begins with the account', async () => {
  const { rows } = await database.pool.query<{ table: string; first: string }>(
    `select c.conrelid::regclass::text as "table", a.attname as first
     from pg_constraint c join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
     where c.contype = 'p' and c.connamespace = 'public'::regnamespace`,
  )
  const firsts = new Map(rows.map(({ table, first }) => [table, first]))
  const others = accountTables.filter((table) => firsts.get(table) !== 'account_id')
  assert.deepEqual(others.toSorted(), Object.keys(keyedOtherwise).toSorted())
})

test('every reference from an account’s table carries the account', async () => {
  const { rows } = await database.pool.query<{ name: string; from: string; to: string; pairs: string[] }>(
    `select c.conname as name, c.conrelid::regclass::text as "from", c.confrelid::regclass::text as "to",
       array_agg(f.attname || ' ' || t.attname) as pairs
     from pg_constraint c
     cross join unnest(c.conkey, c.confkey) as k (source, target)
     join pg_attribute f on f.attrelid = c.conrelid and f.attnum = k.source
     join pg_attribute t on t.attrelid = c.confrelid and t.attnum = k.target
     where c.contype = 'f' and c.connamespace = 'public'::regnamespace
     group by c.oid`,
  )
  assert.ok(rows.length > 10)
  for (const { name, from, to, pairs } of rows) {
    const [source, target] = [from, to].map((table) => (table === 'accounts' ? 'id' : 'account_id'))
    assert.ok(pairs.includes(`${source} ${target}`), `${name} (${from} → ${to}) leaves the account out`)
  }
})

async function declaredTables() {
  const files = globSync('server/**/tables.ts', { cwd: root })
  const modules = await Promise.all(files.map((file) => import(resolve(root, file))))
  return modules.flatMap((module) =>
    Object.values(module).filter((each): each is PgTable => is(each, PgTable)),
  )
}

async function accountTablesOf() {
  const { rows } = await database.pool.query<{ name: string }>(
    `select table_name as name from information_schema.columns
     where table_schema = 'public' and column_name = 'account_id'`,
  )
  assert.ok(rows.length > 10)
  return rows.map(({ name }) => name)
}

function byName(a: { name: string }, b: { name: string }) {
  return a.name < b.name ? -1 : 1
}
