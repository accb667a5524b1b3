import assert from 'node:assert/strict'
import { test } from 'node:test'
import { changeAccount } from '#accounts/accounts.ts'
import { startApp } from '../../../test/harness.ts'

const app = await startApp()
type Account = Awaited<ReturnType<typeof app.newAccount>>
type Lead = { id: number; stage_id: number; updated_at: string } & Record<string, unknown>
type Task = { id: number; status: string; subject: string; is_mandatory: boolean }
type Event = {
  type: string
  lead_id: number
  data: Record<string, Lead>
  previous: { merged_into?: number } | null
}

const create = async (acme: Account, body: object): Promise<Lead> =>
  (await acme.post('/leads', { name: 'Ana', ...body })).body.lead
const read = async (acme: Account, id: number) => (await acme.get(`/leads/${id}`)).body
const merge = (acme: Account, id: number, duplicate_id: number) =>
  acme.post(`/leads/${id}/merge`, { duplicate_id })
const unmerge = (acme: Account, id: number, duplicate_id: number) =>
  acme.post(`/leads/${id}/unmerge`, { duplicate_id })
const tasksOf = async (acme: Account, id: number): Promise<Task[]> =>
  (await acme.get(`/tasks?lead_id=${id}`)).body.data
const eventsOf = async (acme: Account, id: number): Promise<Event[]> =>
  (await acme.get(`/leads/${id}/events?per_page=200`)).body.data.toReversed()
const stagesOf = async (acme: Account) => (await acme.get('/pipelines')).body.pipelines[0].stages
const withoutStamp = ({ updated_at: _, ...lead }: Lead) => lead

/** Everything that the account's leads are made of, but for their stamps and their events. */
async function everything({ account }: Account) {
  const tables = ['leads', 'lead_identifiers', 'lead_rivals', 'lead_counts', 'lead_tombstones', 'lead_merges']
  const row = "to_jsonb(t) - 'updated_at'"
  const all: Record<string, unknown> = {}
  for (const table of [...tables, 'outcomes', 'stage_stays', 'tasks']) {
    const { rows } = await app.database.pool.query(
      `select ${row} as row from ${table} t where account_id = $1 order by (${row})::text`,
      [account.id],
    )
    all[table] = rows.map(({ row }) => row)
  }
  return all
}

test('the survivor keeps what it says and takes what it lacks', async () => {
  const acme = await app.newAccount()
  await acme.post('/custom-fields', { name: 'porte', label: 'Porte', field_type: 'text' })
  await acme.post('/custom-fields', { name: 'ramo', label: 'Ramo', field_type: 'text' })
  const ana = await create(acme, {
    phone: '+5511988887766',
    tags: ['vip'],
    notes: 'Da Ana',
    custom_fields: { porte: 'G' },
  })
  const copy = await create(acme, {
    name: 'Ana S.',
    phone: '+5511977776655',
    email: 'ana@x.com',
    company: 'ACME',
    value: 50,
    birthday: '1990-01-15',
    tags: ['vip', 'b2b'],
    notes: 'Da cópia',
    utm_source: 'google',
    custom_fields: { porte: 'P', ramo: 'Tintas' },
  })
  const { status, body } = await merge(acme, ana.id, copy.id)
  assert.equal(status, 200)
  assert.deepEqual(withoutStamp(body.lead), {
    ...withoutStamp(ana),
    email: 'ana@x.com',
    company: 'ACME',
    value: 50,
    birthday: '1990-01-15',
    tags: ['vip', 'b2b'],
    notes: 'Da Ana\n\nDa cópia',
    utm_source: 'google',
    custom_fields: { porte: 'G', ramo: 'Tintas' },
  })
  assert.deepEqual((await read(acme, ana.id)).lead, body.lead)
  assert.equal((await acme.get('/leads')).body.meta.total, 1)
  const { type, data } = (await eventsOf(acme, ana.id)).at(-1)!
  assert.deepEqual(
    [type, data],
    ['lead.merged', { lead: body.lead, merged: { ...copy, merged_into: ana.id } }],
  )
})

test('whatever found the duplicate finds the survivor, which keeps its own phone', async () => {
  const acme = await app.newAccount()
  const ana = await create(acme, { phone: '+5511988887766' })
  const copy = await create(acme, { phone: '+5511977776655', email: 'ana@x.com' })
  await merge(acme, ana.id, copy.id)
  for (const known of [{ phone: '11 7777-6655' }, { phone: '+5511988887766' }, { email: 'ANA@x.com' }]) {
    const { body } = await acme.post('/leads/upsert', { name: 'Ana', ...known })
    assert.deepEqual([body.created, body.lead.id, body.lead.phone], [false, ana.id, '+5511988887766'])
  }
})

test('an old id answers with the survivor and says so, by however many merges; writes to it are refused', async () => {
  const acme = await app.newAccount()
  const [a, b, c] = [await create(acme, {}), await create(acme, {}), await create(acme, {})]
  await merge(acme, b.id, a.id)
  await merge(acme, c.id, b.id)
  for (const old of [a.id, b.id]) {
    const { status, body, headers } = await acme.get(`/leads/${old}`)
    assert.deepEqual([status, body.lead.id, body.merged_from], [200, c.id, old])
    assert.equal(headers.get('content-location'), `/api/v1/leads/${c.id}`)
    const refused = [
      await acme.put(`/leads/${old}`, { name: 'X' }),
      await acme.delete(`/leads/${old}`),
      await acme.put(`/leads/${old}/won`, {}),
      await merge(acme, old, c.id),
      await unmerge(acme, old, c.id),
    ]
    for (const { status, body } of refused) {
      assert.deepEqual([status, body.success], [404, false])
      assert.match(body.message, /mesclado/)
    }
  }
  assert.equal((await read(acme, c.id)).merged_from, undefined)
  const types = (await eventsOf(acme, a.id)).map(({ type, lead_id }) => `${type} ${lead_id}`)
  assert.deepEqual(types, [
    `lead.created ${a.id}`,
    `lead.created ${b.id}`,
    `lead.created ${c.id}`,
    `lead.merged ${b.id}`,
    `lead.merged ${c.id}`,
  ])
  assert.equal((await acme.get(`/leads/${c.id}?include=events`)).body.lead.events.length, 5)
  await acme.delete(`/leads/${c.id}`)
  for (const id of [a.id, b.id, c.id]) assert.equal((await acme.get(`/leads/${id}`)).status, 404)
  assert.deepEqual((await everything(acme)).lead_merges, [])
})

test('merging with itself, with nobody or with a stranger is refused and changes nothing', async () => {
  const acme = await app.newAccount()
  const other = await app.newAccount()
  const ana = await create(acme, {})
  const stranger = await create(other, {})
  const before = await everything(acme)
  const self = await merge(acme, ana.id, ana.id)
  assert.deepEqual([self.status, self.body.success, 'errors' in self.body], [422, false, false])
  for (const id of [stranger.id, 999_999]) {
    const { status, body } = await merge(acme, ana.id, id)
    assert.deepEqual(
      [status, body.errors],
      [422, { duplicate_id: ['The selected duplicate id is invalid.'] }],
    )
  }
  assert.equal((await merge(acme, stranger.id, ana.id)).status, 404)
  assert.equal((await unmerge(acme, ana.id, stranger.id)).status, 422)
  assert.deepEqual(await everything(acme), before)
})

test('tasks come along; of a mandatory task that both have, the done one counts', async () => {
  const acme = await app.newAccount()
  const stages = await stagesOf(acme)
  const stage_id = stages[1].id
  for (const subject of ['Ligar', 'Visitar', 'Orçar', 'Medir'])
    await acme.post(`/stages/${stage_id}/required-tasks`, { subject, type: 'call' })
  const ana = await create(acme, { stage_id })
  const copy = await create(acme, { stage_id })
  const complete = async (lead: Lead, subjects: string[]) => {
    for (const { id } of (await tasksOf(acme, lead.id)).filter((task) => subjects.includes(task.subject)))
      await acme.put(`/tasks/${id}/complete`)
  }
  await complete(ana, ['Visitar', 'Orçar'])
  await complete(copy, ['Ligar', 'Orçar'])
  const own = { subject: 'Enviar proposta', type: 'email', due_date: '2030-01-01', lead_id: copy.id }
  const { id: ownId } = (await acme.post('/tasks', own)).body.task
  const before = await everything(acme)

  assert.equal((await merge(acme, ana.id, copy.id)).status, 200, 'a pending task holds no duplicate back')
  const tasks = await tasksOf(acme, ana.id)
  const shown = tasks.map(({ subject, status, is_mandatory }) => [subject, status, is_mandatory].join(' '))
  assert.deepEqual(shown.toSorted(), [
    'Enviar proposta pending false',
    'Ligar completed true',
    'Medir pending true',
    'Orçar completed false',
    'Orçar completed true',
    'Visitar completed true',
  ])
  assert.ok(tasks.some((task) => task.id === ownId))
  const refusal = await acme.put(`/leads/${ana.id}/stage`, { stage_id: stages[2].id })
  assert.equal(refusal.body.pending_tasks.map(({ subject }: Task) => subject).join(), 'Medir')
  await unmerge(acme, ana.id, copy.id)
  assert.deepEqual(await everything(acme), before)
})

test('undone, everything is as it was, in every table', async () => {
  const acme = await app.newAccount()
  const stages = await stagesOf(acme)
  const person = { phone: '+5511988887766', email: 'ana@x.com', company: 'ACME', birthday: '1990-01-15' }
  const ana = await create(acme, { phone: person.phone, stage_id: stages[1].id })
  const copy = await create(acme, { ...person, value: 10, tags: ['x'], notes: 'n', stage_id: stages[0].id })
  const third = await create(acme, person)
  const { lost_reasons } = (await acme.get('/pipelines')).body
  await acme.put(`/leads/${copy.id}/won`, { value: 99.9 })
  await acme.put(`/leads/${copy.id}/lost`, { reason_id: lost_reasons[0].id })
  const was = (await read(acme, copy.id)).lead
  const before = await everything(acme)

  for (const [survivor, duplicate] of [
    [ana, copy],
    [third, copy],
    [third, ana],
    [copy, third],
  ] as const) {
    assert.equal((await merge(acme, survivor.id, duplicate.id)).status, 200)
    assert.notDeepEqual(await everything(acme), before)
    const { status, body } = await unmerge(acme, survivor.id, duplicate.id)
    assert.equal(status, 200)
    assert.equal(body.duplicate.id, duplicate.id)
    assert.deepEqual(await everything(acme), before)
  }
  const back = (await read(acme, copy.id)).lead
  assert.deepEqual(withoutStamp(back), withoutStamp(was))
  assert.ok(back.updated_at > was.updated_at, 'sync sees it')
  const told = (await eventsOf(acme, copy.id)).findLast(({ previous }) => previous?.merged_into)!
  assert.deepEqual([told.type, told.previous], ['lead.updated', { merged_into: third.id }])
})

test('undone late, the survivor keeps what was changed since, and merges are undone from the last', async () => {
  const acme = await app.newAccount()
  const ana = await create(acme, { tags: ['a'] })
  const copy = await create(acme, { email: 'ana@x.com', company: 'ACME', tags: ['b'], notes: 'n' })
  const other = await create(acme, { phone: '+5511977776655' })
  await merge(acme, ana.id, copy.id)
  await acme.put(`/leads/${ana.id}`, { company: 'Globex', notes: 'n e mais', tags: ['a', 'b', 'c'] })
  await merge(acme, other.id, ana.id)
  const tooEarly = await unmerge(acme, other.id, copy.id)
  assert.deepEqual([tooEarly.status, tooEarly.body.success], [422, false])
  await unmerge(acme, other.id, ana.id)
  const { lead, duplicate } = (await unmerge(acme, ana.id, copy.id)).body
  assert.deepEqual(
    [lead.company, lead.email, lead.notes, lead.tags],
    ['Globex', null, 'n e mais', ['a', 'c']],
  )
  assert.deepEqual(withoutStamp(duplicate), withoutStamp(copy))
  const found = (await acme.post('/leads/upsert', { email: 'ana@x.com' })).body.lead
  assert.equal(found.id, copy.id)
  assert.equal((await unmerge(acme, ana.id, copy.id)).status, 422, 'once is enough')
})

test('what is left of a stage, a reason or a demand that went meanwhile does not stop an undo', async () => {
  const acme = await app.newAccount()
  const stages = await stagesOf(acme)
  const { pipeline } = (await acme.post('/pipelines', { name: 'P', stages: [{ name: 'A' }, { name: 'B' }] }))
    .body
  const [a, b] = pipeline.stages
  const demand = (await acme.post(`/stages/${b.id}/required-tasks`, { subject: 'Ligar', type: 'call' })).body
  const ana = await create(acme, { stage_id: stages[0].id })
  const copy = await create(acme, { stage_id: b.id })
  await merge(acme, ana.id, copy.id)
  assert.equal((await acme.delete(`/required-tasks/${demand.required_task.id}`)).status, 200)
  assert.equal((await acme.delete(`/stages/${b.id}`)).status, 200)
  const { duplicate } = (await unmerge(acme, ana.id, copy.id)).body
  assert.deepEqual([duplicate.stage_id, duplicate.status], [a.id, 'open'])
  assert.deepEqual(
    (await tasksOf(acme, copy.id)).map(({ subject, is_mandatory }) => [subject, is_mandatory]),
    [['Ligar', false]],
  )
})

test('an undo needs room in the plan', async () => {
  const acme = await app.newAccount()
  const [ana, copy] = [await create(acme, {}), await create(acme, {})]
  await merge(acme, ana.id, copy.id)
  await changeAccount(acme.scope, { limits: { leads: 1 } })
  const { status, body } = await unmerge(acme, ana.id, copy.id)
  assert.deepEqual([status, body.limit_reached], [422, true])
  assert.equal((await read(acme, copy.id)).merged_from, copy.id)
  await changeAccount(acme.scope, { limits: { leads: 2 } })
  assert.equal((await unmerge(acme, ana.id, copy.id)).status, 200)
})

test('sync is told of a merge by a tombstone that names the survivor, and of its undo by the lead', async () => {
  const acme = await app.newAccount()
  const [ana, copy] = [await create(acme, {}), await create(acme, {})]
  const since = (await acme.get('/leads?with_deleted=1')).headers.get('x-sync-watermark')
  const changes = async () => (await acme.get(`/leads?with_deleted=1&updated_since=${since}`)).body
  await merge(acme, ana.id, copy.id)
  const [gone] = (await changes()).deleted
  assert.deepEqual([gone.id, gone.merged_into], [copy.id, ana.id])
  await unmerge(acme, ana.id, copy.id)
  const after = await changes()
  assert.deepEqual(after.deleted, [])
  assert.ok(after.data.some(({ id }: Lead) => id === copy.id))
})
