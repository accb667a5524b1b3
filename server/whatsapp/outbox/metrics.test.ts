import assert from 'node:assert/strict'
import { test } from 'node:test'
import { inTransaction } from '#platform/scope.ts'
import { explainOutbox } from '#whatsapp/outbox/metrics.ts'
import { queueMessage } from '#whatsapp/outbox/queue.ts'
import { startApp } from '../../../test/harness.ts'
import { metaNumberOf } from '../../../test/whatsapp/numbers.ts'
import { newTalk, say } from '../../../test/whatsapp/talks.ts'

const app = await startApp()
const { db, pool } = app.database

test('an operator hears what waits to be sent, what holds it, and that nobody sends', async () => {
  const explained = async () => (await explainOutbox(db)).map(({ ok, what }) => `${ok} ${what}`)
  assert.deepEqual(await explained(), ['true WhatsApp: no message waits to be sent.'])
  const acme = await app.newAccount()
  const number = await metaNumberOf(acme.scope)
  const conversationId = await newTalk(acme.scope, number.id)
  await say(acme.scope, conversationId)
  for (const text of ['Um', 'Dois'])
    await inTransaction(acme.scope, (scope) => queueMessage(scope, { conversationId, content: { text } }))
  assert.deepEqual(await explained(), ['true WhatsApp: 1 messages due now, 0 being sent, 1 wait their turn.'])
  await pool.query(
    `-- test\nupdate messages set send_after = now() - interval '2 minutes' where send_after is not null`,
  )
  assert.match((await explained())[0]!, /^false WhatsApp: 1 messages are due, the oldest for 1[12]\d seconds/)
  await pool.query(`-- test\nupdate instances set status = 'disconnected'`)
  assert.match((await explained())[1]!, /2 messages wait for numbers that are not connected/)
})
