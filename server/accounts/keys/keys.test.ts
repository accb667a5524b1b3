import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createKey, listKeys, looksLikeKey, revokeKey, revokeKeyAnywhere } from '#accounts/keys/keys.ts'
import { scopes } from '#accounts/keys/scopes.ts'
import { Refused } from '#platform/errors.ts'
import { sha256 } from '#platform/secrets.ts'
import { clientOf, startApp } from '../../../test/harness.ts'

const app = await startApp()
const acme = await app.newAccount()
const globex = await app.newAccount()

test('a key is shown whole once; what is stored is its hash and its first letters', async () => {
  const { key, prefix, id } = await createKey(acme.scope, { name: 'n8n' })
  assert.match(key, /^crm_[\dA-Za-z]{46}$/)
  assert.equal(prefix, key.slice(0, 12))
  const { rows } = await app.database.pool.query(
    'select hash, to_jsonb(api_keys)::text as whole from api_keys where account_id = $1 and id = $2',
    [acme.account.id, id],
  )
  assert.deepEqual(rows[0].hash, sha256(key))
  assert.equal(rows[0].whole.includes(key.slice(12)), false)
  const listed = (await listKeys(acme.scope)).find((each) => each.id === id)!
  assert.equal(JSON.stringify(listed).includes(key.slice(12)), false)
  assert.equal('hash' in listed || 'key' in listed, false)
})

test('a new key has every scope unless some are chosen; an unknown scope is refused', async () => {
  assert.deepEqual((await createKey(acme.scope, { name: 'all' })).scopes, [...scopes])
  const chosen = await createKey(acme.scope, { name: 'some', scopes: ['leads:read', 'leads:read'] })
  assert.deepEqual(chosen.scopes, ['leads:read'])
  for (const wrong of ['leads:delete', 'admin', 'public', '']) {
    await assert.rejects(createKey(acme.scope, { name: 'x', scopes: [wrong] }), Refused, wrong)
  }
})

test('every route asks for its own scope, and says which one is missing', async () => {
  const { key } = await createKey(acme.scope, { name: 'narrow', scopes: ['webhooks:read'] })
  const narrow = clientOf(app.url, key)
  const asked = {
    '/leads': 'leads:read',
    '/pipelines': 'pipelines:read',
    '/custom-fields': 'custom_fields:read',
    '/account': 'users:read',
    '/users': 'users:read',
  }
  for (const [path, required_permission] of Object.entries(asked)) {
    const { status, body } = await narrow.get(path)
    assert.deepEqual([status, body.required_permission], [403, required_permission], path)
  }
})

test('a checksum tells a mistyped key from one of ours', async () => {
  const { key } = await createKey(acme.scope, { name: 'typed' })
  assert.equal(looksLikeKey(key), true)
  for (let at = 0; at < key.length; at++) {
    const other = key[at] === 'a' ? 'b' : 'a'
    assert.equal(looksLikeKey(key.slice(0, at) + other + key.slice(at + 1)), false, `letter ${at}`)
  }
  const swapped = key.slice(0, 20) + key[21]! + key[20]! + key.slice(22)
  assert.equal(looksLikeKey(swapped), key[20] === key[21])
  for (const no of ['', 'crm_', key.slice(1), `${key} `, key.toUpperCase(), 'crm_'.repeat(100)]) {
    assert.equal(looksLikeKey(no), false, no)
  }
})

test('a key is revoked once and for all, and only by its own account', async () => {
  const { id, key } = await createKey(acme.scope, { name: 'mine' })
  await assert.rejects(revokeKey(globex.scope, id), Refused)
  assert.equal((await clientOf(app.url, key).get('/account')).status, 200)
  const first = await revokeKey(acme.scope, id)
  assert.deepEqual((await revokeKey(acme.scope, id)).revoked_at, first.revoked_at)
  assert.equal((await clientOf(app.url, key).get('/account')).status, 401)
})

test('the operator revokes by the id alone; an id that is none says so', async () => {
  const { id, key } = await createKey(globex.scope, { name: 'theirs' })
  assert.equal((await revokeKeyAnywhere(app.database.db, id)).id, id)
  assert.equal((await clientOf(app.url, key).get('/account')).status, 401)
  await assert.rejects(revokeKeyAnywhere(app.database.db, 999_999), Refused)
})

test('a key tells when it was last used, once a minute at most', async () => {
  const { id, key } = await createKey(acme.scope, { name: 'used' })
  const lastUsed = async () => (await listKeys(acme.scope)).find((each) => each.id === id)!.last_used_at
  assert.equal(await lastUsed(), null)
  await clientOf(app.url, key).get('/account')
  const first = await lastUsed()
  assert.ok(first && Math.abs(first.getTime() - Date.now()) < 60_000)
  await clientOf(app.url, key).get('/account')
  assert.deepEqual(await lastUsed(), first)
})
