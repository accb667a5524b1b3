import assert from 'node:assert/strict'
import fs from 'node:fs'
import { after, mock, test } from 'node:test'
import { lookAfterNumbers } from '#whatsapp/instances/watch.ts'
import { httpOptions, startApp } from '../../../test/harness.ts'
import { metaBusiness, metaNumber, startMeta } from '../../../test/whatsapp/meta-simulator.ts'
import { startWaha, wahaSession } from '../../../test/whatsapp/waha-simulator.ts'

// Every secret bears this mark, so whatever shows one shows it.
const mark = 'SEGREDO'
const token = `EAAG${mark}token`
const secrets = { token, app_secret: `${mark}app`, api_key: `${mark}chave` }

const [meta, waha] = [await startMeta(), await startWaha()]
after(() => Promise.all([meta.close(), waha.close()]))
const logged: string[] = []
// The log writes to its file, everything else to the process's streams.
const { write } = fs
mock.method(fs, 'write', (fd: number, text: unknown, ...rest: unknown[]) => {
  if (fd === 2) logged.push(String(text))
  return Reflect.apply(write, fs, [fd, text, ...rest])
})
for (const stream of [process.stdout, process.stderr]) {
  const original = stream.write.bind(stream)
  mock.method(stream, 'write', (text: string, ...rest: []) => {
    logged.push(String(text))
    return original(text, ...rest)
  })
}
const graph = { url: meta.url, version: 'v25.0', mediaOrigins: [meta.url] }
const app = await startApp({ graph, logLevel: 'trace' })

test('secrets are in no answer, no log, no event and no row as they were given', async () => {
  const account = await app.newAccount()
  const answers: unknown[] = []
  const ask = async (method: 'get' | 'post' | 'put' | 'delete', path: string, body?: object) => {
    const answer = await account[method](path, body as never)
    answers.push(answer.body, [...answer.headers])
    return answer
  }
  const atMeta = {
    provider: 'cloud_api',
    phone_number_id: metaNumber,
    business_account_id: metaBusiness,
    ...secrets,
  }
  const { id } = (await ask('post', '/whatsapp/instances', atMeta)).body.instance
  const other = { provider: 'waha', base_url: waha.url, session: wahaSession, ...secrets }
  const { id: second } = (await ask('post', '/whatsapp/instances', other)).body.instance
  await ask('post', '/whatsapp/instances', atMeta)
  await ask('post', '/whatsapp/instances', { ...other, base_url: mark })
  for (const each of [id, second]) {
    await ask('put', `/whatsapp/instances/${each}`, secrets)
    for (const verb of ['connect', 'refresh', 'templates/sync', 'disconnect'])
      await ask('post', `/whatsapp/instances/${each}/${verb}`)
    await ask('get', `/whatsapp/instances/${each}/qr`)
    await ask('get', `/whatsapp/instances/${each}`)
  }
  await lookAfterNumbers({ ...httpOptions, graph, db: app.database.db })
  await ask('get', '/whatsapp/instances')
  await ask('get', '/events')
  assert.ok(answers.length > 20)
  const hidden = JSON.stringify(answers).replaceAll(`"The base url field must be a valid URL."`, '')
  assert.ok(!hidden.includes(mark))
  assert.ok(logged.length > 10, 'the log was heard')
  assert.ok(!logged.join('').includes(mark))
  assert.ok(!(await everything()).includes(mark))
  const keys = waha.seen.map(({ headers }) => headers['x-api-key'])
  assert.ok(keys.includes(secrets.api_key), 'they arrived where they belong')
})

/** Every row of every table, as text. */
async function everything() {
  const { pool } = app.database
  const { rows: tables } = await pool.query<{ name: string }>(
    `select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'`,
  )
  const texts: string[] = []
  for (const { name } of tables) {
    const { rows } = await pool.query(`select to_jsonb(each)::text as row from ${name} each`)
    texts.push(...rows.map(({ row }) => row))
  }
  assert.ok(texts.length > 10)
  return texts.join('\n')
}
