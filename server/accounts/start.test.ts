import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startApp } from '../../test/harness.ts'
import { newPerson } from '../../test/people.ts'
import { silentNumber } from '../../test/whatsapp/talks.ts'
import { until } from '../../test/whatsapp/until.ts'

const app = await startApp({ workers: true })

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

test('WhatsApp has begun when a number is connected, or when a simulated customer was answered', async () => {
  const [real, trying] = [await app.newAccount(), await app.newAccount()]
  const hasBegun = async ({ get }: typeof real) => (await get('/account/start')).body.start.whatsapp
  const number = await silentNumber(real.scope)
  assert.equal(await hasBegun(real), false)
  await app.database.pool.query("-- test\nupdate instances set status = 'connected' where id = $1", [number])
  assert.equal(await hasBegun(real), true)

  const { instance } = (await trying.post('/whatsapp/instances', { provider: 'sandbox' })).body
  assert.equal(await hasBegun(trying), false)
  const saying = { phone: '(11) 99988-7766', name: 'João', text: 'Oi' }
  await trying.post(`/whatsapp/instances/${instance.id}/sandbox/messages`, saying)
  const { id } = await until('João was heard', async () => (await trying.get('/conversations')).body.data[0])
  assert.equal(await hasBegun(trying), false)
  await trying.put(`/whatsapp/instances/${instance.id}/sandbox`, { fails_with: 'not_on_whatsapp' })
  await trying.post(`/conversations/${id}/messages`, { message: 'Oi, João' })
  assert.equal(await hasBegun(trying), false)
  await trying.put(`/whatsapp/instances/${instance.id}/sandbox`, { fails_with: null })
  await trying.post(`/conversations/${id}/messages`, { message: 'Oi de novo, João' })
  assert.equal(await hasBegun(trying), true)
})
