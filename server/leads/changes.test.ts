import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createUser } from '#accounts/users/users.ts'
import { startApp } from '../../test/harness.ts'

const app = await startApp()
const acme = await app.newAccount()
const accountId = acme.account.id
const ana = await createUser(acme.scope, { name: 'Ana', email: 'ana@x.com', role: 'manager' })

type Event = { type: string; previous: Record<string, unknown> | null; data: Record<string, unknown> }
const create = async (body: object) => (await acme.post('/leads', { name: 'Ana', ...body })).body.lead
const eventsOf = async (id: number): Promise<Event[]> =>
  (await acme.get(`/leads/${id}/events`)).body.data.toReversed()
const typesOf = async (id: number) => (await eventsOf(id)).map(({ type }) => type)
const recorded = async () => {
  const { rows } = await app.database.pool.query(
    'select count(*) as events, max(id) as last from events where account_id = $1',
    [accountId],
  )
  return rows[0]
}
const full = {
  name: 'João',
  phone: '+5511999887766',
  email: 'joao@x.com',
  company: 'ACME',
  birthday: '1990-01-15',
  value: 10.5,
  source: 'site',
  tags: ['vip'],
  assigned_to: ana.id,
  notes: 'n',
  utm_source: 'a',
  utm_medium: 'b',
  utm_campaign: 'c',
  utm_term: 'd',
  utm_content: 'e',
}

test('a lead shows exactly the fields of the contract', async () => {
  const lead = await create(full)
  for (const [field, value] of Object.entries(full)) assert.deepEqual(lead[field], value, field)
  const rest = Object.keys(lead).filter((field) => !Object.hasOwn(full, field))
  const placed = ['pipeline_id', 'stage_id', 'stage', 'pipeline', 'status', 'stage_changed_at']
  const others = ['id', 'lost_reason_id', 'custom_fields', 'created_at', 'updated_at', 'merged_into']
  assert.deepEqual(rest.toSorted(), [...placed, ...others].toSorted())
  assert.deepEqual((await acme.get(`/leads/${lead.id}`)).body, { success: true, lead })
})

test('PUT and PATCH change what is sent and leave the rest; null clears', async () => {
  for (const change of [acme.put, acme.patch]) {
    const lead = await create(full)
    const changed = (await change(`/leads/${lead.id}`, { company: 'Globex', unknown: 1 })).body.lead
    assert.deepEqual({ ...changed, updated_at: lead.updated_at }, { ...lead, company: 'Globex' })
    assert.ok(changed.updated_at >= lead.updated_at)
    const { name: _, ...rest } = full
    const nothing = Object.fromEntries(Object.keys(rest).map((field) => [field, null]))
    const cleared = (await change(`/leads/${lead.id}`, nothing)).body.lead
    for (const field of Object.keys(rest)) {
      assert.deepEqual(cleared[field], field === 'value' ? 0 : field === 'tags' ? [] : null, field)
    }
    assert.deepEqual([cleared.name, cleared.stage_id], ['João', lead.stage_id])
    const { status, body } = await change(`/leads/${lead.id}`, { name: '  ' })
    assert.deepEqual([status, body.message], [422, 'The name field is required.'])
  }
})

test('an update tells the old values of what changed, and each consequence', async () => {
  const lead = await create({ tags: ['a', 'b'], company: 'ACME' })
  const body = { company: 'Globex', assigned_to: ana.id, tags: ['b', 'c'], name: 'Ana' }
  const { lead: changed } = (await acme.put(`/leads/${lead.id}`, body)).body
  const [, updated, assigned, tagged, ...rest] = await eventsOf(lead.id)
  assert.deepEqual(rest, [])
  assert.deepEqual([updated!.type, updated!.data], ['lead.updated', { lead: changed }])
  assert.deepEqual(updated!.previous, { company: 'ACME', assigned_to: null, tags: ['a', 'b'] })
  assert.deepEqual([assigned!.type, assigned!.previous], ['lead.assigned', { assigned_to: null }])
  assert.deepEqual(assigned!.data, { lead: changed, assigned_to: ana.id })
  assert.deepEqual([tagged!.type, tagged!.previous], ['lead.tagged', { tags: ['a', 'b'] }])
  assert.deepEqual(tagged!.data, { lead: changed, added: ['c'], removed: ['a'] })
})

test('tags in another order are a change, but nobody was tagged', async () => {
  const lead = await create({ tags: ['a', 'b'] })
  const { body } = await acme.put(`/leads/${lead.id}`, { tags: ['b', 'a', 'b'] })
  assert.deepEqual(body.lead.tags, ['b', 'a'])
  assert.deepEqual(await typesOf(lead.id), ['lead.created', 'lead.updated'])
})

test('a change that changes nothing leaves no trace', async () => {
  const lead = await create(full)
  const before = await recorded()
  const same = [
    acme.put(`/leads/${lead.id}`, full),
    acme.put(`/leads/${lead.id}`, { ...full, phone: '(11) 9 9988-7766', value: '10.50', name: ' João ' }),
    acme.put(`/leads/${lead.id}`, {}),
    acme.put(`/leads/${lead.id}`, { stage_id: lead.stage_id, pipeline_id: lead.pipeline_id }),
    acme.put(`/leads/${lead.id}/stage`, { stage_id: lead.stage_id }),
    acme.post(`/leads/${lead.id}/tags`, { tags: ['vip'] }),
    acme.delete(`/leads/${lead.id}/tags`, { tags: ['nada'] }),
    acme.post('/leads/upsert', { phone: full.phone, email: full.email }),
  ]
  for (const answer of await Promise.all(same)) assert.equal(answer.status, 200)
  assert.deepEqual((await acme.get(`/leads/${lead.id}`)).body.lead, lead)
  assert.deepEqual(await recorded(), before)
})

test('a refused change leaves no trace', async () => {
  const lead = await create(full)
  const before = await recorded()
  const { stages } = (await acme.get('/pipelines')).body.pipelines[0]
  const refused = [
    acme.put(`/leads/${lead.id}`, { company: 'Globex', value: -1 }),
    acme.put(`/leads/${lead.id}`, { company: 'Globex', assigned_to: 999_999 }),
    acme.put(`/leads/${lead.id}/won`, { stage_id: stages[0].id, value: 99 }),
    acme.put(`/leads/${lead.id}/lost`, { stage_id: stages[0].id }),
    acme.put(`/leads/${lead.id}/lost`, { reason_id: 999_999 }),
    acme.post(`/leads/${lead.id}/tags`, { tags: Array.from({ length: 101 }, (_, n) => `t${n}`) }),
    acme.post('/leads/upsert', { company: 'sem nome' }),
  ]
  for (const answer of await Promise.all(refused)) assert.equal(answer.status, 422)
  const all = Array.from({ length: 100 }, (_, n) => `t${n}`)
  assert.equal((await acme.post(`/leads/${lead.id}/tags`, { tags: all })).status, 422, 'vip and a hundred')
  assert.deepEqual((await acme.get(`/leads/${lead.id}`)).body.lead, lead)
  assert.deepEqual(await recorded(), before)
})

test('a stage must fit the pipeline that is named with it', async () => {
  const lead = await create({})
  const other = await app.newAccount()
  const foreign = (await other.get('/pipelines')).body.pipelines[0]
  for (const body of [{ pipeline_id: foreign.id }, { stage_id: foreign.stages[0].id }]) {
    const [field] = Object.keys(body) as [string]
    const { status, body: answer } = await acme.post('/leads', { name: 'Ana', ...body })
    assert.deepEqual([status, Object.keys(answer.errors)], [422, [field]])
  }
  assert.equal(
    (await acme.put(`/leads/${lead.id}/stage`, {})).body.message,
    'The stage id field is required.',
  )
})

test('a deleted lead is gone, leaves a tombstone, and its event tells who it was', async () => {
  const lead = await create(full)
  const total = (await acme.get('/leads')).body.meta.total
  assert.deepEqual((await acme.delete(`/leads/${lead.id}`)).body, { success: true })
  for (const answer of [
    await acme.get(`/leads/${lead.id}`),
    await acme.get(`/leads/${lead.id}/events`),
    await acme.put(`/leads/${lead.id}`, { name: 'Bia' }),
    await acme.put(`/leads/${lead.id}/won`, {}),
    await acme.delete(`/leads/${lead.id}`),
  ]) {
    assert.deepEqual([answer.status, answer.body.success], [404, false])
  }
  assert.equal((await acme.get('/leads')).body.meta.total, total - 1)
  const { rows } = await app.database.pool.query(
    `select (select count(*) from lead_tombstones where account_id = $1 and lead_id = $2 and deleted_at > now() - interval '1 minute') as tombstones,
       (select data->'lead'->>'name' from events where account_id = $1 and lead_id = $2 and type = 'lead.deleted') as name`,
    [accountId, lead.id],
  )
  assert.deepEqual(rows, [{ tombstones: 1, name: 'João' }])
})

test('the same phone or e-mail may be created twice; upsert finds the one who had it first', async () => {
  const known = { phone: '+5521988776655', email: 'Dupla@x.com' }
  const [first, second, third] = [await create(known), await create(known), await create(known)]
  const holder = async (body: object) => (await acme.post('/leads/upsert', body)).body.lead.id
  assert.equal(await holder({ phone: '(21) 8877-6655' }), first.id)
  assert.equal(await holder({ email: 'dupla@X.com' }), first.id)
  await acme.delete(`/leads/${first.id}`)
  assert.equal(await holder({ phone: known.phone }), second.id)
  assert.equal(await holder({ email: known.email }), second.id)
  await acme.put(`/leads/${second.id}`, { phone: null })
  assert.equal(await holder({ phone: known.phone }), third.id)
  assert.equal(await holder({ email: known.email }), second.id)
  await acme.delete(`/leads/${third.id}`)
  await acme.delete(`/leads/${second.id}`)
  const anew = await acme.post('/leads/upsert', { name: 'Outra', ...known })
  assert.deepEqual([anew.status, anew.body.created], [201, true])
})

test('upsert: by phone before e-mail, and by e-mail alone', async () => {
  const byPhone = await create({ phone: '+5531988887777' })
  const byEmail = await create({ email: 'cliente@x.com' })
  const both = await acme.post('/leads/upsert', {
    phone: '31 8888-7777',
    email: 'cliente@x.com',
    company: 'X',
  })
  assert.deepEqual([both.status, both.body.created, both.body.lead.id], [200, false, byPhone.id])
  assert.deepEqual([both.body.lead.company, both.body.lead.email], ['X', 'cliente@x.com'])
  const one = await acme.post('/leads/upsert', { email: 'CLIENTE@x.com', name: 'Novo nome' })
  assert.deepEqual([one.body.lead.id, one.body.lead.name], [byEmail.id, 'Novo nome'])
  const nameless = await acme.post('/leads/upsert', { email: 'nova@x.com' })
  assert.deepEqual([nameless.status, nameless.body.message], [422, 'The name field is required.'])
  const anonymous = await Promise.all([1, 2].map(() => acme.post('/leads/upsert', { name: 'Sem contato' })))
  assert.deepEqual(
    anonymous.map(({ status }) => status),
    [201, 201],
  )
})
