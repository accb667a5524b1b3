import assert from 'node:assert/strict'
import { test } from 'node:test'
import { subscribe } from '../../test/deliveries.ts'
import { startApp } from '../../test/harness.ts'
import { supportedEvents } from './schema.ts'

const app = await startApp()
const strict = await startApp({ allowPrivateWebhooks: false })
const acme = await app.newAccount()
const address = 'https://example.com/funil'

test('a webhook lives through its whole life, and its secret is shown once', async () => {
  const made = await acme.post('/webhooks', {
    target_url: address,
    events: ['lead.won', 'lead.lost', 'lead.won'],
  })
  assert.equal(made.status, 201)
  assert.deepEqual(Object.keys(made.body), ['success', 'id', 'secret', 'events'])
  const { id, secret, events } = made.body
  assert.deepEqual(events, ['lead.won', 'lead.lost'])
  assert.match(secret, /^whsec_/)
  assert.equal(Buffer.from(secret.slice(6), 'base64').length, 32)
  const { body: list } = await acme.get('/webhooks')
  assert.deepEqual(list.supported_events, [...supportedEvents])
  assert.deepEqual(Object.keys(list.data[0]).toSorted(), [
    'created_at',
    'events',
    'failure_count',
    'id',
    'is_active',
    'last_failure_at',
    'last_success_at',
    'source',
    'target_url',
  ])
  const { body: one } = await acme.get(`/webhooks/${id}`)
  assert.deepEqual(
    [one.success, one.id, one.target_url, one.source, one.is_active, one.last_failure_reason],
    [true, id, address, 'api', true, null],
  )
  const changed = (await acme.put(`/webhooks/${id}`, { url: `${address}/2`, events: ['lead.created'] })).body
  assert.deepEqual([changed.target_url, changed.events], [`${address}/2`, ['lead.created']])
  assert.equal((await acme.put(`/webhooks/${id}`, { is_active: false })).body.is_active, false)
  assert.doesNotMatch(JSON.stringify([list, one, changed]), /secret/)
  assert.deepEqual((await acme.delete(`/webhooks/${id}`)).body, { success: true })
  assert.equal((await acme.get(`/webhooks/${id}`)).status, 404)
})

test('secrets are unreadable in the database, and of no use in another account', async () => {
  const secret = 'an own secret of the customer'
  const { id } = await subscribe(acme, address, { secret, source: 'n8n' })
  const { rows } = await app.database.pool.query<{ secret: Buffer; row: string }>(
    'select secret, webhooks::text as row from webhooks where id = $1',
    [id],
  )
  assert.equal(rows[0]!.secret.includes(secret), false)
  const { vaultOf } = await import('./secrets.ts')
  const vault = vaultOf({ secret: () => 'a secret for tests, and long enough' })
  assert.equal(vault.open(rows[0]!.secret, acme.account.id), secret)
  assert.throws(() => vault.open(rows[0]!.secret, acme.account.id + 1))
  assert.throws(() => vaultOf({ secret: () => 'another' }).open(rows[0]!.secret, acme.account.id))
})

test('what is wrong is said field by field, in Laravel’s words', async () => {
  const refusal = async (body: object) => {
    const answer = await acme.post('/webhooks', body)
    assert.equal(answer.status, 422)
    return answer.body.errors
  }
  assert.deepEqual(await refusal({}), {
    target_url: ['The target url field is required.'],
    events: ['The events field is required.'],
  })
  assert.deepEqual(await refusal({ target_url: 'example.com', events: [] }), {
    target_url: ['The target url field must be a valid URL.'],
    events: ['The events field is required.'],
  })
  const valid = { target_url: address, events: ['lead.won'] }
  assert.deepEqual(await refusal({ ...valid, events: ['lead.melted', 'lead.won'] }), {
    'events.0': ['The selected events.0 is invalid.'],
  })
  assert.deepEqual(await refusal({ ...valid, source: 'zapier' }), {
    source: ['The selected source is invalid.'],
  })
  assert.deepEqual(await refusal({ ...valid, secret: 'short' }), {
    secret: ['The secret field must be at least 16 characters.'],
  })
  assert.deepEqual(await refusal({ ...valid, secret: 'whsec_not base64 at all' }), {
    secret: ['The secret field format is invalid.'],
  })
})

test('a plan’s limit holds, also when many come at once', async () => {
  const free = await app.newAccount({ plan: 'free' })
  const answers = await Promise.all(
    Array.from({ length: 5 }, () => free.post('/webhooks', { target_url: address, events: ['lead.won'] })),
  )
  assert.deepEqual(answers.map(({ status }) => status).toSorted(), [201, 422, 422, 422, 422])
  const refused = answers.find(({ status }) => status === 422)!
  assert.deepEqual(refused.body, {
    success: false,
    message: 'Limite de webhooks do plano atingido.',
    limit_reached: true,
  })
})

test('addresses that are plainly private are refused at once, in every spelling', async () => {
  const careful = await strict.newAccount()
  const hosts = [
    '127.0.0.1',
    '2130706433',
    '0x7f.1',
    '0177.0.0.1',
    '127.1',
    '0',
    '10.0.0.1',
    '172.16.5.4',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '[::1]',
    '[::]',
    '[::ffff:10.0.0.1]',
    '[::127.0.0.1]',
    '[64:ff9b::a9fe:a9fe]',
    '[2002:7f00:1::]',
    '[2001:0:1::1]',
    '[fd00::1]',
    '[fe80::1]',
    '[ff02::1]',
    '224.0.0.1',
    '255.255.255.255',
    '192.0.2.1',
    '198.18.0.1',
    'localhost',
    'LOCALHOST',
    'a.localhost',
    'printer.local',
    'localhost.',
  ] // prettier-ignore
  for (const host of hosts) {
    const { status, body } = await careful.post('/webhooks', {
      target_url: `https://${host}/x`,
      events: ['lead.won'],
    })
    assert.equal(status, 422, host)
    assert.deepEqual(body.errors, {
      target_url: ['The target url field must be an address that everybody can reach.'],
    })
  }
  const plain = await careful.post('/webhooks', { target_url: 'http://example.com', events: ['lead.won'] })
  assert.deepEqual(plain.body.errors, {
    target_url: ['The target url field must start with one of the following: https://.'],
  })
  const { id } = await subscribe(careful, address)
  assert.equal((await careful.put(`/webhooks/${id}`, { target_url: 'https://127.0.0.1' })).status, 422)
  assert.equal((await careful.put(`/webhooks/${id}`, { url: 'http://example.com' })).status, 422)
  assert.equal((await careful.get(`/webhooks/${id}`)).body.target_url, address)
})

test('an event waits for exactly those who want it, and for nobody when its write is undone', async () => {
  const other = await app.newAccount()
  const wants = await subscribe(other, `${address}/a`, { events: ['lead.created', 'lead.deleted'] })
  const wantsNot = await subscribe(other, `${address}/b`, { events: ['task.created'] })
  const off = await subscribe(other, `${address}/c`)
  await other.put(`/webhooks/${off.id}`, { is_active: false })
  const { lead } = (await other.post('/leads', { name: 'Ana' })).body
  await other.delete(`/leads/${lead.id}`)
  const { createLead } = await import('#leads/actions.ts')
  const { inTransaction } = await import('#platform/scope.ts')
  const undone = inTransaction(other.scope, async (scope) => {
    await createLead(scope, { name: 'Nunca' } as never)
    throw new Error('undone')
  })
  await assert.rejects(undone, /undone/)
  const log = async (id: number) => (await other.get(`/webhooks/${id}/deliveries`)).body
  const { data, meta } = await log(wants.id)
  assert.deepEqual(
    data.map(({ event, status, lead_id }: Record<string, unknown>) => [event, status, lead_id]),
    [
      ['lead.deleted', 'pending', lead.id],
      ['lead.created', 'pending', lead.id],
    ],
  )
  assert.equal(meta.total, 2)
  assert.equal((await log(wantsNot.id)).meta.total, 0)
  assert.equal((await log(off.id)).meta.total, 0)
  const { rows } = await app.database.pool.query(
    `select count(*) as n from events where account_id = $1 and data->'lead'->>'name' = 'Nunca'`,
    [other.account.id],
  )
  assert.equal(rows[0].n, 0)
})

test('the log filters and pages, each delivery once', async () => {
  const other = await app.newAccount()
  const { id } = await subscribe(other, address, { events: ['lead.created', 'lead.tagged'] })
  for (let n = 0; n < 5; n++) {
    const { lead } = (await other.post('/leads', { name: `L${n}` })).body
    await other.post(`/leads/${lead.id}/tags`, { tags: ['vip'] })
  }
  const page = async (query: string) => (await other.get(`/webhooks/${id}/deliveries?${query}`)).body
  assert.equal((await page('event=lead.tagged')).meta.total, 5)
  assert.equal((await page('status=failed')).meta.total, 0)
  assert.equal((await page('status=pending')).meta.total, 10)
  const seen: number[] = []
  for (let cursor: string | null = ''; cursor !== null; ) {
    const { data, meta } = await page(`per_page=3&cursor=${cursor}`)
    seen.push(...data.map((each: { event_id: number }) => each.event_id))
    cursor = meta.next_cursor
  }
  assert.equal(new Set(seen).size, 10)
  assert.deepEqual(
    seen,
    seen.toSorted((a, b) => b - a),
  )
  assert.equal((await other.get(`/webhooks/${id}/deliveries?cursor=zz`)).status, 422)
  assert.equal((await other.get('/webhooks/999999999/deliveries')).status, 404)
  assert.equal((await other.post(`/webhooks/${id}/deliveries/999999999/resend`)).status, 404)
})

test('a range is replayed: what was missed while off, or only what failed', async () => {
  const other = await app.newAccount()
  const { id } = await subscribe(other, address)
  const since = (await other.get(`/webhooks/${id}`)).body.created_at
  await other.post('/leads', { name: 'Antes' })
  await other.put(`/webhooks/${id}`, { is_active: false })
  await other.post('/leads', { name: 'Durante' })
  const total = async () => (await other.get(`/webhooks/${id}/deliveries`)).body.meta.total
  assert.equal(await total(), 1)
  assert.deepEqual((await other.post(`/webhooks/${id}/replay`, { since })).body, { success: true, queued: 2 })
  assert.equal(await total(), 2)
  await app.database.pool.query(
    `update webhook_deliveries set status = case when event_id % 2 = 0 then 'failed' else 'delivered' end, due_at = null
     where webhook_id = $1`,
    [id],
  )
  const failed = (await other.get(`/webhooks/${id}/deliveries?status=failed`)).body.meta.total
  const { queued } = (await other.post(`/webhooks/${id}/replay`, { since, only_failed: true })).body
  assert.equal(queued, failed)
  assert.deepEqual(
    (await other.post(`/webhooks/${id}/replay`, { since: '2001-01-01', until: '2001-01-02' })).body,
    {
      success: true,
      queued: 0,
    },
  )
  const backwards = await other.post(`/webhooks/${id}/replay`, { since: '2026-01-02', until: '2026-01-01' })
  assert.deepEqual(Object.keys(backwards.body.errors), ['until'])
  assert.equal((await other.post(`/webhooks/${id}/replay`, {})).status, 422)
})

test('deliveries older than thirty days are forgotten', async () => {
  const other = await app.newAccount()
  const { id } = await subscribe(other, address)
  for (const name of ['Velho', 'Novo']) await other.post('/leads', { name })
  await app.database.pool.query(
    `update webhook_deliveries set created_at = now() - interval '31 days' where id =
       (select min(id) from webhook_deliveries where webhook_id = $1)`,
    [id],
  )
  const { forgetOldDeliveries } = await import('./housekeeping.ts')
  await forgetOldDeliveries(app.database.db)
  const { data } = (await other.get(`/webhooks/${id}/deliveries`)).body
  assert.equal(data.length, 1)
})
