import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'drizzle-orm'
import { startApp } from '../../test/harness.ts'

const app = await startApp()
const acme = await app.newAccount()

const types = async (leadId: number) =>
  (await acme.get(`/leads/${leadId}/events`)).body.data.map((event: { type: string }) => event.type).reverse()

test('a task needs a subject, a type and a day', async () => {
  const { status, body } = await acme.post('/tasks', {})
  assert.equal(status, 422)
  assert.deepEqual(Object.keys(body.errors), ['subject', 'type', 'due_date'])
  assert.equal(body.message, 'The subject field is required. (and 2 more errors)')
})

test('a task shows its lead and its owner, and lives through its whole life', async () => {
  const lead = (await acme.post('/leads', { name: 'João', phone: '11 99988-7766', email: 'j@x.com' })).body
    .lead
  const made = await acme.post('/tasks', {
    subject: 'Enviar proposta',
    type: 'email',
    priority: 'high',
    due_date: '2030-07-01',
    due_time: '09:00',
    lead_id: lead.id,
  })
  assert.equal(made.status, 201)
  const { task } = made.body
  assert.deepEqual(task.lead, { id: lead.id, name: 'João', phone: '+5511999887766', email: 'j@x.com' })
  assert.deepEqual(
    [task.status, task.priority, task.due_date, task.due_time, task.completed_at, task.is_overdue],
    ['pending', 'high', '2030-07-01', '09:00', null, false],
  )
  const done = (await acme.put(`/tasks/${task.id}/complete`)).body.task
  assert.equal(done.status, 'completed')
  assert.ok(done.completed_at)
  assert.equal((await acme.put(`/tasks/${task.id}/complete`)).body.task.completed_at, done.completed_at)
  const again = (await acme.put(`/tasks/${task.id}/reopen`)).body.task
  assert.deepEqual([again.status, again.completed_at], ['pending', null])
  assert.equal((await acme.put(`/tasks/${task.id}`, { notes: 'Ligar antes' })).body.task.notes, 'Ligar antes')
  assert.deepEqual(await types(lead.id), [
    'lead.created',
    'task.created',
    'task.completed',
    'task.updated',
    'task.updated',
  ])
  assert.deepEqual((await acme.delete(`/tasks/${task.id}`)).body, { success: true })
  assert.equal((await acme.get(`/tasks/${task.id}`)).status, 404)
})

test('overdue is judged in the account’s time zone, by the day or by the minute', async () => {
  const zoned = await app.newAccount()
  const at = async (zone: string, due: { due_date: string; due_time?: string }) => {
    await app.database.db.execute(
      sql`-- test
        update accounts set time_zone = ${zone} where id = ${zoned.account.id}`,
    )
    const { task } = (await zoned.post('/tasks', { subject: 'x', type: 'task', ...due })).body
    return task.is_overdue
  }
  const now = Date.now()
  const day = (shift: number, zone: string) =>
    new Intl.DateTimeFormat('en-CA', { timeZone: zone }).format(now + shift * 86_400_000)
  for (const zone of ['Pacific/Kiritimati', 'America/Sao_Paulo', 'Pacific/Pago_Pago']) {
    assert.equal(await at(zone, { due_date: day(-1, zone) }), true, zone)
    assert.equal(await at(zone, { due_date: day(0, zone) }), false, zone)
    assert.equal(await at(zone, { due_date: day(-1, zone), due_time: '23:59' }), true, zone)
    assert.equal(await at(zone, { due_date: day(1, zone), due_time: '00:00' }), false, zone)
  }
})

test('filters and both paginations give every task once, soonest due first', async () => {
  const other = await app.newAccount()
  const lead = (await other.post('/leads', { name: 'Ana' })).body.lead
  for (let n = 0; n < 12; n++) {
    await other.post('/tasks', {
      subject: `T${n}`,
      type: n % 2 ? 'call' : 'visit',
      priority: n % 3 ? 'low' : 'high',
      due_date: `2030-01-${String(1 + ((n * 5) % 7)).padStart(2, '0')}`,
      lead_id: n < 6 ? lead.id : null,
    })
  }
  const total = async (query: string) => (await other.get(`/tasks?${query}`)).body.meta.total
  assert.equal(await total(''), 12)
  assert.equal(await total('type=call'), 6)
  assert.equal(await total('priority=high&type=visit'), 2)
  assert.equal(await total(`lead_id=${lead.id}`), 6)
  assert.equal(await total('due_from=2030-01-03&due_to=2030-01-05'), 4)
  assert.equal(await total('status=completed'), 0)
  const seen: { id: number; due_date: string }[] = []
  for (let cursor: string | null = ''; cursor !== null; ) {
    const { body } = await other.get(`/tasks?per_page=5&cursor=${cursor}`)
    seen.push(...body.data)
    cursor = body.meta.next_cursor
  }
  assert.equal(new Set(seen.map((task) => task.id)).size, 12)
  const days = seen.map((task) => task.due_date)
  assert.deepEqual(days, days.toSorted())
  const second = (await other.get('/tasks?per_page=5&page=2')).body
  assert.deepEqual(
    second.data.map((task: { id: number }) => task.id),
    seen.slice(5, 10).map((task) => task.id),
  )
  assert.equal((await other.get('/tasks?cursor=xx')).status, 422)
  const latest: number[] = []
  for (let cursor: string | null = ''; cursor !== null; ) {
    const { body } = await other.get(`/tasks?sort=-due_date&per_page=5&cursor=${cursor}`)
    latest.push(...body.data.map((task: { id: number }) => task.id))
    cursor = body.meta.next_cursor
  }
  assert.deepEqual(latest, seen.map((task) => task.id).toReversed())
})

test('a calendar’s days count all their tasks and show the first by their time, within two months', async () => {
  const other = await app.newAccount()
  const create = (subject: string, due_date: string, more: object = {}) =>
    other.post('/tasks', { subject, type: 'call', due_date, ...more })
  await create('Some time', '2030-02-05')
  await create('Noon', '2030-02-05', { due_time: '12:00' })
  await create('Nine', '2030-02-05', { due_time: '09:00', priority: 'high' })
  await create('Alone', '2030-02-28', { due_time: '08:30' })
  await create('Outside', '2030-03-01')
  const days = async (query: string) =>
    (await other.get(`/tasks/days?due_from=2030-02-01&due_to=2030-02-28&${query}`)).body.data.map(
      ({ day, total, tasks }: { day: string; total: number; tasks: { subject: string }[] }) => [
        day,
        total,
        ...tasks.map(({ subject }) => subject),
      ],
    )
  const [fifth, last] = ['2030-02-05', '2030-02-28']
  assert.deepEqual(await days(''), [
    [fifth, 3, 'Nine', 'Noon', 'Some time'],
    [last, 1, 'Alone'],
  ])
  assert.deepEqual(await days('per_day=1'), [
    [fifth, 3, 'Nine'],
    [last, 1, 'Alone'],
  ])
  assert.deepEqual(await days('priority=high'), [[fifth, 1, 'Nine']])
  const refused = async (query: string) => (await other.get(`/tasks/days?${query}`)).body.errors
  assert.deepEqual(Object.keys(await refused('')), ['due_from', 'due_to'])
  assert.deepEqual(await refused('due_from=2030-02-02&due_to=2030-02-01'), {
    due_to: ['The due to field must be a date after or equal to due from.'],
  })
  assert.deepEqual(await refused('due_from=2030-01-01&due_to=2030-03-04'), {
    due_to: ['The due to field must be a date before or equal to 2030-03-03.'],
  })
  assert.equal((await other.get('/tasks/days?due_from=9999-12-01&due_to=9999-12-31')).status, 200)
})
