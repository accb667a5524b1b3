import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createKey } from '#accounts/keys/keys.ts'
import { scopes } from '#accounts/keys/scopes.ts'
import { roles } from '#accounts/tables.ts'
import { routes } from '#api.ts'
import type { Route } from '#platform/route.ts'
import { clientOf, startApp } from './harness.ts'
import { newPerson } from './people.ts'
import { type Reply, request } from './request.ts'

const app = await startApp()
const acme = await app.newAccount()

/** The contract's words, apart from the code's. */
const roleMay: Record<(typeof roles)[number], (permission: string) => boolean> = {
  admin: () => true,
  manager: (permission) => permission !== 'users:write' && permission !== 'admin',
  viewer: (permission) => permission === 'session' || permission.endsWith(':read'),
}

// No record has this id, and an empty body creates nothing: past the permission there is little to see or to break.
const addressOf = (route: Route) => route.path.replace(/\{\w+\}/g, '999999999')
const nameOf = (route: Route) => `${route.method} ${route.path}`
const closed = routes.filter(({ permission }) => permission !== 'public')
const bodyOf = ({ method }: Route) => (method === 'GET' ? undefined : {})

function mustPass(route: Route, who: string, { status, body }: Reply) {
  const past = (status >= 200 && status < 300) || status === 404 || status === 422
  assert.ok(past, `${nameOf(route)} refused ${who}: ${status} ${JSON.stringify(body)}`)
}

function mustRefuse(route: Route, who: string, { status, body }: Reply) {
  const message = 'API Key sem permissão para esta operação.'
  const what = `${nameOf(route)} for ${who}`
  assert.deepEqual([status, body], [403, { message, required_permission: route.permission }], what)
}

test('each route asks for something of the catalogue, and one that changes things never for a mere read', () => {
  assert.ok(closed.length > 40)
  for (const route of closed) {
    const { permission, method } = route
    assert.ok([...scopes, 'session', 'admin'].includes(permission as never), nameOf(route))
    assert.ok(method === 'GET' || !permission.endsWith(':read'), nameOf(route))
    assert.ok(method !== 'GET' || !permission.endsWith(':write'), nameOf(route))
  }
})

for (const role of roles) {
  test(`each route for a signed-in ${role}`, async () => {
    const person = await newPerson(app.url, acme.scope, role)
    // Last, because after it there is no session.
    const signOut = closed.find((route) => nameOf(route) === 'DELETE /session')!
    for (const route of [...closed.filter((each) => each !== signOut), signOut]) {
      const answer = await person.call(route.method)(addressOf(route), bodyOf(route))
      const judge = roleMay[role](route.permission) ? mustPass : mustRefuse
      judge(route, role, answer)
    }
  })
}

for (const scope of scopes) {
  test(`each route for a key with ${scope} alone`, async () => {
    const { key } = await createKey(acme.scope, { name: scope, scopes: [scope], rateLimit: 1_000_000 })
    await throughAll(clientOf(app.url, key), (permission) => permission === scope, scope)
  })
}

test('each route for a key with every scope: what only people may do stays closed', async () => {
  await throughAll(acme, (permission) => permission !== 'session' && permission !== 'admin', 'every scope')
})

async function throughAll(
  client: ReturnType<typeof clientOf>,
  may: (permission: string) => boolean,
  who: string,
) {
  const calls = {
    GET: client.get,
    POST: client.post,
    PUT: client.put,
    PATCH: client.patch,
    DELETE: client.delete,
  }
  for (const route of closed) {
    const answer =
      route.method === 'GET'
        ? await client.get(addressOf(route))
        : await calls[route.method](addressOf(route), bodyOf(route))
    const judge = may(route.permission) ? mustPass : mustRefuse
    judge(route, who, answer)
  }
}

test('without a key and without a session: 401 everywhere but where people sign in', async () => {
  for (const route of routes) {
    const { status, body } = await request(app.url, route.method, `/api/v1${addressOf(route)}`, {
      body: bodyOf(route),
    })
    if (route.permission === 'public') mustPass(route, 'nobody', { status, body } as Reply)
    else assert.deepEqual([status, body], [401, { message: 'API Key não fornecida.' }], nameOf(route))
  }
  const open = routes.filter(({ permission }) => permission === 'public').map(nameOf)
  assert.deepEqual(open, ['POST /session', 'POST /session/link', 'POST /session/forgotten'])
})
