import { cpus } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'
import { createKey } from '#accounts/keys/keys.ts'
import { type Actor, inAccount } from '#platform/scope.ts'
import { foundAccount } from '#setup.ts'
import { fillLeads } from './fill.ts'
import { type Ground, onGround } from './ground.ts'
import type { Options } from './leads.ts'

const bencher: Actor = { type: 'system', id: null, name: 'benchmark' }
const atOnce = 250
const stepsAtOnce = 4
const mostSteps = 3000
const longestMs = 3 * 3_600_000
const steps = [
  { id: 'nutrir', type: 'add_tag', tag: 'nutrir', delay: { days: 300 } },
  {
    id: 'ligar',
    type: 'create_task',
    task: { subject: 'Ligar para {{first_name}}', type: 'call' },
    delay: { days: 300 },
  },
]

/** How fast leads are enrolled by filter, and how fast steps are done; beside bare SQL that writes the same rows. */
export async function benchSequences({ leads }: Options) {
  await onGround(async (ground) => {
    console.log(`${cpus().length} × ${cpus()[0]!.model.trim()}, Node ${process.version}, ${leads} leads\n`)
    const company = await foundCompany(ground, leads)
    await ground.serve('server/cli.ts', ['serve', '--role', 'worker'])
    print(['', 'ours', 'bare', 'ratio'])
    const { pool } = ground.database
    const enrolled = await secondsOfEnrolling(company, leads)
    compare('enrolled/s', leads / enrolled, leads / (await secondsOf(() => bareEnroll(pool, company))))
    const count = Math.min(mostSteps, leads)
    await makeDue(pool, company, count)
    const done = await secondsOf(() => until(async () => (await dueNow(pool, company)) === 0))
    compare('steps/s', count / done, count / (await secondsOf(() => bareSteps(pool, company, count))))
    console.log(
      `\nAll runs moved to other steps in ${(await secondsOf(() => moveAll(company))).toFixed(1)} s.`,
    )
    const look = await explained(pool, company)
    console.log(`One look with ${leads} sleeping runs: ${look} ms in the database.`)
  })
}

type Company = Awaited<ReturnType<typeof foundCompany>>

type Answer = {
  sequence: { id: number }
  enrollment: { id: number; status: string; started: number; failure: string | null }
}

/** One account with an API, and a sequence whose first step is far away. */
async function foundCompany({ database, serve }: Ground, leads: number) {
  const { id: accountId } = await foundAccount(database.db, { name: 'Empresa Grande S.A.' })
  await fillLeads(database, accountId, leads)
  const port = await serve('server/cli.ts', ['serve', '--role', 'api'])
  const { key } = await inAccount(database.db, accountId, bencher, (scope) =>
    createKey(scope, { name: 'benchmark', rateLimit: 2_000_000_000 }),
  )
  async function call(path: string, body?: object, method = body ? 'POST' : 'GET') {
    const answer = await fetch(`http://127.0.0.1:${port}/api/v1${path}`, {
      method,
      headers: { 'x-api-key': key, 'content-type': 'application/json' },
      body: body && JSON.stringify(body),
    })
    if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`)
    return (await answer.json()) as Answer
  }
  const { sequence } = await call('/sequences', { name: 'Boas-vindas', steps })
  return { accountId, call, sequenceId: sequence.id }
}

async function secondsOfEnrolling({ call, sequenceId }: Company, leads: number) {
  return secondsOf(async () => {
    const { enrollment } = await call(`/sequences/${sequenceId}/enroll`, { filters: {} })
    await until(async () => {
      const now = (await call(`/sequences/${sequenceId}/enrollments/${enrollment.id}`)).enrollment
      if (now.status === 'failed') throw new Error(`Enrolling failed: ${now.failure}`)
      return now.status === 'done' && now.started === leads
    })
  })
}

/** Rows like ours, a few hundred in a transaction, without rules or what hears of them. */
async function bareEnroll(pool: pg.Pool, { accountId }: Company) {
  await pool.query(`create table bare_runs (account_id bigint, id bigint generated always as identity, lead_id bigint,
      due_at timestamptz, started_at timestamptz, actor jsonb, is_active boolean default true, primary key (account_id, id));
    create unique index on bare_runs (account_id, lead_id); create index on bare_runs (account_id, due_at);
    create table bare_events (account_id bigint, id bigint generated always as identity, run_id bigint, lead_id bigint,
      data jsonb, at timestamptz default now(), primary key (account_id, id));
    create index on bare_events (account_id, lead_id, id)`)
  for (let last = 0; ; ) {
    const { rows } = await pool.query<{ last: number | null }>(
      `with fresh as (select * from leads where account_id = $1 and id > $2 order by id limit ${atOnce}),
       runs as (insert into bare_runs (account_id, lead_id, due_at, started_at, actor)
         select account_id, id, now() + interval '300 days', now(), '{"type": "key", "id": 1, "name": "benchmark"}' from fresh
         on conflict do nothing returning *),
       told as (insert into bare_events (account_id, run_id, lead_id, data)
         select r.account_id, r.id, r.lead_id, to_jsonb(fresh) - 'search' from runs r join fresh on fresh.id = r.lead_id)
       select max(id) as last from fresh`,
      [accountId, last],
    )
    if (rows[0]!.last === null) return
    last = rows[0]!.last
  }
}

function moveAll({ call, sequenceId }: Company) {
  const changes = { steps: [...steps, { type: 'add_tag', tag: 'fim' }], apply_to_runs: 'move' }
  return call(`/sequences/${sequenceId}`, changes, 'PUT')
}

const makeDue = (pool: pg.Pool, { accountId, sequenceId }: Company, steps: number) =>
  pool.query(
    `update sequence_runs set due_at = now() where account_id = $1 and sequence_id = $2 and id in (
       select id from sequence_runs where account_id = $1 and sequence_id = $2 order by id limit $3)`,
    [accountId, sequenceId, steps],
  )

async function dueNow(pool: pg.Pool, { accountId, sequenceId }: Company) {
  const { rows } = await pool.query<{ due: number }>(
    `select count(*)::int as due from sequence_runs
     where account_id = $1 and sequence_id = $2 and status = 'active' and due_at <= now()`,
    [accountId, sequenceId],
  )
  return rows[0]!.due
}

/** Each run held, its lead tagged, and what happened written down: a transaction each, as many at once as ours. */
async function bareSteps(pool: pg.Pool, { accountId }: Company, steps: number) {
  const { rows } = await pool.query<{ id: number }>(
    'select id from bare_runs where account_id = $1 order by id limit $2',
    [accountId, steps],
  )
  const ids = rows.values()
  const one = async (client: pg.PoolClient, id: number) => {
    await client.query('begin')
    const held = await client.query(
      'select lead_id from bare_runs where account_id = $1 and id = $2 for no key update skip locked',
      [accountId, id],
    )
    const lead = held.rows[0].lead_id
    await client.query(
      `update leads set tags = array_append(tags, 'bare') where account_id = $1 and id = $2 and not tags @> '{bare}'`,
      [accountId, lead],
    )
    await client.query(
      `insert into bare_events (account_id, run_id, lead_id, data) values ($1, $2, $3, '{"tag": "bare"}')`,
      [accountId, id, lead],
    )
    await client.query(
      `update bare_runs set due_at = now() + interval '300 days' where account_id = $1 and id = $2`,
      [accountId, id],
    )
    await client.query('commit')
  }
  await Promise.all(
    Array.from({ length: stepsAtOnce }, async () => {
      const client = await pool.connect()
      try {
        for (const { id } of ids) await one(client, id)
      } finally {
        client.release()
      }
    }),
  )
}

async function explained(pool: pg.Pool, { accountId, sequenceId }: Company) {
  const { rows } = await pool.query(
    `explain (analyze, format json) select id from sequence_runs
     where account_id = $1 and sequence_id = $2 and status = 'active' and due_at <= now() order by due_at limit 100`,
    [accountId, sequenceId],
  )
  return rows[0]['QUERY PLAN'][0]['Execution Time']
}

async function secondsOf(work: () => Promise<unknown>) {
  const begun = performance.now()
  await work()
  return (performance.now() - begun) / 1000
}

async function until(isSo: () => Promise<boolean>) {
  for (const end = Date.now() + longestMs; !(await isSo()); await sleep(50))
    if (Date.now() > end) throw new Error('It did not come to its end.')
}

const compare = (name: string, ours: number, bare: number) =>
  print([name, ours.toFixed(0), bare.toFixed(0), (ours / bare).toFixed(2)])

const print = (cells: string[]) => console.log(cells.map((cell) => cell.padStart(12)).join(''))
