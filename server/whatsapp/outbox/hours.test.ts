import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { weekdays } from '#platform/calendar.ts'
import { inTransaction } from '#platform/scope.ts'
import { queueMessage } from '#whatsapp/outbox/queue.ts'
import { startApp } from '../../../test/harness.ts'
import { newShop } from '../../../test/whatsapp/customers.ts'
import { startMeta } from '../../../test/whatsapp/meta-simulator.ts'
import { graphOf } from '../../../test/whatsapp/numbers.ts'
import { until } from '../../../test/whatsapp/until.ts'

const meta = await startMeta()
after(() => meta.close())
const app = await startApp({ workers: true, graph: graphOf(meta) })
meta.hooks.url = `${app.url}/hooks/whatsapp/cloud`
const shop = await newShop(app, meta)

/** A day that is neither today nor next to it, wherever the account is. */
const farDay = weekdays[(new Date().getUTCDay() + 3) % 7]!
const farHours = { days: [farDay], from: '08:00', to: '20:00' }
const always = { days: [...weekdays], from: '00:00', to: '00:00' }
const queue = (leadId: number, text: string, hours?: typeof farHours) =>
  inTransaction(shop.scope, (scope) => queueMessage(scope, { leadId, content: { text }, hours }))
const textsTo = (phone: string) =>
  meta.accepted.filter(({ to }) => to === phone).map(({ body }) => body.text.body as string)

test('a message with hours waits for them, lets others pass, and goes out when they begin', async () => {
  const { id, phone } = await shop.newCustomer()
  await queue(id, 'Nutrição', farHours)
  await queue(id, 'Resposta')
  await until('the answer passed', async () => textsTo(phone).includes('Resposta'))
  const [waiting] = await shop.rows<{ id: number; state: string; day: string; time: string }>(
    `select m.id, m.state, to_char(send_after at time zone 'America/Sao_Paulo', 'dy') as day,
       to_char(send_after at time zone 'America/Sao_Paulo', 'HH24:MI') as time
     from messages m join conversations c on c.account_id = m.account_id and c.id = m.conversation_id
     where c.lead_id = $1 and m.text = 'Nutrição'`,
    [id],
  )
  const { id: messageId, ...when } = waiting!
  assert.deepEqual(when, { state: 'queued', day: farDay, time: '08:00' })
  await shop.rows('update messages set hours = $2, send_after = now() where id = $1', [messageId, always])
  await until('it went out', async () => textsTo(phone).length === 2)
  assert.deepEqual(textsTo(phone), ['Resposta', 'Nutrição'])
})
