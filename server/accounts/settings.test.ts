import assert from 'node:assert/strict'
import { test } from 'node:test'
import { clientOf, startApp } from '../../test/harness.ts'
import { newPerson } from '../../test/people.ts'

const app = await startApp()
const acme = await app.newAccount()
const admin = await newPerson(app.url, acme.scope, 'admin')

test('the account shows its settings, its limits and what is used of them', async () => {
  const small = await app.newAccount({ name: 'Pequena', plan: 'free' })
  await small.post('/leads', { name: 'Um' })
  await small.post('/users', { name: 'Ana', email: 'ana@x.com', role: 'viewer' })
  const { account } = (await small.get('/account')).body
  assert.deepEqual(
    [account.id, account.name, account.plan, account.status],
    [small.account.id, 'Pequena', 'free', 'active'],
  )
  assert.deepEqual(
    [account.time_zone, account.locale, account.country, account.default_pipeline_id],
    ['America/Sao_Paulo', 'pt-BR', 'BR', small.account.default_pipeline_id],
  )
  assert.deepEqual([account.limits.leads, account.limits.users, account.limits.pipelines], [500, 2, 1])
  const unused = { custom_fields: 0, webhooks: 0, whatsapp_instances: 0, sequences: 0 }
  assert.deepEqual(account.use, { users: 1, leads: 1, pipelines: 1, ...unused })
  assert.equal((await acme.get('/account')).body.account.limits.leads, null)
})

test('settings change one by one, and are felt where they matter', async () => {
  const { account, ...globex } = await app.newAccount()
  const { pipelines } = (await globex.get('/pipelines')).body
  const made = (await globex.post('/pipelines', { name: 'Pós-venda' })).body
  const second = (made.pipeline?.id ?? (await globex.get('/pipelines')).body.pipelines.at(-1).id) as number
  const changed = await globex.put('/account', {
    name: ' Globex ',
    time_zone: 'America/Manaus',
    locale: 'en',
    country: 'US',
    default_pipeline_id: second,
  })
  assert.equal(changed.status, 200)
  const { name, time_zone, locale, country, default_pipeline_id } = changed.body.account
  assert.deepEqual(
    [name, time_zone, locale, country, default_pipeline_id],
    ['Globex', 'America/Manaus', 'en', 'US', second],
  )
  const { lead } = (await globex.post('/leads', { name: 'John', phone: '(415) 555-2671' })).body
  assert.deepEqual([lead.phone, lead.pipeline_id], ['+14155552671', second])
  const patched = (await globex.patch('/account', { default_pipeline_id: pipelines[0].id })).body.account
  assert.deepEqual([patched.name, patched.default_pipeline_id], ['Globex', pipelines[0].id])
  assert.equal((await globex.put('/account', {})).status, 200)
  assert.equal((await acme.get('/account')).body.account.name, 'ACME')
})

test('a setting that is none is refused, and nothing of the request is kept', async () => {
  const foreign = (await (await app.newAccount()).get('/pipelines')).body.pipelines[0].id
  const refusals: [object, string][] = [
    [{ time_zone: 'Mars/Olympus' }, 'The selected time zone is invalid.'],
    [{ time_zone: '-03:00' }, 'The selected time zone is invalid.'],
    [{ time_zone: 'EST5EDT' }, 'The selected time zone is invalid.'],
    [{ time_zone: 'america/sao_paulo' }, 'The selected time zone is invalid.'],
    [{ time_zone: "x'; drop table users; --" }, 'The selected time zone is invalid.'],
    [{ locale: 'pt' }, 'The selected locale is invalid.'],
    [{ country: 'XX' }, 'The selected country is invalid.'],
    [{ country: null }, 'The country field is required.'],
    [{ name: '' }, 'The name field is required.'],
    [{ default_pipeline_id: foreign }, 'The selected default pipeline id is invalid.'],
  ]
  const before = (await acme.get('/account')).body
  for (const [body, message] of refusals) {
    const answer = await acme.put('/account', { name: 'Outra', ...body })
    assert.deepEqual([answer.status, answer.body.message], [422, message])
  }
  assert.deepEqual((await acme.get('/account')).body, before)
})

test('each zone that the server lists is one that the database knows', async () => {
  for (const time_zone of ['UTC', ...Intl.supportedValuesOf('timeZone').filter((_, n) => n % 40 === 0)]) {
    assert.equal((await acme.put('/account', { time_zone })).status, 200, time_zone)
  }
})

test('an admin makes a key, sees it whole once, and ends it', async () => {
  const { status, body } = await admin.post('/api-keys', { name: 'n8n', scopes: ['leads:read'] })
  assert.equal(status, 201)
  assert.match(body.key, /^crm_[0-9A-Za-z]{46}$/)
  assert.equal(body.api_key.prefix, body.key.slice(0, 12))
  assert.deepEqual([body.api_key.scopes, body.api_key.rate_limit], [['leads:read'], 60])
  const client = clientOf(app.url, body.key)
  assert.equal((await client.get('/leads')).status, 200)
  assert.equal((await client.get('/users')).body.required_permission, 'users:read')

  const list = await admin.get('/api-keys')
  assert.ok(!JSON.stringify(list.body).includes(body.key))
  const listed = list.body.data.find((key: { id: number }) => key.id === body.api_key.id)
  assert.ok(listed.last_used_at)

  const revoked = await admin.delete(`/api-keys/${listed.id}`)
  assert.ok(revoked.body.api_key.revoked_at)
  assert.deepEqual((await client.get('/leads')).body, { message: 'API Key inválida.' })
  assert.deepEqual((await admin.delete(`/api-keys/${listed.id}`)).body, revoked.body)
})

test('a key without chosen scopes has them all, with no scope or a past end it is not made', async () => {
  const all = (await admin.post('/api-keys', { name: 'tudo', expires_at: '2099-01-01T00:00:00Z' })).body
    .api_key
  assert.ok(all.scopes.includes('users:write') && !all.scopes.includes('admin'))
  assert.equal(all.expires_at, '2099-01-01T00:00:00.000Z')
  const refusals: [object, string][] = [
    [{ name: 'x', scopes: [] }, 'The scopes field must have at least 1 items.'],
    [{ name: 'x', scopes: ['admin'] }, 'The selected scopes.0 is invalid.'],
    [{ name: 'x', expires_at: '2020-01-01' }, 'The expires at field must be a date after now.'],
    [{}, 'The name field is required.'],
  ]
  for (const [body, message] of refusals) {
    const answer = await admin.post('/api-keys', body)
    assert.deepEqual([answer.status, answer.body.message], [422, message])
  }
})

test('another account’s key cannot be ended, nor can a key make or see keys', async () => {
  const globex = await app.newAccount()
  const boss = await newPerson(app.url, globex.scope, 'admin')
  const [theirs] = (await boss.get('/api-keys')).body.data
  assert.equal((await admin.delete(`/api-keys/${theirs.id}`)).status, 404)
  const forbidden = { message: 'API Key sem permissão para esta operação.', required_permission: 'admin' }
  for (const answer of [
    await globex.get('/api-keys'),
    await globex.post('/api-keys', { name: 'mais uma' }),
    await globex.delete(`/api-keys/${theirs.id}`),
  ]) {
    assert.deepEqual([answer.status, answer.body], [403, forbidden])
  }
  assert.equal((await globex.get('/leads')).status, 200)
})
