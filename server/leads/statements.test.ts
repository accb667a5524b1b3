import assert from 'node:assert/strict'
import { test } from 'node:test'
import pg from 'pg'
import { startApp } from '../../test/harness.ts'

const app = await startApp()
const acme = await app.newAccount()
const stages = (await acme.get('/pipelines')).body.pipelines[0].stages
const lead = (await acme.post('/leads', { name: 'Ana', source: 'site', tags: ['vip'] })).body.lead

/** What was asked of the account’s data; not a transaction’s bounds, nor what all requests share. */
async function statementsOf(work: () => Promise<{ status: number }>): Promise<string[]> {
  const asked: string[] = []
  const { submit } = pg.Query.prototype
  pg.Query.prototype.submit = function (this: pg.Query & { text: string }, connection) {
    asked.push(this.text)
    return submit.call(this, connection)
  }
  try {
    const { status } = await work()
    assert.ok(status < 300, `answered ${status}`)
  } finally {
    pg.Query.prototype.submit = submit
  }
  return asked.filter((text) => text.includes('account'))
}

/** Exactly so many: one more is a round trip for every customer, all day. */
async function asks(count: number, work: () => Promise<{ status: number }>) {
  const asked = await statementsOf(work)
  assert.equal(asked.length, count, asked.join('\n\n'))
}

test('a single read asks twice: who is calling, and the lead', async () => {
  await asks(2, () => acme.get(`/leads/${lead.id}`))
})

test('a list asks for the page and its total at once, whatever the filter', async () => {
  const filters = ['', '?q=ana', `?stage_id=${lead.stage_id}`, '?source=site', '?tags[]=vip', '?cursor=']
  for (const filter of filters) await asks(2, () => acme.get(`/leads${filter}`))
})

test('relations cost the same for one lead and for fifty', async () => {
  const withRelations = '/leads?include=owner,events,custom_fields_full'
  await acme.get(withRelations)
  const forOne = await statementsOf(() => acme.get(withRelations))
  for (let n = 0; n < 49; n++) await acme.post('/leads', { name: `Ana ${n}` })
  await acme.get(withRelations)
  const forFifty = await statementsOf(() => acme.get(withRelations))
  assert.equal(forFifty.length, forOne.length)
})

test('creating and moving ask a fixed number of times', async () => {
  await asks(10, () => acme.post('/leads', { name: 'Bia', phone: '(11) 98888-7766', email: 'bia@x.com' }))
  await asks(12, () => acme.put(`/leads/${lead.id}/stage`, { stage_id: stages[1].id }))
  await asks(12, () => acme.put(`/leads/${lead.id}/stage`, { stage_id: stages[2].id }))
})
