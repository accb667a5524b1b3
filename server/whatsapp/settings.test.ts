import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startApp } from '../../test/harness.ts'
import { until } from '../../test/whatsapp/until.ts'

const app = await startApp({ workers: true })

async function newShop() {
  const account = await app.newAccount()
  const { id } = (await account.post('/whatsapp/instances', { provider: 'sandbox' })).body.instance
  const talks = async () => (await account.get('/conversations')).body.data
  return {
    account,
    change: (changes: object) => account.put('/whatsapp/settings', changes),
    talks,
    async hears(phone: string, text: string) {
      const { body } = await account.post(`/whatsapp/instances/${id}/sandbox/messages`, { phone, text })
      const isLast = (talk: { last_message: { provider_id: string } }) =>
        talk.last_message?.provider_id === body.message.provider_id
      return until(`the message ${text}`, async () => (await talks()).find(isLast))
    },
  }
}

test('until somebody decides, who writes becomes a lead, and a few words opt out', async () => {
  const { account } = await newShop()
  const { settings } = (await account.get('/whatsapp/settings')).body
  assert.deepEqual([settings.takes_up_leads, settings.pipeline_id], [true, null])
  assert.ok(settings.opt_out_words.includes('sair'))
})

test('what is not given stays, and two changes at once both count', async () => {
  const { account, change } = await newShop()
  await Promise.all([change({ takes_up_leads: false }), change({ opt_in_words: ['quero'] })])
  const { settings } = (await account.get('/whatsapp/settings')).body
  assert.deepEqual([settings.takes_up_leads, settings.opt_in_words], [false, ['quero']])
  assert.ok(settings.opt_out_words.includes('sair'))
})

test('leads are taken up where the account wants them, or not at all', async () => {
  const { account, change, hears } = await newShop()
  const pipeline = (await account.post('/pipelines', { name: 'WhatsApp' })).body.pipeline
  await account.post(`/pipelines/${pipeline.id}/stages`, { name: 'Chegou', color: '#123456' })
  await change({ pipeline_id: pipeline.id })
  const { lead_id } = await hears('+5511988887777', 'Oi')
  assert.equal((await account.get(`/leads/${lead_id}`)).body.lead.pipeline_id, pipeline.id)
  await change({ takes_up_leads: false })
  assert.equal((await hears('+5511977776666', 'Oi')).lead_id, null)
  assert.equal((await account.get('/leads')).body.meta.total, 1)
})

test('a pipeline that was deleted is no longer the chosen one', async () => {
  const { account, change, hears } = await newShop()
  const pipeline = (await account.post('/pipelines', { name: 'WhatsApp' })).body.pipeline
  await change({ pipeline_id: pipeline.id })
  assert.equal((await account.delete(`/pipelines/${pipeline.id}`)).status, 200)
  assert.equal((await account.get('/whatsapp/settings')).body.settings.pipeline_id, null)
  const { lead_id } = await hears('+5511988887777', 'Oi')
  assert.notEqual((await account.get(`/leads/${lead_id}`)).body.lead.pipeline_id, pipeline.id)
})

test('the account’s own words opt out, and no others', async () => {
  const { account, change, hears } = await newShop()
  await change({ opt_out_words: ['chega'] })
  const { lead_id } = await hears('+5511988887777', 'Sair')
  const send = () => account.post(`/leads/${lead_id}/send-whatsapp`, { message: 'Olá' })
  assert.equal((await send()).status, 200)
  await hears('+5511988887777', 'CHEGA!')
  const { status, body } = await send()
  assert.deepEqual([status, body.skip_reason], [422, 'opted_out'])
})
