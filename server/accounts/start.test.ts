import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startApp } from '../../test/harness.ts'
import { newPerson } from '../../test/people.ts'

const app = await startApp()

test('the first steps are told as they are done, and put away for the whole account', async () => {
  const acme = await app.newAccount({ name: 'Minha empresa' })
  const ana = await newPerson(app.url, acme.scope, 'admin')
  const steps = async () => (await ana.get('/account/start')).body.start
  assert.deepEqual(await steps(), {
    company: false,
    pipeline: true,
    whatsapp: false,
    colleague: false,
    key: false,
    lead: false,
    is_dismissed: false,
  })
  await ana.put('/account', { name: 'ACME' })
  await acme.post('/leads', { name: 'João' })
  const bia = await newPerson(app.url, acme.scope, 'viewer')
  const now = await steps()
  assert.deepEqual([now.company, now.lead, now.key, now.colleague], [true, true, true, true])
  assert.equal((await bia.put('/account/start', { is_dismissed: true })).status, 403)
  await ana.put('/account/start', { is_dismissed: true })
  assert.equal((await bia.get('/account/start')).body.start.is_dismissed, true)
})
