import assert from 'node:assert/strict'
import { test } from 'node:test'
import { changeAccount } from '#accounts/accounts.ts'
import { attemptsByAddress, attemptsByEmail } from '#accounts/sign-in/attempts.ts'
import { routes } from '#api.ts'
import { buildHttp } from '#http/server.ts'
import { httpOptions, startApp } from '../../../test/harness.ts'
import { browserOf, cookieOf, newPerson, password } from '../../../test/people.ts'
import { type Reply, request } from '../../../test/request.ts'

const app = await startApp({ trustProxy: true })
const acme = await app.newAccount()
const refused = 'E-mail ou senha incorretos; confira ou peça um link de acesso a um administrador.'
const limited = 'Rate limit excedido para esta API Key.'

let addresses = 0
const newAddress = () => `198.51.${Math.floor(++addresses / 250)}.${addresses % 250}`

const signIn = (body: object, ip = newAddress(), url = app.url): Promise<Reply> =>
  request(url, 'POST', '/api/v1/session', { body, headers: { 'x-forwarded-for': ip } })

test('e-mail and password open a session, and say who one is and what one may do', async () => {
  const ana = await newPerson(app.url, acme.scope, 'viewer', 'ana@x.com')
  const answer = await signIn({ email: ' ANA@x.com ', password })
  assert.equal(answer.status, 200)
  const { user, account, permissions } = answer.body
  assert.deepEqual(user, { id: ana.id, name: ana.name, email: 'ana@x.com', role: 'viewer' })
  assert.equal(account.id, acme.account.id)
  assert.ok(permissions.includes('leads:read') && !permissions.includes('leads:write'))
  const cookie = answer.headers.get('set-cookie')!
  assert.match(cookie, /^funil_session=[0-9A-Za-z]{40}; Path=\/; HttpOnly; SameSite=Lax; Expires=[^;]+GMT$/)
  const days = (Date.parse(/Expires=([^;]+)/.exec(cookie)![1]!) - Date.now()) / 86_400_000
  assert.ok(days > 29.9 && days <= 30)
  const browser = browserOf(app.url, cookieOf(answer))
  assert.deepEqual((await browser.get('/session')).body, answer.body)
  const { rows } = await app.database.pool.query('select token_hash from sessions')
  const token = cookieOf(answer).split('=')[1]!
  assert.ok(rows.every(({ token_hash }) => !token_hash.toString('latin1').includes(token)))
})

test('behind https the cookie travels only there', async () => {
  await newPerson(app.url, acme.scope, 'viewer', 'secure@x.com')
  const options = { ...httpOptions, trustProxy: true, publicUrl: 'https://crm.example.com' }
  const server = await buildHttp(app.database, routes, options)
  try {
    const url = await server.listen({ port: 0, host: '127.0.0.1' })
    const answer = await signIn({ email: 'secure@x.com', password }, newAddress(), url)
    assert.match(answer.headers.get('set-cookie')!, /; Secure$/)
  } finally {
    await server.close()
  }
})

test('a wrong password, an unknown address, somebody without a password and somebody who left hear the same', async () => {
  await newPerson(app.url, acme.scope, 'viewer', 'wrong@x.com')
  await acme.post('/users', { name: 'Sem senha', email: 'invited@x.com', role: 'viewer' })
  const gone = await newPerson(app.url, acme.scope, 'viewer', 'gone@x.com')
  await acme.post(`/users/${gone.id}/deactivate`, { hand_over_to: null })
  for (const body of [
    { email: 'wrong@x.com', password: `${password}!` },
    { email: 'wrong@x.com', password: ` ${password}` },
    { email: 'nobody@x.com', password },
    { email: 'invited@x.com', password: 'xxxxxxxx' },
    { email: 'gone@x.com', password },
    { email: 'wrong@x.com', password, account_id: 999_999 },
  ]) {
    const { status, body: answer, headers } = await signIn(body)
    const said = { success: false, message: refused, reason: 'sign_in_refused' }
    assert.deepEqual([status, answer], [422, said], body.email)
    assert.equal(headers.get('set-cookie'), null)
  }
  const { body } = await signIn({ email: 'x', password: '' })
  assert.deepEqual(body.errors, {
    email: ['The email field must be a valid email address.'],
    password: ['The password field is required.'],
  })
})

test('an unknown address takes as long as a known one', async () => {
  await newPerson(app.url, acme.scope, 'viewer', 'timed@x.com')
  await signIn({ email: 'warm@x.com', password: 'xxxxxxxx' })
  const times = { known: [] as number[], unknown: [] as number[] }
  for (let n = 0; n < 8; n++) {
    for (const [which, email] of [
      ['known', 'timed@x.com'],
      ['unknown', `nobody${n}@x.com`],
    ] as const) {
      const start = performance.now()
      await signIn({ email, password: 'not the password' })
      times[which].push(performance.now() - start)
    }
  }
  const middle = (list: number[]) => list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)]!
  const ratio = middle(times.unknown) / middle(times.known)
  assert.ok(ratio > 0.5 && ratio < 2, `${ratio}`)
})

test('who has one password in several accounts chooses; who has others comes in where it fits', async () => {
  const email = 'many@x.com'
  const globex = await app.newAccount({ name: 'Globex' })
  const here = await newPerson(app.url, acme.scope, 'viewer', email)
  const there = await newPerson(app.url, globex.scope, 'admin', email)
  const choice = await signIn({ email, password })
  assert.equal(choice.status, 422)
  assert.deepEqual(choice.body.accounts, [
    { id: acme.account.id, name: 'ACME' },
    { id: globex.account.id, name: 'Globex' },
  ])
  const chosen = await signIn({ email, password, account_id: globex.account.id })
  assert.deepEqual([chosen.body.user.id, chosen.body.account.id], [there.id, globex.account.id])
  await here.put('/session/password', { password: 'another password' })
  assert.equal((await signIn({ email, password })).body.user.id, there.id)
  assert.equal((await signIn({ email, password: 'another password' })).body.user.id, here.id)
})

test('guesses for one address are counted exactly, over two processes at once, and success forgets them', async () => {
  await newPerson(app.url, acme.scope, 'viewer', 'guessed@x.com')
  const options = { ...httpOptions, trustProxy: true }
  const other = await buildHttp(app.database, routes, options)
  try {
    const urls = [app.url, await other.listen({ port: 0, host: '127.0.0.1' })]
    for (const email of ['guessed@x.com', 'unknown@x.com']) {
      const guesses = await Promise.all(
        Array.from({ length: 30 }, (_, n) =>
          signIn({ email, password: `guess ${n}` }, newAddress(), urls[n % 2]),
        ),
      )
      const looked = guesses.filter(({ status }) => status === 422)
      const stopped = guesses.filter(({ status }) => status === 429)
      assert.deepEqual([looked.length, stopped.length], [attemptsByEmail, 30 - attemptsByEmail], email)
      const { body, headers } = stopped[0]!
      assert.equal(body.message, limited)
      assert.deepEqual(Object.keys(body), ['message', 'retry_after'])
      assert.equal(headers.get('retry-after'), String(body.retry_after))
      assert.ok(body.retry_after > 880 && body.retry_after <= 900)
    }
    const { status } = await signIn({ email: 'guessed@x.com', password })
    assert.equal(status, 429, 'the right password, too, has to wait')
  } finally {
    await other.close()
  }
})

test('a success forgets the failures before it', async () => {
  await newPerson(app.url, acme.scope, 'viewer', 'clumsy@x.com')
  for (let round = 0; round < 3; round++) {
    for (let n = 0; n < attemptsByEmail - 1; n++) {
      assert.equal((await signIn({ email: 'clumsy@x.com', password: 'no no no' })).status, 422)
    }
    assert.equal((await signIn({ email: 'clumsy@x.com', password })).status, 200)
  }
})

test('one IP address may fail only so often, whomever it tries; who succeeds there does not count', async () => {
  await newPerson(app.url, acme.scope, 'viewer', 'office@x.com')
  const ip = newAddress()
  for (let n = 0; n < 5; n++)
    assert.equal((await signIn({ email: 'office@x.com', password }, ip)).status, 200)
  const tries = await Promise.all(
    Array.from({ length: attemptsByAddress + 10 }, (_, n) =>
      n % 2
        ? signIn({ email: `spray${n}@x.com`, password: 'password1' }, ip)
        : request(app.url, 'POST', '/api/v1/session/link', {
            body: { token: `t${n}` },
            headers: { 'x-forwarded-for': ip },
          }),
    ),
  )
  assert.equal(tries.filter(({ status }) => status === 422).length, attemptsByAddress)
  assert.equal((await signIn({ email: 'office@x.com', password }, ip)).status, 429)
  assert.equal((await signIn({ email: 'office@x.com', password })).status, 200)
})

test('a forgotten password: the same answer for everybody, and an admin sees who asked', async () => {
  const admin = await newPerson(app.url, acme.scope, 'admin')
  const ana = await newPerson(app.url, acme.scope, 'viewer', 'forgot@x.com')
  const ask = (email: string) => request(app.url, 'POST', '/api/v1/session/forgotten', { body: { email } })
  const [known, unknown] = [await ask('Forgot@x.com'), await ask('nobody@x.com')]
  assert.deepEqual([known.status, known.body], [unknown.status, unknown.body])
  assert.equal(known.body.success, true)
  const requested = async () => (await admin.get(`/users/${ana.id}`)).body.user.link_requested_at
  assert.ok(await requested())
  const { sign_in_link } = (await admin.post(`/users/${ana.id}/sign-in-link`)).body
  assert.equal(await requested(), null)
  const token = new URL(sign_in_link).searchParams.get('token')
  const cookie = cookieOf(await request(app.url, 'POST', '/api/v1/session/link', { body: { token } }))
  const browser = browserOf(app.url, cookie)
  assert.equal((await browser.put('/session/password', { password: 'a new password' })).status, 200)
  assert.equal((await signIn({ email: 'forgot@x.com', password: 'a new password' })).status, 200)
})

test('a new password ends every other session and link, and needs the old one of who came with it', async () => {
  const admin = await newPerson(app.url, acme.scope, 'admin')
  const ana = await newPerson(app.url, acme.scope, 'viewer', 'changes@x.com')
  const link = (await admin.post(`/users/${ana.id}/sign-in-link`)).body.sign_in_link
  const first = browserOf(app.url, cookieOf(await signIn({ email: ana.email, password })))
  const change = (body: object) => first.put('/session/password', body)
  assert.deepEqual((await change({ password: 'a new password' })).body.errors, {
    current_password: ['The current password field is required.'],
  })
  assert.deepEqual(
    (await change({ password: 'a new password', current_password: 'wrong one' })).body.errors,
    {
      current_password: ['The password is incorrect.'],
    },
  )
  assert.deepEqual((await change({ password: 'short', current_password: password })).body.errors, {
    password: ['The password field must be at least 8 characters.'],
  })
  assert.deepEqual((await change({ password: 'x'.repeat(201), current_password: password })).body.errors, {
    password: ['The password field must not be greater than 200 characters.'],
  })
  const answer = await change({ password: ' a new password ', current_password: password })
  assert.equal(answer.status, 200)
  const renewed = browserOf(app.url, cookieOf(answer))
  assert.deepEqual(
    [
      (await first.get('/session')).status,
      (await ana.get('/session')).status,
      (await renewed.get('/session')).status,
    ],
    [401, 401, 200],
  )
  const token = new URL(link).searchParams.get('token')
  assert.equal((await request(app.url, 'POST', '/api/v1/session/link', { body: { token } })).status, 422)
  assert.equal((await signIn({ email: ana.email, password })).status, 422)
  assert.equal((await signIn({ email: ana.email, password: ' a new password ' })).status, 200)
})

test('who signs in while the password changes or they leave is out afterwards, however it falls', async () => {
  for (let round = 0; round < 6; round++) {
    const ana = await newPerson(app.url, acme.scope, 'viewer')
    const [answers] = await Promise.all([
      Promise.all(Array.from({ length: 4 }, () => signIn({ email: ana.email, password }))),
      round % 2
        ? ana.put('/session/password', { password: 'a new password' })
        : acme.post(`/users/${ana.id}/deactivate`, { hand_over_to: null }),
    ])
    if (round % 2 === 0) await acme.post(`/users/${ana.id}/activate`)
    for (const answer of answers) {
      if (answer.status !== 200) continue
      assert.equal((await browserOf(app.url, cookieOf(answer)).get('/session')).status, 401)
    }
  }
})

test('a suspended account’s people sign in to nothing', async () => {
  const globex = await app.newAccount()
  const ana = await newPerson(app.url, globex.scope, 'admin')
  await changeAccount(globex.scope, { status: 'suspended' })
  const { status, body } = await ana.get('/leads')
  assert.deepEqual([status, body], [403, { message: 'Conta inativa.' }])
})
