import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { TSchema } from 'typebox'
import { createKey } from '#accounts/keys/keys.ts'
import { routes } from '#api.ts'
import type { Route } from '#platform/route.ts'
import { inTransaction } from '#platform/scope.ts'
import { keepMedia } from '#whatsapp/inbox/media.ts'
import { noMedia } from '#whatsapp/media.ts'
import { httpOptions, startApp } from './harness.ts'
import { newPerson } from './people.ts'
import type { Reply } from './request.ts'

// Two accounts with one of everything. A new route is covered by being in the list; one that points at a new kind
// of record fails here until `recordsOf` makes one.
const secret = 'só da Globex'
const app = await startApp()
const [acme, globex] = [await newWorld('Acme'), await newWorld(secret)]

async function newWorld(name: string) {
  const account = await app.newAccount({ name })
  const admin = await newPerson(app.url, account.scope, 'admin')
  const { view } = (await admin.post('/views', { name, of: 'leads' })).body
  const records: Record<string, number> = { ...(await recordsOf(account, name)), views: view.id }
  return { account, admin, records }
}

/** One record of each kind that an id can point at, under the name of its table. */
async function recordsOf(account: Awaited<ReturnType<typeof app.newAccount>>, name: string) {
  const made = async (path: string, body: object) => {
    const { status, body: answer } = await account.post(path, body)
    assert.equal(status, 201, `${path} ${JSON.stringify(answer)}`)
    return Object.values(answer as Record<string, { id?: number }>).find((value) => value?.id)!.id!
  }
  const pipelines = await made('/pipelines', { name })
  const stages = await made(`/pipelines/${pipelines}/stages`, { name, color: '#123456' })
  const users = await made('/users', { name, email: `${account.account.id}@x.com`, role: 'manager' })
  const leads = await made('/leads', {
    name,
    company: name,
    tags: [name],
    stage_id: stages,
    assigned_to: users,
    phone: '+5511988887766',
  })
  const required = { subject: name, type: 'call', priority: 'low', due_in_days: 1 }
  return {
    pipelines,
    stages,
    users,
    leads,
    required_tasks: await made(`/stages/${stages}/required-tasks`, required),
    lost_reasons: await made('/lost-reasons', { name }),
    tasks: await made('/tasks', { subject: name, type: 'call', due_date: '2026-07-01', lead_id: leads }),
    custom_fields: await made('/custom-fields', { name: 'campo', label: name, field_type: 'text' }),
    api_keys: (await createKey(account.scope, { name })).id,
    ...(await sequenceOf(account, leads)),
    ...(await webhookOf(account)),
    ...(await whatsappOf(account, leads)),
  } as Record<string, number>
}

async function whatsappOf(account: Awaited<ReturnType<typeof app.newAccount>>, lead: number) {
  const { instance } = (await account.post('/whatsapp/instances', { provider: 'sandbox' })).body
  const { data } = (await account.get(`/whatsapp/templates?instance_id=${instance.id}&status=APPROVED`)).body
  const template = data.find((each: { variables_count: number }) => each.variables_count > 0)
  const { status, body } = await account.post(`/leads/${lead}/send-whatsapp-template`, {
    template_id: template.id,
    variables: Array(template.variables_count).fill('x'),
  })
  assert.equal(status, 200, JSON.stringify(body))
  const { id: messages, conversation_id: conversations } = body.message
  await inTransaction(account.scope, (scope) => keepMedia(scope, messages, { ...noMedia, id: 'x' }))
  const { size_bytes, sha256 } = await httpOptions.files.put(
    `${account.account.id}/${messages}`,
    oneFile(),
    null,
  )
  await app.database.pool.query(
    `-- test\nupdate message_media set state = 'kept', due_at = null, size_bytes = $1, sha256 = $2 where message_id = $3`,
    [size_bytes, sha256, messages],
  )
  return { instances: instance.id, whatsapp_templates: template.id, conversations, messages }
}

async function* oneFile() {
  yield Buffer.from('a file')
}

async function sequenceOf(account: Awaited<ReturnType<typeof app.newAccount>>, lead: number) {
  const steps = [{ type: 'message', text: 'Oi', delay: { days: 1 } }]
  const { id } = (await account.post('/sequences', { name: account.account.name, steps })).body.sequence
  const { run } = (await account.post(`/leads/${lead}/sequences`, { sequence_id: id })).body
  const { enrollment } = (await account.post(`/sequences/${id}/enroll`, { filters: {} })).body
  return { sequences: id, sequence_runs: run.id, sequence_enrollments: enrollment.id } as Record<
    string,
    number
  >
}

async function webhookOf(account: Awaited<ReturnType<typeof app.newAccount>>) {
  const { body } = await account.post('/webhooks', {
    target_url: 'https://receiver.example.com/hook',
    events: ['lead.created'],
  })
  await account.post('/leads', { name: 'entregue' })
  const { data } = (await account.get(`/webhooks/${body.id}/deliveries`)).body
  return { webhooks: body.id as number, webhook_deliveries: data[0].id as number }
}
/** Ids in a path that no schema says the table of. */
const unsaid: Record<string, string> = { '/api-keys/{id}': 'api_keys' }

type Shape = TSchema & { properties?: Record<string, Shape>; items?: Shape; 'x-references'?: string }
type Pointer = { path: (string | number)[]; table: string }

/** Every place of a body or query where an id of some table may stand. */
function pointersIn(shape: Shape | undefined, path: (string | number)[] = []): Pointer[] {
  if (!shape) return []
  if (shape['x-references']) return [{ path, table: shape['x-references'] }]
  const inside = Object.entries(shape.properties ?? {}).flatMap(([key, each]) =>
    pointersIn(each, [...path, key]),
  )
  return [...inside, ...pointersIn(shape.items, [...path, 0])]
}

function withId(body: unknown, [key, ...rest]: (string | number)[], id: number): unknown {
  if (key === undefined) return id
  const filled = structuredClone(body ?? (typeof key === 'number' ? [] : {})) as Record<
    string | number,
    unknown
  >
  filled[key] = withId(filled[key], rest, id)
  return filled
}

function addressOf(route: Route, records: Record<string, number>) {
  const properties = (route.params?.properties ?? {}) as Record<string, Shape>
  return route.path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const table = properties[name]?.['x-references'] ?? unsaid[route.path]
    const id = table && records[table]
    assert.ok(
      id,
      `${route.method} ${route.path}: which record is {${name}}? Say so in test/isolation.test.ts`,
    )
    return String(id)
  })
}

/** What the query must say, as its examples say it. */
const neededBy = ({ query }: Route) =>
  (query?.required ?? [])
    .map((name) => ({ name, ...(query!.properties[name] as { default?: unknown; examples?: unknown[] }) }))
    .filter((each) => each.default === undefined)
    .map(({ name, examples }) => `${name}=${examples![0]}`)
    .join('&')

/** A body that would be accepted, pointing at records of one account. */
const bodyOf = (route: Route, records: Record<string, number>) =>
  pointersIn(route.body)
    .filter(
      ({ path }) =>
        path.reduce<unknown>((at, key) => (at as Record<string, unknown>)?.[key], route.bodyExample) !==
        undefined,
    )
    .reduce<unknown>((body, { path, table }) => withId(body, path, idIn(records, table)), route.bodyExample)

function idIn(records: Record<string, number>, table: string) {
  assert.ok(records[table], `test/isolation.test.ts makes no record of ${table} yet`)
  return records[table]
}

const ask = (route: Route, address: string, body?: unknown): Promise<Reply> =>
  acme.admin.call(route.method)(address, body)

/** Every row of the account, in every table there is. */
async function everythingOf({ account: { account } }: typeof acme) {
  const { pool } = app.database
  const { rows: tables } = await pool.query<{ name: string }>(
    `select table_name as name from information_schema.columns
     where table_schema = 'public' and column_name = 'account_id' order by 1`,
  )
  const everything: Record<string, unknown[]> = {}
  for (const { name } of tables) {
    const { rows } = await pool.query(
      `select to_jsonb(each) as row from ${name} each where each.account_id = $1 order by 1`,
      [account.id],
    )
    everything[name] = rows.map(({ row }) => row)
  }
  const { rows } = await pool.query('select * from accounts where id = $1', [account.id])
  return { ...everything, accounts: rows }
}

const known = routes.filter((route) => route.permission !== 'public')

test('the other account has something to lose in every table that an id can point at', async () => {
  const everything: Record<string, unknown[]> = await everythingOf(globex)
  for (const table of [...Object.keys(globex.records), 'events', 'lead_counts', 'sessions']) {
    assert.ok(everything[table]?.length, table)
  }
  assert.ok(known.length > 20)
  for (const route of routes) {
    assert.ok(route.permission !== 'public' || !route.path.includes('{'), route.path)
  }
})

test('every route, every id of the other account in its path: 404, nothing changed, nothing recorded', async () => {
  const before = [await everythingOf(acme), await everythingOf(globex)]
  let asked = 0
  for (const route of known.filter(({ path }) => path.includes('{'))) {
    const address = addressOf(route, globex.records)
    const bodies = route.body ? [bodyOf(route, acme.records), bodyOf(route, globex.records), {}] : [undefined]
    for (const body of bodies) {
      const { status, body: answer } = await ask(route, address, body)
      assert.equal(
        status,
        404,
        `${route.method} ${address} ${JSON.stringify(body)} ${JSON.stringify(answer)}`,
      )
      assert.deepEqual(Object.keys(answer), ['success', 'message'])
      asked++
    }
  }
  assert.ok(asked > 30)
  assert.deepEqual([await everythingOf(acme), await everythingOf(globex)], before)
})

test('every route, every id of the other account in its body or query: refused as one that does not exist', async () => {
  const before = [await everythingOf(acme), await everythingOf(globex)]
  for (const route of known) {
    const address = addressOf(route, acme.records)
    for (const { path, table } of pointersIn(route.body)) {
      const body = withId(bodyOf(route, acme.records), path, idIn(globex.records, table))
      const { status, body: answer } = await ask(route, address, body)
      const about = `${route.method} ${address} ${JSON.stringify(body)} ${JSON.stringify(answer)}`
      assert.equal(status, 422, about)
      assert.match(answer.errors?.[path.join('.')]?.[0] ?? '', /^The selected .* is invalid\.$/, about)
    }
    for (const { path, table } of pointersIn(route.query)) {
      const { status, body } = await ask(route, `${address}?${path.join('.')}=${idIn(globex.records, table)}`)
      assert.equal(status, 422, `${route.method} ${address}?${path} ${JSON.stringify(body)}`)
    }
  }
  assert.deepEqual([await everythingOf(acme), await everythingOf(globex)], before)
})

test('no list shows anything of the other account, not even when asked for it by id', async () => {
  const idFilters = { pipeline_id: 'pipelines', stage_id: 'stages', assigned_to: 'users', lead_id: 'leads' }
  for (const route of known.filter(({ method }) => method === 'GET')) {
    const address = `${addressOf(route, acme.records)}?${neededBy(route)}`
    const include = 'include=owner,events,tasks,conversation,sequences,custom_fields_full'
    const plain = await ask(route, `${address}&${include}&per_page=200`)
    assert.equal(plain.status, 200, address)
    assert.equal(JSON.stringify(plain.body).includes(secret), false, address)
    for (const [filter, table] of Object.entries(idFilters)) {
      if (!route.query?.properties[filter]) continue
      const { status, body } = await ask(route, `${address}&${filter}=${globex.records[table]}`)
      // A report may rather say that there is no such record than count nothing.
      assert.ok(status === 200 || body.errors?.[filter], `${address}&${filter} ${JSON.stringify(body)}`)
      // A report's rows are periods, which are there although nothing happened in them.
      const records = Array.isArray(body.data) ? body.data.filter((row: { id?: number }) => row.id) : []
      assert.deepEqual(records, [], `${address}&${filter}`)
      if (body.meta?.total !== undefined) assert.equal(body.meta.total, 0, `${address}&${filter}`)
      assert.equal(JSON.stringify(body).includes(secret), false, `${address}&${filter}`)
    }
  }
  const { body } = await acme.account.get(`/leads?q=${encodeURIComponent(secret)}`)
  assert.equal(body.meta.total, 0)
})
