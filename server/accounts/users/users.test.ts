import assert from 'node:assert/strict'
import { test } from 'node:test'
import pg from 'pg'
import { changeAccount } from '#accounts/accounts.ts'
import { createKey } from '#accounts/keys/keys.ts'
import { scopes } from '#accounts/keys/scopes.ts'
import { clientOf, startApp } from '../../../test/harness.ts'
import { newPerson } from '../../../test/people.ts'
import { request } from '../../../test/request.ts'

const app = await startApp()
const acme = await app.newAccount()
const admin = await newPerson(app.url, acme.scope, 'admin')

const tokenIn = (link: string) => new URL(link).searchParams.get('token')!
const signInWith = (link: string) =>
  request(app.url, 'POST', '/api/v1/session/link', { body: { token: tokenIn(link) } })

test('an invited person signs in once with the link, and appears among the account’s people', async () => {
  const { status, body } = await admin.post('/users', { name: 'Ana', email: 'Ana@X.com', role: 'manager' })
  assert.equal(status, 201)
  assert.deepEqual([body.user.email, body.user.role, body.user.is_active], ['ana@x.com', 'manager', true])
  const signedIn = await signInWith(body.sign_in_link)
  assert.equal(signedIn.status, 200)
  assert.equal(signedIn.body.user.id, body.user.id)
  assert.equal((await signInWith(body.sign_in_link)).status, 422)
  const { data } = (await acme.get('/users')).body
  assert.ok(data.some((user: { id: number }) => user.id === body.user.id))
  assert.deepEqual((await acme.get(`/users/${body.user.id}`)).body.user, body.user)
})

test('an e-mail is one person’s in an account, in any case, and anybody’s in another', async () => {
  const email = 'once@x.com'
  const { body } = await admin.post('/users', { name: 'A', email, role: 'viewer' })
  const again = await admin.post('/users', { name: 'B', email: 'ONCE@x.com', role: 'viewer' })
  assert.deepEqual([again.status, again.body.errors], [422, { email: ['The email has already been taken.'] }])
  const other = (await admin.post('/users', { name: 'C', email: 'other@x.com', role: 'viewer' })).body.user
  const taken = await admin.put(`/users/${other.id}`, { email: 'Once@X.com' })
  assert.deepEqual([taken.status, taken.body.errors], [422, { email: ['The email has already been taken.'] }])
  assert.equal((await admin.patch(`/users/${body.user.id}`, { email: 'ONCE@X.COM' })).body.user.email, email)
  const globex = await app.newAccount()
  const { status } = await globex.post('/users', { name: 'A', email, role: 'viewer' })
  assert.equal(status, 201)
})

test('what is wrong with a person is said in Laravel’s words; nobody is made', async () => {
  const before = (await acme.get('/users')).body.data.length
  const { body } = await admin.post('/users', { email: 'x', role: 'owner' })
  assert.deepEqual(body.errors, {
    name: ['The name field is required.'],
    email: ['The email field must be a valid email address.'],
    role: ['The selected role is invalid.'],
  })
  assert.equal((await acme.get('/users')).body.data.length, before)
})

test('whoever leaves is out at once: sessions, links, assignments', async () => {
  const ana = await newPerson(app.url, acme.scope, 'manager')
  const rui = await newPerson(app.url, acme.scope, 'manager')
  const spare = (await admin.post(`/users/${ana.id}/sign-in-link`)).body.sign_in_link
  const lead = (await acme.post('/leads', { name: 'Dela', assigned_to: ana.id })).body.lead
  const done = (await admin.post(`/users/${ana.id}/deactivate`, { hand_over_to: rui.id })).body
  assert.equal(done.user.is_active, false)
  assert.equal((await ana.get('/session')).status, 401)
  assert.equal((await signInWith(spare)).status, 422)
  assert.equal((await acme.get(`/leads/${lead.id}`)).body.lead.assigned_to, rui.id)
  for (const refused of [
    await acme.post('/leads', { name: 'Nova', assigned_to: ana.id }),
    await acme.put(`/leads/${lead.id}`, { assigned_to: ana.id }),
  ]) {
    assert.deepEqual([refused.status, refused.body.message], [422, 'The selected assigned to is invalid.'])
  }
  const link = await admin.post(`/users/${ana.id}/sign-in-link`)
  assert.deepEqual([link.status, link.body.success], [422, false])
  const listed = async (query: string) =>
    (await acme.get(`/users${query}`)).body.data.some((user: { id: number }) => user.id === ana.id)
  assert.deepEqual([await listed(''), await listed('?include_inactive=true')], [false, true])

  assert.equal((await admin.post(`/users/${ana.id}/activate`)).body.user.is_active, true)
  assert.equal((await ana.get('/session')).status, 401)
  assert.equal((await acme.put(`/leads/${lead.id}`, { assigned_to: ana.id })).status, 200)
})

test('leads are handed over all at once, each with its events, in a few statements', async () => {
  const { scope, ...globex } = await app.newAccount()
  const boss = await newPerson(app.url, scope, 'admin')
  const [from, to] = [await newPerson(app.url, scope, 'viewer'), await newPerson(app.url, scope, 'viewer')]
  const { lead } = (await globex.post('/leads', { name: 'Uma de muitas', assigned_to: from.id })).body
  await app.database.pool.query(
    `insert into leads (account_id, name, pipeline_id, stage_id, assigned_to, status, search)
     select account_id, name, pipeline_id, stage_id, assigned_to, status, search
     from leads, generate_series(1, 599) where account_id = $1 and id = $2`,
    [scope.accountId, lead.id],
  )
  const kept = (await globex.post('/leads', { name: 'De outro', assigned_to: to.id })).body.lead
  const task = { subject: 'Ligar', type: 'call', due_date: '2026-12-01', assigned_to: from.id }
  const pending = (await globex.post('/tasks', task)).body.task
  const done = (await globex.post('/tasks', task)).body.task
  await globex.put(`/tasks/${done.id}/complete`)

  const statements = await countStatements(() =>
    boss.post(`/users/${from.id}/deactivate`, { hand_over_to: to.id }),
  )
  assert.ok(statements < 30, `${statements} statements`)
  assert.equal((await globex.get(`/leads?assigned_to=${from.id}`)).body.meta.total, 0)
  assert.equal((await globex.get(`/leads?assigned_to=${to.id}`)).body.meta.total, 601)
  const { rows } = await app.database.pool.query(
    `select type, count(*)::int, count(distinct lead_id)::int as leads, min(data->>'assigned_to') as "to",
       min(previous->>'assigned_to') as "from", bool_and(actor->>'id' = $3::text) as "byBoss"
     from events where account_id = $1 and type in ('lead.assigned', 'lead.updated') and lead_id <> $2
     group by type order by type`,
    [scope.accountId, kept.id, boss.id],
  )
  assert.deepEqual(
    rows.map(({ type, count, leads, from, byBoss }) => [type, count, leads, Number(from), byBoss]),
    [
      ['lead.assigned', 600, 600, from.id, true],
      ['lead.updated', 600, 600, from.id, true],
    ],
  )
  assert.equal(Number(rows[0].to), to.id)
  assert.equal((await globex.get(`/tasks/${pending.id}`)).body.task.assigned_to, to.id)
  assert.equal((await globex.get(`/tasks/${done.id}`)).body.task.assigned_to, from.id)

  await boss.post(`/users/${to.id}/deactivate`, { hand_over_to: null })
  assert.equal((await globex.get(`/leads/${kept.id}`)).body.lead.assigned_to, null)
})

test('no lead is ever left with somebody who left, however many are being given to them', async () => {
  for (let round = 0; round < 5; round++) {
    const ana = await newPerson(app.url, acme.scope, 'viewer')
    const { lead } = (await acme.post('/leads', { name: 'Dela' })).body
    const give = (n: number) =>
      n % 2
        ? acme.post('/leads', { name: 'Mais um', assigned_to: ana.id })
        : acme.put(`/leads/${lead.id}`, { assigned_to: ana.id })
    const [left, ...given] = await Promise.all([
      admin.post(`/users/${ana.id}/deactivate`, { hand_over_to: admin.id }),
      ...Array.from({ length: 12 }, (_, n) => give(n)),
    ])
    assert.equal(left.status, 200)
    for (const { status, body } of given) {
      if (status !== 200 && status !== 201)
        assert.deepEqual([status, body.message], [422, 'The selected assigned to is invalid.'])
    }
    assert.equal((await acme.get(`/leads?assigned_to=${ana.id}`)).body.meta.total, 0)
  }
})

test('nothing is handed to oneself, to somebody who left, to a stranger, or without saying to whom', async () => {
  const ana = await newPerson(app.url, acme.scope, 'viewer')
  const gone = await newPerson(app.url, acme.scope, 'viewer')
  const globex = await app.newAccount()
  const stranger = await newPerson(app.url, globex.scope, 'viewer')
  await admin.post(`/users/${gone.id}/deactivate`, { hand_over_to: null })
  for (const hand_over_to of [ana.id, gone.id, stranger.id, 999_999]) {
    const { status, body } = await admin.post(`/users/${ana.id}/deactivate`, { hand_over_to })
    assert.deepEqual([status, body.message], [422, 'The selected hand over to is invalid.'])
  }
  const { body } = await admin.post(`/users/${ana.id}/deactivate`, {})
  assert.equal(body.message, 'The hand over to field is required.')
  assert.equal((await ana.get('/session')).status, 200)
  assert.equal((await admin.post(`/users/${stranger.id}/deactivate`, { hand_over_to: null })).status, 404)
})

test('the last active admin stays, even when two leave at the same moment', async () => {
  const message = 'A conta precisa de um administrador ativo; promova outra pessoa antes.'
  for (let round = 0; round < 8; round++) {
    const { scope } = await app.newAccount()
    const [one, two] = [await newPerson(app.url, scope, 'admin'), await newPerson(app.url, scope, 'admin')]
    const answers = await Promise.all([
      round % 2
        ? one.put(`/users/${one.id}`, { role: 'viewer' })
        : one.post(`/users/${one.id}/deactivate`, { hand_over_to: null }),
      round % 4 > 1
        ? two.put(`/users/${two.id}`, { role: 'manager' })
        : one.post(`/users/${two.id}/deactivate`, { hand_over_to: null }),
    ])
    const statuses = answers.map(({ status }) => status)
    assert.ok(statuses.includes(200), String(statuses))
    const { rows } = await app.database.pool.query(
      `select count(*)::int as admins from users where account_id = $1 and role = 'admin' and is_active`,
      [scope.accountId],
    )
    assert.equal(rows[0].admins, 1, String(statuses))
    const refused = answers.find(({ status }) => status === 422)
    if (refused) assert.deepEqual(refused.body, { success: false, message, reason: 'last_admin' })
  }
})

test('a key never makes, changes or opens the door of an admin, whatever its scopes', async () => {
  const target = await newPerson(app.url, acme.scope, 'admin')
  const forbidden = { message: 'API Key sem permissão para esta operação.', required_permission: 'admin' }
  const viewer = (await acme.post('/users', { name: 'V', email: 'v@x.com', role: 'viewer' })).body.user
  for (const refused of [
    await acme.post('/users', { name: 'E', email: 'evil@x.com', role: 'admin' }),
    await acme.put(`/users/${viewer.id}`, { role: 'admin' }),
    await acme.put(`/users/${target.id}`, { email: 'mine@x.com' }),
    await acme.post(`/users/${target.id}/sign-in-link`),
    await acme.post(`/users/${target.id}/deactivate`, { hand_over_to: null }),
    await acme.post(`/users/${target.id}/activate`),
  ]) {
    assert.deepEqual([refused.status, refused.body], [403, forbidden])
  }
  assert.equal((await acme.get(`/users/${viewer.id}`)).body.user.role, 'viewer')
  assert.equal((await target.get('/session')).status, 200)
  assert.equal((await acme.post(`/users/${viewer.id}/sign-in-link`)).status, 201)
})

test('a narrow key gives no role that may do more than it may itself', async () => {
  const keyWith = async (chosen: string[]) =>
    clientOf(app.url, (await createKey(acme.scope, { name: 'narrow', scopes: chosen, rateLimit: 1000 })).key)
  const only = await keyWith(['users:read', 'users:write'])
  const refused = await only.post('/users', { name: 'N', email: 'n1@x.com', role: 'viewer' })
  assert.deepEqual([refused.status, refused.body.required_permission], [403, 'leads:read'])
  const reads = await keyWith([...scopes.filter((scope) => scope.endsWith(':read')), 'users:write'])
  assert.equal((await reads.post('/users', { name: 'N', email: 'n1@x.com', role: 'viewer' })).status, 201)
  const manager = await reads.post('/users', { name: 'N', email: 'n2@x.com', role: 'manager' })
  assert.deepEqual([manager.status, manager.body.required_permission], [403, 'leads:write'])
})

test('the plan’s people: never one over, whatever is created or brought back at the same moment', async () => {
  const { scope, ...small } = await app.newAccount({ plan: 'free' })
  await changeAccount(scope, { limits: { users: 5 } })
  const boss = await newPerson(app.url, scope, 'admin')
  const answers = await Promise.all(
    Array.from({ length: 50 }, (_, n) =>
      small.post('/users', { name: `P${n}`, email: `p${n}@x.com`, role: 'viewer' }),
    ),
  )
  assert.equal(answers.filter(({ status }) => status === 201).length, 4)
  const full = { success: false, message: 'Limite de usuários do plano atingido.', limit_reached: true }
  for (const { status, body } of answers) if (status !== 201) assert.deepEqual([status, body], [422, full])
  assert.equal((await small.get('/users')).body.data.length, 5)

  const someone = answers.find(({ status }) => status === 201)!.body.user
  await boss.post(`/users/${someone.id}/deactivate`, { hand_over_to: null })
  const races = await Promise.all([
    boss.post(`/users/${someone.id}/activate`),
    small.post('/users', { name: 'X', email: 'x1@x.com', role: 'viewer' }),
    small.post('/users', { name: 'X', email: 'x2@x.com', role: 'viewer' }),
  ])
  assert.equal(races.filter(({ body }) => body.success).length, 1)
  assert.equal((await small.get('/users')).body.data.length, 5)
  assert.equal((await boss.post(`/users/${boss.id}/activate`)).status, 200)
})

test('a changed role is felt by the very next request', async () => {
  const ana = await newPerson(app.url, acme.scope, 'viewer')
  assert.equal((await ana.post('/leads', { name: 'Não' })).status, 403)
  await admin.put(`/users/${ana.id}`, { role: 'manager' })
  assert.equal((await ana.post('/leads', { name: 'Sim' })).status, 201)
})

test('a secret that is shown once is not kept for a repeated request', async () => {
  const headers = { 'idempotency-key': 'invite-1' }
  const person = { name: 'Ida', email: 'ida@x.com', role: 'viewer' }
  const first = await admin.post('/users', person, headers)
  assert.equal(first.status, 201)
  assert.equal((await admin.post('/users', person, headers)).status, 422)
  const { rows } = await app.database.pool.query(
    `select count(*)::int as kept from idempotency_keys where account_id = $1`,
    [acme.account.id],
  )
  assert.equal(rows[0].kept, 0)
})

async function countStatements(work: () => Promise<{ status: number }>) {
  const { query } = pg.Client.prototype
  let count = 0
  pg.Client.prototype.query = function (this: pg.Client, ...args: unknown[]) {
    count++
    return (query as (...args: unknown[]) => unknown).apply(this, args)
  } as typeof query
  try {
    assert.equal((await work()).status, 200)
  } finally {
    pg.Client.prototype.query = query
  }
  return count
}
