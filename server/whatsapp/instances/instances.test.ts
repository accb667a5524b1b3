import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { createKey } from '#accounts/keys/keys.ts'
import { clientOf, startApp } from '../../../test/harness.ts'
import {
  metaAppSecret,
  metaBusiness,
  metaNumber,
  metaToken,
  startMeta,
} from '../../../test/whatsapp/meta-simulator.ts'

const meta = await startMeta()
after(() => meta.close())
const graph = { url: meta.url, version: 'v25.0', mediaOrigins: [meta.url] }
const app = await startApp({ graph })

const atMeta = {
  provider: 'cloud_api',
  phone_number_id: metaNumber,
  business_account_id: metaBusiness,
  token: metaToken,
  app_secret: metaAppSecret,
}
type Account = Awaited<ReturnType<typeof app.newAccount>>
const added = async (account: Account, body: object = { provider: 'sandbox' }) => {
  const { status, body: answer } = await account.post('/whatsapp/instances', body)
  assert.equal(status, 201, JSON.stringify(answer))
  return answer.instance
}
const primaries = async (account: Account) =>
  (await account.get('/whatsapp/instances')).body.data
    .filter(({ is_primary }: { is_primary: boolean }) => is_primary)
    .map(({ id }: { id: number }) => id)
const told = async (account: Account) =>
  (await account.get('/events?type=instance.status')).body.data.map(
    ({ data }: { data: { instance: { id: number; status: string } } }) => data.instance,
  )

test('a number at Meta is connected as soon as it is added: named, subscribed, with its templates', async () => {
  const account = await app.newAccount()
  const instance = await added(account, atMeta)
  assert.partialDeepStrictEqual(instance, {
    provider: 'cloud_api',
    display_name: 'Loja Exemplo',
    phone_number: '+551140001234',
    is_primary: true,
    status: 'connected',
    status_reason: null,
    status_message: null,
    supports_templates: true,
    supports_buttons: true,
    has_window_restriction: true,
    connection: {
      phone_number_id: metaNumber,
      business_account_id: metaBusiness,
      callback_url: 'http://localhost/hooks/whatsapp/cloud',
    },
  })
  assert.match(instance.connection.verify_token, new RegExp(`^funil-${account.account.id}-[\\w-]{32}$`))
  assert.ok(meta.seen.some(({ method, path }) => method === 'POST' && path.endsWith('/subscribed_apps')))
  const { body } = await account.get('/whatsapp/templates?per_page=1')
  assert.ok(body.meta.total > 3)
  const list = (await account.get('/whatsapp/instances')).body
  const { connection: _, ...shown } = instance
  assert.deepEqual(list, { success: true, data: [shown] })
  const [event] = await told(account)
  assert.deepEqual(event, { ...shown, display_name: 'WhatsApp', templates_synced_at: null })
})

test('a token that is refused: the number is there, failed, and says why; a new token heals it', async () => {
  const account = await app.newAccount()
  const instance = await added(account, { ...atMeta, token: 'vencido' })
  assert.deepEqual(
    [instance.status, instance.status_reason, instance.status_message],
    ['failed', 'token_invalid', 'o token de acesso venceu ou foi revogado; conecte o número de novo.'],
  )
  for (let n = 0; n < 2; n++) await account.post(`/whatsapp/instances/${instance.id}/refresh`)
  assert.equal((await told(account)).length, 1, 'the same is not told again')
  const healed = await account.put(`/whatsapp/instances/${instance.id}`, { token: metaToken })
  assert.deepEqual(
    [healed.status, healed.body.instance.status, healed.body.instance.status_reason],
    [200, 'connected', null],
  )
  const states = (await told(account)).map(({ status }: { status: string }) => status)
  assert.deepEqual(states, ['failed', 'connecting', 'connected'])
})

test('whoever may only read sees no address and no token of the connection', async () => {
  const account = await app.newAccount()
  const { id } = await added(account, atMeta)
  const { key } = await createKey(account.scope, { name: 'lê', scopes: ['whatsapp:read'] })
  const seen = (await clientOf(app.url, key).get(`/whatsapp/instances/${id}`)).body.instance
  assert.deepEqual([seen.id, seen.connection], [id, null])
})

test('what a kind of number needs is asked for, field by field', async () => {
  const account = await app.newAccount()
  const errors = async (body: object) => {
    const answer = await account.post('/whatsapp/instances', body)
    assert.equal(answer.status, 422)
    return answer.body.errors
  }
  assert.deepEqual(await errors({}), { provider: ['The provider field is required.'] })
  assert.deepEqual(await errors({ provider: 'telegram' }), {
    provider: ['The selected provider is invalid.'],
  })
  assert.deepEqual(Object.keys(await errors({ provider: 'cloud_api' })), [
    'phone_number_id',
    'business_account_id',
    'token',
    'app_secret',
  ])
  assert.deepEqual(
    await errors({ provider: 'waha', base_url: 'https://u:p@waha.example', session: '../x', api_key: 'k' }),
    {
      session: ['The session field format is invalid.'],
      base_url: ['The base url field format is invalid.'],
    },
  )
  assert.deepEqual((await account.get('/whatsapp/instances')).body.data, [])
})

test('one number is the primary one: the first, then the chosen one, then the heir', async () => {
  const account = await app.newAccount()
  const [first, second, third] = [await added(account), await added(account), await added(account)]
  assert.deepEqual(await primaries(account), [first.id])
  await account.put(`/whatsapp/instances/${third.id}/primary`)
  assert.deepEqual(await primaries(account), [third.id])
  await account.post(`/whatsapp/instances/${first.id}/disconnect`)
  await account.delete(`/whatsapp/instances/${third.id}`)
  assert.deepEqual(await primaries(account), [second.id], 'a connected one goes before a disconnected one')
  assert.equal((await account.get(`/whatsapp/instances/${third.id}`)).status, 404)
})

test('added and preferred at the same moment, still one is the primary one', async () => {
  const account = await app.newAccount()
  const made = await Promise.all(Array.from({ length: 6 }, () => added(account)))
  assert.equal((await primaries(account)).length, 1)
  await Promise.all(made.map(({ id }) => account.put(`/whatsapp/instances/${id}/primary`)))
  assert.equal((await primaries(account)).length, 1)
})

test('switched off, it stays so whatever the provider says, until a person connects it', async () => {
  const account = await app.newAccount()
  const { id } = await added(account, atMeta)
  const off = await account.post(`/whatsapp/instances/${id}/disconnect`)
  assert.deepEqual(
    [off.body.instance.status, off.body.instance.status_reason],
    ['disconnected', 'switched_off'],
  )
  await hoursPass(account, id)
  const refreshed = await account.post(`/whatsapp/instances/${id}/refresh`)
  assert.equal(refreshed.body.instance.status, 'disconnected')
  const on = await account.post(`/whatsapp/instances/${id}/connect`)
  assert.equal(on.body.instance.status, 'connected')
})

test('what only a send is refused for stops the number until a person or an hour has passed', async () => {
  const account = await app.newAccount()
  const { id } = await added(account)
  const lead = (await account.post('/leads', { name: 'Ana', phone: '+5511999887766' })).body.lead
  const { data } = (await account.get('/whatsapp/templates?q=pedido_enviado')).body
  const send = () =>
    account.post(`/leads/${lead.id}/send-whatsapp-template`, {
      template_id: data[0].id,
      variables: ['a', 'b', 'c'],
    })
  const behave = (fails_with: string | null) =>
    account.put(`/whatsapp/instances/${id}/sandbox`, { fails_with })
  const refreshed = async () => (await account.post(`/whatsapp/instances/${id}/refresh`)).body.instance
  await behave('policy_blocked')
  assert.equal((await send()).status, 502)
  await behave(null)
  const stopped = await refreshed()
  assert.deepEqual([stopped.status, stopped.status_reason], ['failed', 'policy_blocked'])
  assert.equal((await send()).body.skip_reason, 'instance_disconnected')
  await hoursPass(account, id)
  assert.equal((await refreshed()).status, 'connected')
  await behave('marketing_disabled')
  assert.equal((await send()).status, 502)
  await behave(null)
  const limited = (await account.get(`/whatsapp/instances/${id}`)).body.instance
  assert.deepEqual([limited.status, limited.status_reason], ['connected', 'marketing_disabled'])
})

const hoursPass = (account: Account, id: number) =>
  app.database.pool.query(
    `update instances set status_since = now() - interval '2 hours' where account_id = $1 and id = $2`,
    [account.account.id, id],
  )

test('removed, its secrets are gone; added again it is the same number, and nobody else’s', async () => {
  const [account, other] = [await app.newAccount(), await app.newAccount()]
  const { id } = await added(account, atMeta)
  const again = await account.post('/whatsapp/instances', atMeta)
  assert.deepEqual(again.body.errors, { phone_number_id: ['The phone number id has already been taken.'] })
  assert.notEqual((await added(other, atMeta)).id, id)
  assert.equal((await account.delete(`/whatsapp/instances/${id}`)).status, 200)
  const { rows } = await app.database.pool.query(
    'select secrets, is_primary, removed_at is not null as gone from instances where account_id = $1 and id = $2',
    [account.account.id, id],
  )
  assert.deepEqual(rows, [{ secrets: null, is_primary: false, gone: true }])
  assert.equal((await account.get('/whatsapp/templates')).body.meta.total, 0)
  const back = await added(account, atMeta)
  assert.deepEqual([back.id, back.status, back.is_primary], [id, 'connected', true])
})

test('a plan counts numbers, but not those that only try things out', async () => {
  const account = await app.newAccount({ plan: 'free' })
  await added(account)
  await added(account, atMeta)
  await added(account)
  const { status, body } = await account.post('/whatsapp/instances', { ...atMeta, phone_number_id: '1' })
  assert.deepEqual(
    [status, body],
    [
      422,
      { success: false, message: 'Limite de números de WhatsApp do plano atingido.', limit_reached: true },
    ],
  )
  assert.equal((await account.get('/account')).body.account.use.whatsapp_instances, 1)
})

test('the same request again adds nothing, and answers the same', async () => {
  const account = await app.newAccount()
  const key = { 'idempotency-key': 'numero-1' }
  const first = await account.post('/whatsapp/instances', atMeta, key)
  const again = await account.post('/whatsapp/instances', atMeta, key)
  assert.deepEqual([again.status, again.body], [201, first.body])
  assert.equal(again.headers.get('idempotent-replayed'), 'true')
})
