import { objectIn, textIn } from '#platform/loose.ts'
import type { Network } from '#platform/network.ts'
import { abilitiesOf } from '#whatsapp/abilities.ts'
import { chatIdOf, kindOf, phoneOf } from '#whatsapp/numbers.ts'
import type { Found, Provider } from '#whatsapp/provider.ts'
import { failed } from '#whatsapp/reasons.ts'
import { isFromWaha } from '#whatsapp/signatures.ts'
import { foundIn, type WahaCall, type WahaSettings, wahaCalls } from '#whatsapp/waha/calls.ts'
import { openWahaMedia } from '#whatsapp/waha/media.ts'
import { checkNumber, sendText } from '#whatsapp/waha/sending.ts'
import { wahaSession } from '#whatsapp/waha/sessions.ts'
import { readWahaWebhook } from '#whatsapp/waha/webhook.ts'

/** WhatsApp Web through a WAHA server: no templates and no window, and the risk that goes with it. */
export function waha(settings: WahaSettings, network: Network): Provider {
  const call = wahaCalls(settings, network)
  const sessions = wahaSession(settings, network)
  const { session, engine } = settings
  return {
    kind: 'waha',
    abilities: abilitiesOf({ provider: 'waha' }),
    connect: sessions.connect,
    disconnect: sessions.disconnect,
    qrCode: sessions.qrCode,
    newMessageId: async () => (engine === 'NOWEB' || engine === 'GOWS' ? newMessageId(call, session) : null),
    sendText: (message) => sendText(call, session, message),
    sendTemplate: async () => ({ outcome: 'failed', failure: failed('templates_unsupported') }),
    async markRead({ address }) {
      const body = { session, chatId: chatIdOf(address) }
      const answer = foundIn(await call('POST', ['sendSeen'], { body }))
      return 'failure' in answer ? answer : { found: true }
    },
    checkNumber: (phone) => checkNumber(call, session, phone),
    phoneBehind: (address) => phoneBehind(call, session, address),
    listTemplates: async () => ({ found: [] }),
    instanceState: sessions.state,
    openMedia: (media, longestBytes) => openWahaMedia(settings, network, media, longestBytes),
    verifyWebhook: (raw, headers) => isFromWaha(raw, headers, settings.hmac_key),
    readWebhook: readWahaWebhook,
  }
}

/** Without it a send is only less certain, so whatever goes wrong here is no failure. */
async function newMessageId(call: WahaCall, session: string): Promise<string | null> {
  const answer = foundIn(await call('GET', [session, 'new-message-id']))
  return 'failure' in answer ? null : textIn(objectIn(answer.found).id)
}

async function phoneBehind(call: WahaCall, session: string, address: string): Promise<Found<string | null>> {
  if (kindOf(address) !== 'lid') return { found: phoneOf(chatIdOf(address)) }
  const answer = foundIn(await call('GET', [session, 'lids', address]))
  if ('failure' in answer) return answer
  const phone = textIn(objectIn(answer.found).pn)
  return { found: phone && phoneOf(chatIdOf(phone)) }
}
