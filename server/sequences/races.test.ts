import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'drizzle-orm'
import { moveLead } from '#leads/stages/moves.ts'
import { inAccount } from '#platform/scope.ts'
import { runsDue } from '#sequences/engine/due.ts'
import { startApp } from '../../test/harness.ts'
import { openOffice } from '../../test/sequences/office.ts'
import { until } from '../../test/whatsapp/until.ts'

const app = await startApp()
const { db } = app.database
const slow = [
  { type: 'message', text: 'Oi' },
  { type: 'message', delay: { days: 3 }, text: 'Oi?' },
]

test('a lead that is won while its step is about to begin is sent nothing more', async () => {
  const office = await openOffice(app)
  const { stages } = (await office.get('/pipelines')).body.pipelines[0]
  const won = stages.find(({ is_won }: { is_won: boolean }) => is_won)
  const { id } = await office.newLead()
  await office.start(await office.newSequence(slow), id)
  office.turn('2026-03-05T12:00:00Z')
  let engine: Promise<void> | undefined
  await inAccount(db, office.account.id, office.scope.actor, async (scope) => {
    await scope.db.execute(sql`-- test\nlock table leads in exclusive mode`)
    engine = office.settle()
    await until('the step waits for the lead', async () => {
      const { rows } = await db.execute(sql`
        select 1 from pg_locks where relation = 'leads'::regclass and not granted
          and database = (select oid from pg_database where datname = current_database())`)
      return rows.length > 0
    })
    await moveLead(scope, id, { stage_id: won.id })
  })
  await engine
  assert.deepEqual([(await office.runOf(id)).status, await office.sentTo(id)], ['won', ['Oi']])
})

test('a merge into a lead that is won sends it nothing more', async () => {
  const office = await openOffice(app)
  const [one, two] = [await office.newLead(), await office.newLead()]
  await office.put(`/leads/${one.id}/won`)
  await office.start(await office.newSequence(slow), two.id)
  assert.equal((await office.post(`/leads/${one.id}/merge`, { duplicate_id: two.id })).status, 200)
  await office.at('2026-03-05T12:00:00Z')
  assert.deepEqual([(await office.runOf(one.id)).status, await office.sentTo(one.id)], ['merged', ['Oi']])
})

test('trouble while it hears something brings no step forward', async () => {
  const office = await openOffice(app)
  const { id } = await office.newLead()
  const sequence = await office.newSequence(slow, { stop_on_reply: false })
  await office.start(sequence, id)
  await db.execute(
    sql.raw(`alter table sequence_runs add constraint ours
    check (account_id <> ${office.account.id} or replied_at is null)`),
  )
  office.turn('2026-03-02T13:00:00Z')
  await office.replies(id).catch(() => {})
  await db.execute(sql`alter table sequence_runs drop constraint ours`)
  await office.at('2026-03-03T12:00:00Z')
  assert.deepEqual(await office.sentTo(id), ['Oi'])
  await office.at('2026-03-05T12:00:00Z')
  assert.deepEqual(await office.sentTo(id), ['Oi', 'Oi?'])
})

test('a run in the middle of a step moves to the new steps all the same', async () => {
  const office = await openOffice(app)
  const [one, two] = [await office.newLead(), await office.newLead()]
  const sequence = await office.newSequence([
    { id: 'a', type: 'message', delay: { days: 1 }, text: 'Oi' },
    { id: 'b', ...slow[1]! },
  ])
  const run = await office.start(sequence, one.id)
  await office.start(sequence, two.id)
  let change: Promise<unknown> | undefined
  await inAccount(db, office.account.id, office.scope.actor, async (scope) => {
    await scope.db.execute(sql`
      update sequence_runs set step_id = 'b' where account_id = ${office.account.id} and id = ${run}`)
    const steps = [{ id: 'b', type: 'message', text: 'Outro' }]
    change = office.put(`/sequences/${sequence}`, { steps, apply_to_runs: 'move' })
    await until('the change waits for the run', async () => {
      const { rows } = await db.execute(sql`select 1 from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock' and query like '%sequence_runs%'`)
      return rows.length > 0
    })
  })
  await change
  assert.deepEqual([(await office.runOf(one.id)).version, (await office.runOf(two.id)).version], [2, 2])
})

test('a sequence with one step due is not kept waiting by those that have many', async () => {
  const office = await openOffice(app)
  const sequences: number[] = []
  for (let n = 0; n < 7; n++) sequences.push(await office.newSequence(slow))
  await db.execute(sql`
    insert into sequence_runs (account_id, sequence_id, version, lead_id, step_id, due_at, started_by, started_at)
    select s.account_id, s.id, 1, n, 'step_1', '2020-01-01', '{}', '2020-01-01'
    from sequences s, generate_series(1, 100) n
    where s.account_id = ${office.account.id} and (n = 1 or s.id < ${sequences.at(-1)!})`)
  const { rows } = await db.execute<{ id: number }>(sql`
    select id from sequence_runs where account_id = ${office.account.id} and sequence_id = ${sequences.at(-1)!}`)
  let isFound = false
  for (let looks = 0; looks < 50 && !isFound; looks++) {
    isFound = (await runsDue(db, new Date('2020-01-02'))).some(({ id }) => id === rows[0]!.id)
  }
  assert.ok(isFound)
})
