import { objectIn, textIn } from '#platform/loose.ts'
import type { Network } from '#platform/network.ts'
import type { Found, InstanceState } from '#whatsapp/provider.ts'
import { failed } from '#whatsapp/reasons.ts'
import { foundIn, type WahaCall, type WahaSettings, wahaCalls } from '#whatsapp/waha/calls.ts'
import { stateOf } from '#whatsapp/waha/state.ts'

/** `message.any` tells everything that `message` does: with both, everything would come twice. */
const events = [
  'message.any',
  'message.ack',
  'message.reaction',
  'message.revoked',
  'message.edited',
  'session.status',
]

/** What a number at WAHA needs to be connected, and to be let go. */
export function wahaSession(settings: WahaSettings, network: Network) {
  const call = wahaCalls(settings, network)
  const { session } = settings
  const done = async (asked: ReturnType<WahaCall>): Promise<Found<true>> => {
    const answer = foundIn(await asked)
    return 'failure' in answer ? answer : { found: true }
  }
  return {
    async connect(webhookUrl: string): Promise<Found<true>> {
      const config = configOf(settings, webhookUrl)
      const created = await done(call('POST', ['sessions'], { body: { name: session, start: true, config } }))
      if ('found' in created || created.failure.reason !== 'instance_disconnected') return created
      // It is there already.
      const changed = await done(call('PUT', ['sessions', session], { body: { name: session, config } }))
      return 'failure' in changed ? changed : done(call('POST', ['sessions', session, 'start']))
    },
    disconnect: () => done(call('POST', ['sessions', session, 'logout'])),
    restart: () => done(call('POST', ['sessions', session, 'restart'])),
    async state(): Promise<Found<InstanceState>> {
      const answer = foundIn(await call('GET', ['sessions', session]))
      if ('failure' in answer) return answer
      const { status, me } = objectIn(answer.found)
      const state = stateOf(status, me)
      return state ? { found: state } : { failure: failed('provider_error', { raw: status }) }
    },
    /** The text of the QR code; it lives for less than a minute. */
    async qrCode(): Promise<Found<string>> {
      const answer = foundIn(await call('GET', [session, 'auth', 'qr'], { query: { format: 'raw' } }))
      if ('failure' in answer) return answer
      const value = textIn(objectIn(answer.found).value)
      return value ? { found: value } : { failure: failed('provider_error', { raw: answer.found }) }
    },
  }
}

/** What nobody sells through is left out at the source, and the phone keeps its notifications. */
const configOf = ({ hmac_key }: WahaSettings, webhookUrl: string) => ({
  ignore: { status: true, groups: true, channels: true, broadcast: true },
  noweb: { markOnline: false, store: { enabled: true, fullSync: false } },
  webhooks: [
    {
      url: webhookUrl,
      events,
      hmac: { key: hmac_key },
      // About seventeen minutes: what a restart of ours takes must not lose an event.
      retries: { policy: 'exponential', delaySeconds: 2, attempts: 9 },
    },
  ],
})
