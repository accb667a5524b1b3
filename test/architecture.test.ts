import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { posix, resolve } from 'node:path'
import { test } from 'node:test'
import { routes } from '#api.ts'
import { buildHttp } from '#http/server.ts'
import type { Permission } from '#platform/route.ts'
import { freshDatabase, httpOptions } from './harness.ts'

const root = resolve(import.meta.dirname, '..')

/** A folder or file imports itself and what stands before it. */
const order = [
  'platform',
  'config.ts',
  'events',
  'accounts',
  'http',
  'pipelines',
  'fields',
  'leads',
  'tasks',
  'conversations',
  'whatsapp',
  'sequences',
  'views',
  'webhooks',
  'imports',
  'reports',
  'setup.ts',
  'api.ts',
  'worker.ts',
  'store.ts',
  'main.ts',
  'serve.ts',
  'doctor.ts',
  'demo',
  'cli',
  'cli.ts',
]

const sources = new Map(
  globSync('{server,demo}/**/*.ts', { cwd: root }).map((path) => {
    const file = path.replaceAll('\\', '/').replace(/^server\//, '')
    return [file, readFileSync(resolve(root, path), 'utf8')]
  }),
)
const product = new Map([...sources].filter(([file]) => !file.endsWith('.test.ts')))
const imports = new Map([...product].map(([file, text]) => [file, importsOf(file, text)]))
const placeOf = (file: string) => order.indexOf(file.split('/')[0]!)

/** The files of server/ and demo/ that this one names, for their types too. */
function importsOf(file: string, text: string) {
  const named = [...text.matchAll(/(?:from|import)\s*\(?\s*'(#[^']+|\.[^']+)'/g)].map((match) => match[1]!)
  return named
    .filter((path) => path.endsWith('.ts'))
    .map((path) => (path.startsWith('#') ? path.slice(1) : posix.join(posix.dirname(file), path)))
}

test('every folder and file of server/ and demo/ has its place in the order', () => {
  assert.ok(product.size > 50)
  assert.deepEqual(
    [...product.keys()].filter((file) => placeOf(file) === -1),
    [],
  )
})

test('a folder imports itself and what stands before it', () => {
  const upwards = [...imports].flatMap(([file, targets]) =>
    targets.filter((target) => placeOf(target) > placeOf(file)).map((target) => `${file} imports ${target}`),
  )
  assert.deepEqual(upwards, [])
})

test('imports name files that exist, and reach other folders through #', () => {
  const strange = [...imports].flatMap(([file, targets]) =>
    targets.filter((target) => !sources.has(target)).map((target) => `${file} imports ${target}`),
  )
  assert.deepEqual(strange, [])
  const upwards = [...product].filter(([, text]) => /from '\.\.\/[^']*\.ts'/.test(text))
  assert.deepEqual(
    upwards.map(([file]) => file),
    [],
  )
})

test('no file imports itself through others', () => {
  const done = new Set<string>()
  function visit(file: string, trail: string[]) {
    const at = trail.indexOf(file)
    if (at !== -1) assert.fail(`a ring of imports: ${[...trail.slice(at), file].join(' → ')}`)
    if (done.has(file)) return
    for (const target of imports.get(file) ?? []) visit(target, [...trail, file])
    done.add(file)
  }
  for (const file of imports.keys()) visit(file, [])
})

test('only the HTTP folder knows the codes of what goes wrong', () => {
  const knowing = [
    'failures',
    'openapi',
    'openapi-errors',
    'server',
    'run',
    'observe',
    'pages',
    'idempotency',
    'conditions',
  ]
  // These read what strangers answer.
  const strangers = ['platform/s3.ts', 'whatsapp/cloud-api/errors.ts', 'whatsapp/waha/errors.ts']
  const allowed = new Set([...knowing.map((name) => `http/${name}.ts`), ...strangers])
  const code = /\b(40[0-59]|41[0235]|42[289]|431|50[234])\b|[sS]tatus\W{1,5}500\b/
  const found = [...product].flatMap(([file, text]) =>
    allowed.has(file)
      ? []
      : withoutComments(text)
          .filter((line) => code.test(line))
          .map((line) => `${file}: ${line}`),
  )
  assert.deepEqual(found, [])
})

test('what the API says in Portuguese stands in one file', () => {
  const portuguese = /[ãõçáéíóúâêôà]|\b(para|uma|este|esta|seu|sua|foi|pelo|pela)\b/i
  const sentence = /^\S+( \S+){2,}[.!?]$/
  // What a simulated customer says, and the templates of a simulated shop, the API does not say.
  const played = ['whatsapp/sandbox/answers.ts', 'whatsapp/sandbox/templates.ts']
  const elsewhere = [...product].flatMap(([file, text]) =>
    file === 'platform/messages.ts' || file.startsWith('demo/') || played.includes(file)
      ? []
      : literalsOf(text)
          .filter((literal) => sentence.test(literal) && portuguese.test(literal))
          .map((literal) => `${file}: ${literal}`),
  )
  assert.deepEqual(elsewhere, [])
  const unnamed = [...product].flatMap(([file, text]) =>
    [...text.matchAll(/\b(?:flagged|said)\((?:\d+,\s*)?\s*(['"`].*)/g)].map(
      (match) => `${file}: ${match[1]}`,
    ),
  )
  assert.deepEqual(unnamed, [])
})

const withoutComments = (text: string) =>
  text
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .split('\n')
    .map((line) => line.replace(/(^|\s)(\/\/|--).*$/, ''))

const literalsOf = (text: string) =>
  withoutComments(text).flatMap((line) => [...line.matchAll(/(['"`])(.*?)\1/g)].map((match) => match[2]!))

test('no file is longer than three hundred lines', () => {
  const long = globSync('{server,test,bench,demo}/**/*.ts', { cwd: root })
    .map((file) => ({ file, lines: readFileSync(resolve(root, file), 'utf8').split('\n').length - 1 }))
    .filter(({ lines }) => lines > 300)
  assert.deepEqual(long, [])
})

test('a route without a permission of the catalogue does not boot', async () => {
  const { database } = await freshDatabase()
  for (const permission of [undefined, '', 'leads:own', 'public', 'constructor']) {
    const route = { ...routes[0]!, permission: permission as Permission }
    await assert.rejects(
      buildHttp(database, [route], httpOptions),
      /GET \/account needs a permission/,
      String(permission),
    )
  }
  await (await buildHttp(database, [routes[0]!], httpOptions)).close()
})
