import { randomUUID } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'

// Loaded into every process of the suite: keeps each different SQL statement for test/last/statements.test.ts.
const directory = process.env.FUNIL_TEST_STATEMENTS
const statements = new Set<string>()
const { query } = pg.Client.prototype

pg.Client.prototype.query = function (this: pg.Client, ...args: unknown[]) {
  const [first] = args
  const text = typeof first === 'string' ? first : (first as { text?: string } | null)?.text
  if (text) statements.add(text)
  return (query as (...args: unknown[]) => unknown).apply(this, args)
} as typeof query

process.once('exit', () => {
  if (!directory || statements.size === 0) return
  try {
    writeFileSync(join(directory, `statements-${randomUUID()}.json`), JSON.stringify([...statements]))
  } catch {
    // The suite is already over and its folder gone.
  }
})
