import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { createNetwork } from '#platform/network.ts'
import { lookAfterNumbers } from '#whatsapp/instances/watch.ts'
import { httpOptions, startApp } from '../../../test/harness.ts'
import { startWaha, wahaKey, wahaSession } from '../../../test/whatsapp/waha-simulator.ts'

const waha = await startWaha()
after(() => waha.close())
const app = await startApp()
const atWaha = { provider: 'waha', base_url: `${waha.url}/`, session: wahaSession, api_key: wahaKey }

type Account = Awaited<ReturnType<typeof app.newAccount>>
const added = async (account: Account, body: object = atWaha) =>
  (await account.post('/whatsapp/instances', body)).body.instance
const lookedAfter = () => lookAfterNumbers({ ...httpOptions, db: app.database.db })
const read = async (account: Account, id: number) =>
  (await account.get(`/whatsapp/instances/${id}`)).body.instance
const events = async (account: Account) =>
  (await account.get('/events?type=instance.status')).body.data.map(
    ({ data }: { data: { instance: { status: string; status_reason: string } } }) => [
      data.instance.status,
      data.instance.status_reason,
    ],
  )

test('a session at WAHA is made, told where to send what it hears, and waits for its phone', async () => {
  const account = await app.newAccount()
  Object.assign(waha.session, { exists: false, status: 'STOPPED' })
  const instance = await added(account)
  assert.deepEqual(
    [instance.status, instance.supports_templates, instance.has_window_restriction],
    ['connecting', false, false],
  )
  const { callback_url, base_url, engine, verify_token } = instance.connection
  assert.deepEqual([base_url, engine, verify_token], [waha.url, 'NOWEB', null])
  const [hook] = waha.session.config.webhooks
  assert.equal(hook.url, callback_url)
  assert.match(
    callback_url,
    new RegExp(`/hooks/whatsapp/waha/${account.account.id}-${instance.id}-[\\w-]{32}$`),
  )
  assert.match(hook.hmac.key, /^[\dA-Za-z]{48}$/)
  waha.session.status = 'SCAN_QR_CODE'
  await account.post(`/whatsapp/instances/${instance.id}/refresh`)
  assert.equal((await read(account, instance.id)).status, 'waiting_scan')
  const { body, headers } = await account.get(`/whatsapp/instances/${instance.id}/qr`)
  assert.equal(body.qr_code, '2@abcDEF==,xyz')
  assert.equal(headers.get('cache-control'), 'no-store')
  waha.session.status = 'WORKING'
  await lookedAfter()
  const working = await read(account, instance.id)
  assert.deepEqual([working.status, working.phone_number], ['connected', '+551140001234'])
  await lookedAfter()
  assert.deepEqual(await events(account), [
    ['waiting_scan', null],
    ['connected', null],
  ])
})

test('disconnected, the phone is let go; connected again, the session starts', async () => {
  const account = await app.newAccount()
  waha.session.status = 'WORKING'
  const { id } = await added(account)
  waha.seen.length = 0
  await account.post(`/whatsapp/instances/${id}/disconnect`)
  assert.equal(waha.session.status, 'STOPPED')
  waha.session.status = 'WORKING'
  await lookedAfter()
  assert.equal((await read(account, id)).status_reason, 'switched_off', 'a person switched it off')
  const { body } = await account.post(`/whatsapp/instances/${id}/connect`)
  assert.deepEqual([body.instance.status, body.instance.status_reason], ['connecting', null])
})

test('a key that is kept goes to no other address', async () => {
  const account = await app.newAccount()
  waha.session.status = 'WORKING'
  const { id } = await added(account)
  const other = await startWaha()
  try {
    const moved = await account.put(`/whatsapp/instances/${id}`, { base_url: other.url })
    assert.deepEqual(moved.body.errors, { api_key: ['The api key field is required.'] })
    assert.equal(other.seen.length, 0)
    assert.equal((await account.put(`/whatsapp/instances/${id}`, { base_url: waha.url })).status, 200)
    await account.put(`/whatsapp/instances/${id}`, { base_url: other.url, api_key: 'outra' })
    const keys = new Set(other.seen.map(({ headers }) => headers['x-api-key']))
    assert.deepEqual([...keys], ['outra'])
  } finally {
    await other.close()
  }
})

test('a wrong key, a server that is away, and a session that went down are each told once', async () => {
  const account = await app.newAccount()
  waha.session.status = 'WORKING'
  const wrong = await added(account, { ...atWaha, api_key: 'errada' })
  assert.deepEqual([wrong.status, wrong.status_reason], ['failed', 'token_invalid'])
  const away = await added(account, { ...atWaha, base_url: 'http://127.0.0.1:1', session: 'longe' })
  assert.deepEqual(
    [away.status, away.status_reason, away.status_detail],
    ['failed', 'provider_unreachable', 'ECONNREFUSED'],
  )
  await account.put(`/whatsapp/instances/${wrong.id}`, { api_key: wahaKey })
  await account.post(`/whatsapp/instances/${wrong.id}/refresh`)
  waha.session.status = 'WORKING'
  await lookedAfter()
  waha.session.status = 'FAILED'
  await lookedAfter()
  await lookedAfter()
  const { status, status_detail } = await read(account, wrong.id)
  assert.deepEqual([status, status_detail], ['failed', 'FAILED'])
  const last = (await events(account)).at(-1)
  assert.deepEqual(last, ['failed', null])
  const count = (await events(account)).length
  await lookedAfter()
  assert.equal((await events(account)).length, count)
})

test('a server that cannot be reached for a while does not stop its number, which says so until it is back', async () => {
  const account = await app.newAccount()
  waha.session.status = 'WORKING'
  const { id } = await added(account)
  await account.post(`/whatsapp/instances/${id}/refresh`)
  const settings = (base_url: string) =>
    app.database.pool.query(
      `update instances set status = 'connected', settings = settings || jsonb_build_object('base_url', $3::text)
       where account_id = $1 and id = $2`,
      [account.account.id, id, base_url],
    )
  await settings('http://127.0.0.1:1')
  await lookedAfter()
  const away = await read(account, id)
  assert.deepEqual([away.status, away.status_reason], ['connected', 'provider_unreachable'])
  await settings(waha.url)
  waha.session.status = 'WORKING'
  await lookedAfter()
  assert.equal((await read(account, id)).status_reason, null)
})

test('a number that says all is well and tells nothing for a day is called silent, once', async () => {
  const account = await app.newAccount()
  waha.session.status = 'WORKING'
  const { id } = await added(account)
  await app.database.pool.query(
    `update instances set last_heard_at = now() - interval '25 hours', status = 'connected' where account_id = $1 and id = $2`,
    [account.account.id, id],
  )
  waha.session.status = 'WORKING'
  await lookedAfter()
  await lookedAfter()
  const silent = await read(account, id)
  assert.deepEqual([silent.status, silent.status_reason], ['connected', 'silent'])
  assert.match(silent.status_message, /reinicie a sessão/)
  assert.equal((await events(account)).filter(([, reason]: string[]) => reason === 'silent').length, 1)
})

test('private addresses are refused with the setting that allows them, in the form and on the way', async () => {
  const careful = createNetwork({ timeoutMs: 2000 })
  const strict = await startApp({ network: careful })
  after(() => careful.close())
  const account = await strict.newAccount()
  for (const base_url of [
    'https://127.0.0.1:3000',
    'https://waha.internal',
    'https://[::1]',
    'https://10.0.0.8',
  ]) {
    const { status, body } = await account.post('/whatsapp/instances', { ...atWaha, base_url })
    assert.equal(status, 422, base_url)
    assert.match(body.errors.base_url[0], /unless FUNIL_ALLOW_PRIVATE_PROVIDERS=1 is set on the server\.$/)
  }
  const plain = await account.post('/whatsapp/instances', { ...atWaha, base_url: 'http://waha.example.com' })
  assert.match(plain.body.errors.base_url[0], /must start with https:/)
  assert.deepEqual((await account.get('/whatsapp/instances')).body.data, [])
})
