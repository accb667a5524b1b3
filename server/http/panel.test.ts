import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startApp } from '../../test/harness.ts'

const app = await startApp()
const browse = (path: string, headers: Record<string, string> = { accept: 'text/html,*/*;q=0.8' }) =>
  fetch(`${app.url}${path}`, { headers })

test('every address that a person may open shows the panel, which lets nothing in from elsewhere', async () => {
  for (const path of ['/', '/sign-in?token=x', '/leads/12', '/settings/users', '/nowhere']) {
    const answer = await browse(path)
    assert.equal(answer.status, 200, path)
    assert.match(answer.headers.get('content-type')!, /^text\/html/)
    assert.equal(answer.headers.get('cache-control'), 'no-cache')
    const policy = answer.headers.get('content-security-policy')!
    assert.match(policy, /default-src 'none'; script-src 'self' 'sha256-[^']+';/)
    assert.match(policy, /frame-ancestors 'none'/)
    assert.match(await answer.text(), /<title>Funil<\/title>/)
  }
})

test('what is no page stays a 404 in JSON: the API, files, and whoever asks for none', async () => {
  const json = { accept: 'application/json' }
  for (const [path, headers] of [
    ['/api/v1/nowhere'],
    ['/api'],
    ['/assets/nothing.js'],
    ['/.env'],
    ['/robots.txt'],
    ['/leads/12', json],
  ] as const) {
    const answer = await browse(path, headers)
    assert.equal(answer.status, 404, path)
    assert.equal(((await answer.json()) as { success: boolean }).success, false)
  }
  const posted = await fetch(`${app.url}/sign-in`, { method: 'POST', headers: { accept: 'text/html' } })
  assert.equal(posted.status, 404)
})

test('its files are kept for ever, and travel compressed', async () => {
  const page = await (await browse('/')).text()
  const script = /src="(\/assets\/[^"]+\.js)"/.exec(page)![1]!
  for (const encoding of ['br', 'gzip']) {
    const answer = await browse(script, { 'accept-encoding': encoding })
    assert.equal(answer.status, 200)
    assert.equal(answer.headers.get('content-encoding'), encoding)
    assert.match(answer.headers.get('cache-control')!, /max-age=31536000, immutable/)
    assert.match(answer.headers.get('content-type')!, /javascript/)
    assert.match(await answer.text(), /^import|^var|^const|function/)
  }
})
