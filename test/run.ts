import { spawn } from 'node:child_process'
import { globSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { openDatabase } from '#platform/database.ts'
import { openEmbedded } from '#platform/embedded.ts'
import { openJobs } from '#platform/jobs.ts'
import { migrate } from '#platform/migrate.ts'

// Everything: checks, then every test on one PostgreSQL, each file on its own clone of a migrated template;
// last the tests that look at what all the others did. With files as arguments: those alone.
const root = resolve(import.meta.dirname, '..')
const wanted = process.argv.slice(2)
const workspace = mkdtempSync(join(tmpdir(), 'funil-test-'))
const quick = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }

if (wanted.length === 0) await mustSucceed('npm', ['run', '--silent', 'check'])
if (wanted.length === 0 || wanted.some((file) => file.includes('panel'))) await buildPanelIfOlder()
const postgres = await openEmbedded(workspace, { settings: quick })
try {
  await makeTemplate(postgres.url)
  const env = {
    FUNIL_TEST_TEMPLATE: postgres.url,
    FUNIL_TEST_STATEMENTS: workspace,
    NODE_OPTIONS: `--import ${resolve(root, 'test/record-statements.ts')}`,
  }
  const files = wanted.length > 0 ? wanted : globSync('{server,test,demo}/**/*.test.ts', { cwd: root })
  const isLast = (file: string) => file.includes('test/last/')
  const first = files.filter((file) => !isLast(file)).sort()
  const last = files.filter(isLast)
  if (first.length > 0) await mustSucceed(process.execPath, ['--test', '--test-concurrency=3', ...first], env)
  if (last.length > 0) await mustSucceed(process.execPath, ['--test', ...last], { ...env, NODE_OPTIONS: '' })
} finally {
  await postgres.leave()
  rmSync(workspace, { recursive: true, force: true })
}

async function makeTemplate(url: string) {
  await migrate(url)
  const database = openDatabase(url, { size: 2 })
  const jobs = await openJobs(database, () => {})
  await jobs.stop({ graceful: false })
  await database.close()
}

/** The tests look at the panel as it is in the sources. */
async function buildPanelIfOlder() {
  const sources = globSync('panel/{src/**/*.*,*.*}', { cwd: root }).concat('docs/openapi.json')
  const generated = 'panel/src/api/types.ts'
  const changed = Math.max(...sources.filter((file) => file !== generated).map(changedAt))
  if (changed > changedAt('panel/dist/index.html'))
    await mustSucceed('npm', ['run', '--silent', 'panel:build'])
}

function changedAt(file: string) {
  return statSync(resolve(root, file), { throwIfNoEntry: false })?.mtimeMs ?? 0
}

async function mustSucceed(command: string, args: string[], env: Record<string, string> = {}) {
  const child = spawn(command, args, { cwd: root, stdio: 'inherit', env: { ...process.env, ...env } })
  const code = await new Promise((done) => child.once('exit', done))
  if (code !== 0) throw new Error(`${command} ${args.slice(0, 2).join(' ')} failed`)
}
