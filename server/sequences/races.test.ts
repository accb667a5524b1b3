import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'drizzle-orm'
import { moveLead } from '#leads/stages/moves.ts'
import { inAccount } from '#platform/scope.ts'
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
    await scope.db.execute(sql`lock table leads in exclusive mode`)
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
