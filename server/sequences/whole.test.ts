import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createBell } from '#platform/bell.ts'
import { startSequences } from '#sequences/engine/engine.ts'
import { startApp } from '../../test/harness.ts'
import { until } from '../../test/whatsapp/until.ts'

const app = await startApp({ workers: true })
app.runs(
  startSequences({
    database: app.database,
    config: { allowPrivateWebhooks: true },
    afterWrite: createBell(app.database.pool),
    onTrouble(error) {
      throw error
    },
  }),
)

test('a customer writes, gets the first step on their phone, answers, and is tagged for it', async () => {
  const account = await app.newAccount()
  const { id } = (await account.post('/whatsapp/instances', { provider: 'sandbox' })).body.instance
  await account.put(`/whatsapp/instances/${id}/sandbox`, { delay_seconds: 0 })
  const write = (text: string) =>
    account.post(`/whatsapp/instances/${id}/sandbox/messages`, {
      phone: '+5511999887766',
      name: 'João',
      text,
    })
  await write('Oi')
  const lead = await until('the lead', async () => (await account.get('/leads')).body.data[0])
  const steps = [
    { type: 'message', text: 'Oi {{first_name}}, posso ajudar' },
    { type: 'wait_reply', timeout: { days: 1 }, on_reply: 'conversou', on_timeout: 'end' },
    { id: 'conversou', type: 'add_tag', tag: 'conversou' },
  ]
  const { sequence } = (await account.post('/sequences', { name: 'Boas-vindas', steps })).body
  await account.post(`/leads/${lead.id}/sequences`, { sequence_id: sequence.id })
  const run = async () => (await account.get(`/leads/${lead.id}/sequences`)).body.data[0]
  await until('it waits', async () => (await run()).waiting_for === 'reply')
  const [talk] = (await account.get('/conversations')).body.data
  const ours = async () =>
    (await account.get(`/conversations/${talk.id}/messages`)).body.data.find(
      ({ direction }: { direction: string }) => direction === 'out',
    )
  await until('it was sent', async () => (await ours()).state !== 'queued')
  const message = await ours()
  assert.deepEqual([message.text, message.author.name], ['Oi João, posso ajudar', 'Boas-vindas'])
  await write('Pode!')
  await until('it ended', async () => (await run()).status === 'done')
  assert.deepEqual((await account.get(`/leads/${lead.id}`)).body.lead.tags, ['conversou'])
  assert.equal((await account.get(`/sequences/${sequence.id}`)).body.sequence.runs.replied, 1)
})
