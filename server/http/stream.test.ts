import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createKey, revokeKey } from '#accounts/keys/keys.ts'
import { startApp } from '../../test/harness.ts'
import { newPerson } from '../../test/people.ts'
import { startServers } from '../../test/servers.ts'

const app = await startApp()
const patienceMs = 20_000

/** What a browser's EventSource does, as far as we need it. */
async function listen(url: string, headers: Record<string, string>) {
  const hangUp = new AbortController()
  const response = await fetch(`${url}/api/v1/stream`, { headers, signal: hangUp.signal })
  assert.equal(response.status, 200)
  const heard: { type: string; lead_id: number | null }[] = []
  const waiting: (() => void)[] = []
  let [lastId, isOver] = ['', false]
  const reading = read().catch(() => {})
  async function read() {
    let text = ''
    for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
      text += chunk
      const messages = text.split('\n\n')
      text = messages.pop()!
      for (const line of messages.flatMap((message) => message.split('\n'))) {
        if (line.startsWith('data: ')) heard.push(JSON.parse(line.slice(6)))
        if (line.startsWith('id: ')) lastId = line.slice(4)
      }
      for (const tell of waiting.splice(0)) tell()
    }
    isOver = true
  }
  return {
    heard,
    response,
    lastId: () => lastId,
    isOver: () => isOver,
    ended: () => reading,
    hangUp: () => hangUp.abort(),
    async until(is: () => boolean, what: string) {
      const end = AbortSignal.timeout(patienceMs)
      while (!is()) {
        if (end.aborted) assert.fail(`never heard: ${what}; heard ${JSON.stringify(heard)}`)
        const gaveUp = new Promise<void>((resolve) => end.addEventListener('abort', () => resolve()))
        await Promise.race([new Promise<void>((resolve) => waiting.push(resolve)), gaveUp])
      }
    },
  }
}

test('what a colleague does is told to everybody of the account, and to nobody else', async () => {
  const [acme, globex] = [await app.newAccount(), await app.newAccount()]
  const [ana, bia] = [
    await newPerson(app.url, acme.scope, 'admin'),
    await newPerson(app.url, acme.scope, 'viewer'),
  ]
  const stranger = await newPerson(app.url, globex.scope, 'admin')
  const [hers, theirs] = [
    await listen(app.url, { cookie: bia.cookie }),
    await listen(app.url, { cookie: stranger.cookie }),
  ]
  assert.equal(hers.response.headers.get('x-accel-buffering'), 'no')
  const { lead } = (await ana.post('/leads', { name: 'João' })).body
  await hers.until(() => hers.heard.some(({ lead_id }) => lead_id === lead.id), 'the new lead')
  const told = hers.heard.find(({ lead_id }) => lead_id === lead.id)
  const { id: _, ...rest } = told as { id?: number; type: string; lead_id: number }
  assert.deepEqual(rest, {
    type: 'lead.created',
    lead_id: lead.id,
    stage_id: lead.stage_id,
  })
  await stranger.post('/leads', { name: 'Outro' })
  await theirs.until(() => theirs.heard.length > 0, 'their own lead')
  assert.ok(!JSON.stringify(theirs.heard).includes(`"lead_id":${lead.id},`))
  hers.hangUp()
  theirs.hangUp()
})

test('a key hears of what it may read, and no more', async () => {
  const acme = await app.newAccount()
  const { key } = await createKey(acme.scope, { name: 'tarefas', scopes: ['events:read', 'tasks:read'] })
  const stream = await listen(app.url, { 'x-api-key': key })
  const { lead } = (await acme.post('/leads', { name: 'João' })).body
  await acme.post('/tasks', { subject: 'Ligar', type: 'call', due_date: '2026-07-01', lead_id: lead.id })
  await stream.until(() => stream.heard.length > 0, 'the task')
  assert.deepEqual(
    stream.heard.map(({ type }) => type),
    ['task.created'],
  )
  stream.hangUp()
})

test('a commit that comes late is told when it comes, and others do not wait for it', async () => {
  const acme = await app.newAccount()
  const stream = await listen(app.url, { 'x-api-key': acme.key })
  const late = await app.database.pool.connect()
  await late.query('begin')
  await late.query(
    `insert into events (account_id, type, lead_id, actor, data) values ($1, 'lead.updated', 7, '{}', '{}')`,
    [acme.account.id],
  )
  await acme.post('/leads', { name: 'Passa na frente' })
  await stream.until(() => stream.heard.some(({ type }) => type === 'lead.created'), 'the quick one')
  await acme.post('/leads', { name: 'E outro' })
  await stream.until(() => stream.heard.length >= 2, 'another')
  await late.query('commit')
  late.release()
  await stream.until(() => stream.heard.some(({ lead_id }) => lead_id === 7), 'the late one')
  assert.equal(stream.heard.length, 3)
  stream.hangUp()
})

test('whoever comes back with Last-Event-ID hears what was missed', async () => {
  const acme = await app.newAccount()
  const first = await listen(app.url, { 'x-api-key': acme.key })
  await first.until(() => first.lastId() !== '', 'an id')
  first.hangUp()
  await acme.post('/leads', { name: 'Enquanto isso' })
  const second = await listen(app.url, { 'x-api-key': acme.key, 'last-event-id': first.lastId() })
  await second.until(() => second.heard.length > 0, 'what was missed')
  assert.equal(second.heard[0]!.type, 'lead.created')
  second.hangUp()
})

test('the stream ends when the key is revoked', { timeout: 300_000 }, async () => {
  const acme = await app.newAccount()
  const { id, key } = await createKey(acme.scope, { name: 'curta' })
  const stream = await listen(app.url, { 'x-api-key': key })
  await revokeKey(acme.scope, id)
  await stream.ended()
  assert.ok(stream.isOver())
})

test('another process tells it too, and a server that stops ends its streams and does not wait', async () => {
  const other = await startApp()
  const acme = await other.newAccount()
  const servers = await startServers(other.databaseUrl, 2)
  try {
    const stream = await listen(servers.url(0), { 'x-api-key': acme.key })
    const elsewhere = await fetch(`${servers.url(1)}/api/v1/leads`, {
      method: 'POST',
      headers: { 'x-api-key': acme.key, 'content-type': 'application/json' },
      body: JSON.stringify({ name: 'De outro processo' }),
    })
    assert.equal(elsewhere.status, 201)
    const sent = performance.now()
    await stream.until(() => stream.heard.length > 0, 'the other process')
    if (process.env.SHOW) console.log('heard after', performance.now() - sent, 'ms')
    const mine = await listen(other.url, { 'x-api-key': acme.key })
    await other.app.close()
    await mine.ended()
    assert.ok(mine.isOver())
  } finally {
    await servers.stop()
  }
})
