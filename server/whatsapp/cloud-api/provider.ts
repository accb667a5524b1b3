import { type Loose, objectIn, objectsIn, textIn } from '#platform/loose.ts'
import type { Network } from '#platform/network.ts'
import { abilitiesOf } from '#whatsapp/abilities.ts'
import { type CloudApiSettings, foundIn, type Graph, graph } from '#whatsapp/cloud-api/calls.ts'
import { readInstance } from '#whatsapp/cloud-api/instance.ts'
import { openMetaMedia } from '#whatsapp/cloud-api/media.ts'
import { sendTemplate, sendText } from '#whatsapp/cloud-api/sending.ts'
import { readTemplate } from '#whatsapp/cloud-api/templates.ts'
import { readMetaWebhook } from '#whatsapp/cloud-api/webhook.ts'
import type { Found, Provider, Template } from '#whatsapp/provider.ts'
import { failed } from '#whatsapp/reasons.ts'
import { isFromMeta } from '#whatsapp/signatures.ts'

const longestList = 100
const pageSize = '100'

/** Meta's official API. */
export function cloudApi(settings: CloudApiSettings, network: Network): Provider {
  const call = graph(settings, network)
  const { phone_number_id: number, business_account_id: business } = settings
  return {
    kind: 'cloud_api',
    abilities: abilitiesOf({ provider: 'cloud_api' }),
    // The address is set for the whole app; this subscribes it to the account, or no webhook ever comes.
    async connect() {
      const answer = foundIn(await call('POST', [business, 'subscribed_apps']))
      return 'failure' in answer ? answer : { found: true }
    },
    // The subscription is the whole account's, with its other numbers.
    disconnect: async () => ({ found: true }),
    qrCode: async () => ({ failure: failed('not_implemented') }),
    newMessageId: async () => null,
    sendText: (message) => sendText(call, number, message),
    sendTemplate: (message) => sendTemplate(call, number, message),
    async markRead({ message_id }) {
      const body = { messaging_product: 'whatsapp', status: 'read', message_id }
      const answer = foundIn(await call('POST', [number, 'messages'], { body }))
      return 'failure' in answer ? answer : { found: true }
    },
    // Meta has no such question: the first send tells.
    checkNumber: async (phone) => ({ found: { exists: null, address: phone, phone } }),
    phoneBehind: async () => ({ found: null }),
    async listTemplates() {
      const fields =
        'id,name,language,status,category,parameter_format,components,rejected_reason,quality_score'
      const listed = await listAll(call, [business, 'message_templates'], fields)
      if ('failure' in listed) return listed
      return { found: listed.found.map(readTemplate).filter((each): each is Template => each !== null) }
    },
    async instanceState() {
      const fields = 'id,display_phone_number,verified_name,status,quality_rating'
      const listed = await listAll(call, [business, 'phone_numbers'], fields)
      return 'failure' in listed ? listed : readInstance(listed.found, number)
    },
    openMedia: (media, longestBytes) => openMetaMedia(settings, network, media, longestBytes),
    verifyWebhook: (raw, headers) => isFromMeta(raw, headers, settings.app_secret),
    readWebhook: readMetaWebhook,
  }
}

/** Page after page, until there is no next one. Only the cursor is taken from it: its address would be followed blindly. */
async function listAll(call: Graph, path: string[], fields: string): Promise<Found<Loose[]>> {
  const all: Loose[] = []
  let after: string | null = null
  for (let page = 0; page < longestList; page++) {
    const query: Record<string, string> = { fields, limit: pageSize, ...(after === null ? {} : { after }) }
    const answer: Found<unknown> = foundIn(await call('GET', path, { query }))
    if ('failure' in answer) return answer
    const { data, paging } = objectIn(answer.found)
    all.push(...objectsIn(data))
    const next = textIn(objectIn(objectIn(paging).cursors).after)
    if (!textIn(objectIn(paging).next) || next === null || next === after) break
    after = next
  }
  return { found: all }
}
