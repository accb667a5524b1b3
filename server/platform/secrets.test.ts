import assert from 'node:assert/strict'
import { test } from 'node:test'
import { checksummedToken, hasValidChecksum, randomToken, sha256 } from '#platform/secrets.ts'

test('a token is letters and digits, as long as asked, and never twice the same', () => {
  const tokens = Array.from({ length: 1000 }, () => randomToken(40))
  for (const token of tokens) assert.match(token, /^[\dA-Za-z]{40}$/)
  assert.equal(new Set(tokens).size, 1000)
  assert.equal(new Set(tokens.join('')).size, 62, 'every letter and digit appears')
})

test('a token with a checksum proves itself, until one letter is wrong', () => {
  for (let n = 0; n < 100; n++) {
    const token = checksummedToken('crm_', 40)
    assert.match(token, /^crm_[\dA-Za-z]{46}$/)
    assert.equal(hasValidChecksum(token), true)
    const at = 4 + (n % 46)
    const wrong = token.slice(0, at) + (token[at] === 'Z' ? 'Y' : 'Z') + token.slice(at + 1)
    assert.equal(hasValidChecksum(wrong), false)
  }
  for (const none of ['', 'x', 'crm_', '000000']) assert.equal(hasValidChecksum(none), none === '000000')
})

test('what is kept of a secret is its SHA-256', () => {
  const known = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'
  assert.equal(sha256('abc').toString('hex'), known)
})
