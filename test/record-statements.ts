import { randomUUID } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'

// Loaded into every process of the suite: keeps each different SQL statement for test/last/statements.test.ts.
// What a test itself asks of the pool or a client begins with `-- test` from here on, and is not kept.
const directory = process.env.FUNIL_TEST_STATEMENTS
const statements = new Set<string>()
const mark = '-- test'
const here = import.meta.filename
const isTest = /\.test\.ts$|\/(test|bench)\//

type Query = (...args: unknown[]) => unknown
const ofPool = pg.Pool.prototype.query as Query
const ofClient = pg.Client.prototype.query as Query

pg.Pool.prototype.query = function (this: pg.Pool, ...args: unknown[]) {
  return ofPool.apply(this, marked(args))
} as typeof pg.Pool.prototype.query

pg.Client.prototype.query = function (this: pg.Client, ...args: unknown[]) {
  const told = marked(args)
  const text = textOf(told[0])
  if (text && !text.startsWith(mark)) statements.add(text)
  return ofClient.apply(this, told)
} as typeof pg.Client.prototype.query

const textOf = (query: unknown) =>
  typeof query === 'string' ? query : (query as { text?: string } | null)?.text

function marked(args: unknown[]): unknown[] {
  const [query, ...rest] = args
  const text = textOf(query)
  if (!text || text.startsWith(mark) || !isTest.test(callingFile() ?? '')) return args
  const own = `${mark}\n${text}`
  return [typeof query === 'string' ? own : { ...(query as object), text: own }, ...rest]
}

/** The file of ours that called, here and now: what merely awaits an answer is not the one that asks. */
function callingFile() {
  const { prepareStackTrace, stackTraceLimit } = Error
  Error.stackTraceLimit = 30
  Error.prepareStackTrace = (_, sites) => sites
  const sites = new Error().stack as unknown as NodeJS.CallSite[]
  Object.assign(Error, { prepareStackTrace, stackTraceLimit })
  return sites
    .filter((site) => !site.isAsync())
    .map((site) => (site.getFileName() ?? '').replace('file://', ''))
    .find((file) => file.startsWith('/') && file !== here && !file.includes('/node_modules/'))
}

process.once('exit', () => {
  if (!directory || statements.size === 0) return
  try {
    writeFileSync(join(directory, `statements-${randomUUID()}.json`), JSON.stringify([...statements]))
  } catch {
    // The suite is already over and its folder gone.
  }
})
