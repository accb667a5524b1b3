import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startApp } from './harness.ts'
import { request } from './request.ts'

const { url } = await startApp()

test('the reference shows our document with nothing from elsewhere', async () => {
  const { status, headers } = await request(url, 'GET', '/docs')
  assert.deepEqual([status, headers.get('location')], [301, '/docs/'])
  const page = await request(url, 'GET', '/docs/')
  assert.equal(page.status, 200)
  assert.match(page.headers.get('content-type') ?? '', /^text\/html/)
  assert.match(page.body, /<title>Funil API<\/title>/)
  assert.match(page.body, /"url":\s*"\/openapi\.json"/)
  for (const off of ['withDefaultFonts', 'telemetry', 'persistAuth'])
    assert.match(page.body, new RegExp(`"${off}":\\s*false`), off)
  for (const off of ['agent', 'mcp'])
    assert.match(page.body, new RegExp(`"${off}":\\s*\\{\\s*"disabled":\\s*true`), off)
  assert.doesNotMatch(page.body, /https?:\/\//)
  assert.doesNotMatch(page.body, /proxyUrl/)
})

test('the reference’s script is served by us, and may speak to us alone', async () => {
  const page = await request(url, 'GET', '/docs/')
  const [, script] = /<script src="([^"]+)"/.exec(page.body)!
  const { status, headers } = await request(url, 'GET', `/docs/${script}`)
  assert.equal(status, 200)
  assert.match(headers.get('content-type') ?? '', /javascript/)
  const policy = page.headers.get('content-security-policy') ?? ''
  assert.match(policy, /^default-src 'self' data: blob: 'unsafe-inline'; frame-ancestors 'none'$/)
})
