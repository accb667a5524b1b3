import assert from 'node:assert/strict'
import { test } from 'node:test'
import { weekdays } from '#platform/calendar.ts'
import { inTransaction } from '#platform/scope.ts'
import { giveUpOverdue } from '#whatsapp/outbox/given-up.ts'
import { queueMessage } from '#whatsapp/outbox/queue.ts'
import { startApp } from '../../../test/harness.ts'
import { openOffice } from '../../../test/sequences/office.ts'

// Nobody sends here: what is queued stays until it is given up.
const app = await startApp()
const always = { days: [...weekdays], from: '00:00', to: '00:00' }

async function outboxOf() {
  const office = await openOffice(app)
  const rows = async <T>(text: string, values: unknown[] = []): Promise<T[]> =>
    (await app.database.pool.query(text, values)).rows
  return {
    rows,
    async queue(hours: typeof always | null = null): Promise<number> {
      const order = { leadId: (await office.newLead()).id, content: { text: 'Oi' }, hours }
      const queued = await inTransaction(office.scope, (scope) => queueMessage(scope, order))
      assert.ok('message' in queued)
      return queued.message.id
    },
    age: (id: number, created: string, due: string) =>
      rows(
        `update messages set created_at = now() - $3::interval, send_after = now() - $4::interval
         where account_id = $1 and id = $2`,
        [office.account.id, id, created, due],
      ),
    stateOf: async (id: number) =>
      (await rows<{ state: string }>(`select state from messages where id = $1`, [id]))[0]!.state,
  }
}

test('what waited for its hours has a day from then on; anything else from when it was written', async () => {
  const { queue, age, stateOf } = await outboxOf()
  const [nightly, plain] = [await queue(always), await queue()]
  for (const id of [nightly, plain]) await age(id, '3 days', '23 hours')
  await giveUpOverdue(app.database.db)
  assert.deepEqual([await stateOf(nightly), await stateOf(plain)], ['queued', 'failed'])
  await age(nightly, '3 days', '25 hours')
  await giveUpOverdue(app.database.db)
  assert.equal(await stateOf(nightly), 'failed')
})

test('one that cannot be given up does not keep those behind it waiting', async () => {
  const { queue, age, stateOf, rows } = await outboxOf()
  const [stuck, behind] = [await queue(), await queue()]
  for (const id of [stuck, behind]) await age(id, '25 hours', '25 hours')
  await rows(`create function refuse() returns trigger language plpgsql as $$ begin raise 'never'; end $$`)
  await rows(`create trigger refuse before update of state on messages for each row when (old.id = ${stuck})
    execute function refuse()`)
  await assert.rejects(giveUpOverdue(app.database.db), (error: Error) =>
    String(error.cause).includes('never'),
  )
  assert.deepEqual([await stateOf(stuck), await stateOf(behind)], ['queued', 'failed'])
})
