import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { test } from 'node:test'
import { drizzle } from 'drizzle-orm/node-postgres'
import pg from 'pg'
import { funil } from '../test/children.ts'
import { allOf, type Company, newCompany, sequencesOf, talksOf } from '../test/company.ts'
import { clientOf, startApp } from '../test/harness.ts'
import { makeCompany } from './make.ts'

const app = await startApp()
const root = resolve(import.meta.dirname, '..')
const make = (wanted: { seed?: number; leads: number; now?: Date }) => newCompany(app, wanted)

test('the same seed makes the same company, another seed another one', async () => {
  const wanted = { seed: 7, leads: 20, now: new Date('2026-06-15T15:20:00-03:00') }
  const [first, second, other] = [await make(wanted), await make(wanted), await make({ ...wanted, seed: 8 })]
  const told = await everything(first)
  assert.equal(told.leads.length, 20)
  assert.ok(told.talks.length > 3)
  assert.deepEqual(await everything(second), told)
  const { leads, talks } = await everything(other)
  assert.notDeepEqual(leads, told.leads)
  assert.notDeepEqual(talks, told.talks)
})

test('on a slow machine it takes the time that it takes', async () => {
  const impatient = new pg.Pool({
    connectionString: app.databaseUrl,
    options: '-c timezone=UTC -c transaction_timeout=300',
  })
  try {
    const { account } = await makeCompany(drizzle(impatient), { leads: 20 })
    assert.ok(account.id)
  } finally {
    await impatient.end()
  }
})

test('it is a company that a sales manager would believe', async () => {
  const company = await make({ leads: 120 })
  const { leads, tasks } = await everything(company)
  const share = (part: unknown[], whole: unknown[]) => part.length / whole.length
  const between = (least: number, most: number, is: number) => assert.ok(is >= least && is <= most, `${is}`)
  const of = (status: string) => leads.filter((lead) => lead.status === status)
  between(0.12, 0.3, share(of('won'), leads))
  between(0.2, 0.4, share(of('lost'), leads))
  assert.ok(of('lost').every((lead) => lead.lost_reason_id !== null))
  between(
    0.04,
    0.18,
    share(
      tasks.filter((task) => task.is_overdue),
      tasks,
    ),
  )
  const today = new Intl.DateTimeFormat('en-CA', { timeZone: 'America/Sao_Paulo' }).format(new Date())
  const pending = tasks.filter((task) => task.status === 'pending')
  assert.ok(pending.some((task) => task.due_date === today) && pending.some((task) => task.due_date > today))
  assert.ok(leads.every((lead) => /^\+55[1-9]{2}90\d{7}$/.test(lead.phone)))

  const instants = leads.flatMap((lead) => lead.events.map((event) => new Date(event.occurred_at).getTime()))
  assert.ok(Math.max(...instants) < Date.now())
  between(150, 183, (Date.now() - Math.min(...instants)) / 86_400_000)
  assert.ok(
    leads.every((lead) => lead.created_at <= lead.updated_at && lead.created_at <= lead.stage_changed_at),
  )
  const reopened = leads.filter((lead) => lead.status !== 'lost' && told(lead, 'lead.lost'))
  assert.ok(reopened.length > 0)

  const { pipelines } = (await company.get('/pipelines')).body
  assert.equal(pipelines.length, 3)
  const { data: fields } = (await company.get('/custom-fields')).body
  assert.equal(new Set(fields.map((field: { field_type: string }) => field.field_type)).size, 7)
  assert.equal((await company.get('/users')).body.data.length, 8)
})

test('nothing but the demo sets the clock, and it goes on as before', async () => {
  const files = globSync('{server,demo}/**/*.ts', { cwd: root }).filter((file) => !file.endsWith('.test.ts'))
  const setting = files.filter((file) => readFileSync(resolve(root, file), 'utf8').includes('funil.now'))
  assert.deepEqual(setting, ['demo/clock.ts'])
  const calling = files.filter((file) => {
    const isOurs = file.startsWith('demo')
    return (isOurs ? /\btravelTo\(/ : /#demo\/|\btravelTo\(/).test(readFileSync(resolve(root, file), 'utf8'))
  })
  assert.deepEqual(calling.toSorted(), ['demo/make.ts', 'server/cli/demo.ts'])
  const company = await make({ leads: 1 })
  const before = Date.now()
  // On every connection of the pool, the one that lived through the past among them.
  const made = await Promise.all(Array.from({ length: 16 }, () => company.post('/leads', { name: 'Ana' })))
  for (const { body } of made) {
    assert.ok(new Date(body.lead.created_at).getTime() >= before - 1000)
    assert.ok(new Date(body.lead.updated_at).getTime() >= before - 1000)
  }
})

test('funil demo says what it made, and its key opens it', async () => {
  const env = { DATABASE_URL: app.databaseUrl }
  const { code, out, err } = await funil(['demo', '--leads', '5', '--seed', '3', '--json'], env)
  assert.equal(code, 0, err)
  assert.match(err, /^Living through six months: 0 %\n/)
  const made = JSON.parse(out)
  assert.deepEqual(Object.keys(made), ['account', 'name', 'seed', 'leads', 'sign_in_link', 'key'])
  const { body } = await clientOf(app.url, made.key).get('/leads')
  assert.equal(body.meta.total, 5)
})

type Lead = Record<'status' | 'phone' | 'created_at' | 'updated_at' | 'stage_changed_at', string> & {
  lost_reason_id: number | null
  events: { type: string; occurred_at: string }[]
}
type Task = { status: string; due_date: string; is_overdue: boolean }

const told = (lead: Lead, type: string) => lead.events.some((event) => event.type === type)

/** All that the API tells of a company, without the numbers that the database gave. */
async function everything(company: Company) {
  const all = async (path: string) => (await allOf(company, path)).map(withoutIds)
  const { pipelines, lost_reasons } = (await company.get('/pipelines')).body
  return {
    leads: (await all('/leads?include=owner,events&sort=created_at')) as Lead[],
    tasks: (await all('/tasks')) as Task[],
    users: await all('/users'),
    fields: await all('/custom-fields'),
    pipelines: withoutIds({ pipelines, lost_reasons }),
    talks: (await talksOf(company)).map(withoutIds),
    sequences: withoutIds(await sequencesOf(company)),
  }
}

/** Ids are put as whether there is one. */
function withoutIds(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutIds)
  if (typeof value !== 'object' || value === null) return value
  const isId = (key: string) => key === 'id' || key.endsWith('_id') || key === 'assigned_to'
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [key, isId(key) ? each && true : withoutIds(each)]),
  )
}
