import { after } from 'node:test'
import { createNetwork } from '#platform/network.ts'
import { cloudApi } from '#whatsapp/cloud-api/provider.ts'
import type { Engine } from '#whatsapp/waha/calls.ts'
import { waha } from '#whatsapp/waha/provider.ts'
import { providerContract, type Rig } from '../../test/whatsapp/contract.ts'
import { metaToken, startMeta } from '../../test/whatsapp/meta-simulator.ts'
import { startReceiver } from '../../test/whatsapp/receiver.ts'
import { refusal } from '../../test/whatsapp/simulator.ts'
import { startWaha, wahaKey } from '../../test/whatsapp/waha-simulator.ts'

const nobody = 'http://127.0.0.1:1'
const network = createNetwork({ timeoutMs: 10_000, allowPrivate: true })
const impatientNetwork = createNetwork({ timeoutMs: 1000, allowPrivate: true })
after(() => Promise.all([network.close(), impatientNetwork.close()]))
const meta = (name: string) => refusal(`cloud_api/errors/${name}.json`)
const ofWaha = (name: string) => refusal(`waha/errors/${name}.json`)

async function openMeta(): Promise<Rig> {
  const [simulator, receiver] = [await startMeta(), await startReceiver()]
  simulator.hooks.url = receiver.url
  return {
    provider: cloudApi(simulator.settings, network),
    impatient: cloudApi(simulator.settings, impatientNetwork),
    nowhere: cloudApi({ ...simulator.settings, base_url: nobody }, network),
    customer: '555187654321',
    phone: '+5551987654321',
    secret: metaToken,
    signs: true,
    failNext: (fault) => simulator.faults.push(fault),
    howManyArrived: () => simulator.accepted.length,
    refusals: {
      'the token expired': [meta('190_token_expired'), 'token_invalid'],
      'no permission': [meta('10_permission'), 'permission_missing'],
      'the account is locked': [meta('131031_account_locked'), 'account_locked'],
      'the window is closed': [meta('131047_window_closed_sync'), 'window_closed'],
      'too many to one': [meta('131056_pair_rate_limit'), 'recipient_limited'],
      'too many of the number': [meta('130429_throughput'), 'number_limited'],
      'too many of the account': [meta('80007_waba_rate_limit'), 'account_limited'],
      'Meta is down': [meta('2_service'), 'provider_unavailable'],
      'a bad value': [meta('131009_parameter_value'), 'invalid_request'],
    },
    async customerWrites(body) {
      simulator.receive('5511987654321', { type: 'text', text: { body } })
      await simulator.settled()
      return receiver.delivered
    },
    async becomes(id, state) {
      simulator.tellStatus(id, state === 'failed' ? 131047 : state)
      await simulator.settled()
      return receiver.delivered
    },
    close: async () => void (await Promise.all([simulator.close(), receiver.close()])),
  }
}

const openWaha = (engine: Engine) => async (): Promise<Rig> => {
  const [simulator, receiver] = [await startWaha(engine), await startReceiver()]
  simulator.hooks.url = receiver.url
  simulator.people.set('5551987654321', '555187654321@c.us')
  const acks = { sent: 1, delivered: 2, read: 3, failed: -1 }
  return {
    provider: waha(simulator.settings, network),
    impatient: waha(simulator.settings, impatientNetwork),
    nowhere: waha({ ...simulator.settings, base_url: nobody }, network),
    customer: '5511987654321@c.us',
    phone: '+5551987654321',
    secret: wahaKey,
    signs: true,
    failNext: (fault) => simulator.faults.push(fault),
    howManyArrived: () => simulator.accepted.length,
    refusals: {
      'a wrong key': [ofWaha('401_unauthorized'), 'token_invalid'],
      'a session that is starting': [ofWaha('422_session_not_working'), 'instance_disconnected'],
      'a session that is not there': [ofWaha('422_session_missing'), 'instance_disconnected'],
      'too many cold contacts': [ofWaha('500_463_reachout_timelock'), 'cold_contacts_limited'],
      'a bad value': [ofWaha('400_validation'), 'invalid_request'],
    },
    async customerWrites(body) {
      simulator.receive('5511987654321@c.us', { body })
      await simulator.settled()
      return receiver.delivered
    },
    async becomes(id, state) {
      simulator.tellAck(id, acks[state])
      await simulator.settled()
      return receiver.delivered
    },
    close: async () => void (await Promise.all([simulator.close(), receiver.close()])),
  }
}

providerContract('cloud_api', openMeta)
for (const engine of ['NOWEB', 'GOWS', 'WEBJS'] as const) providerContract(`waha ${engine}`, openWaha(engine))
