import { idIn, type Loose, objectIn, objectsIn, textIn } from '#platform/loose.ts'
import type { Asked } from '#platform/network.ts'
import type { Graph } from '#whatsapp/cloud-api/calls.ts'
import { failureOfAnswer, isAmbiguous } from '#whatsapp/cloud-api/errors.ts'
import { fillTemplate } from '#whatsapp/cloud-api/templates.ts'
import { digitsOf, isBsuid } from '#whatsapp/numbers.ts'
import type { Sent, TemplateToSend, TextToSend, ToSend } from '#whatsapp/provider.ts'
import { failed } from '#whatsapp/reasons.ts'

export async function sendText(call: Graph, number: string, message: TextToSend): Promise<Sent> {
  const body = { ...common(message), type: 'text', text: { preview_url: false, body: message.text } }
  return outcomeOf(await call('POST', [number, 'messages'], { body }))
}

export async function sendTemplate(call: Graph, number: string, message: TemplateToSend): Promise<Sent> {
  const { template, variables } = message
  const filled = fillTemplate(template, variables)
  if ('missing' in filled) {
    const detail = `missing: ${filled.missing.join(', ')}`
    return { outcome: 'failed', failure: failed('template_variables', { detail, raw: filled }) }
  }
  const components = filled.components.length > 0 ? { components: filled.components } : {}
  const body = {
    ...common(message),
    type: 'template',
    template: { name: template.name, language: { code: template.language }, ...components },
  }
  return outcomeOf(await call('POST', [number, 'messages'], { body }))
}

/** Without its plus, a number may be taken for one of the business's own country. */
function common({ address, reference, reply_to }: ToSend): Loose {
  return {
    messaging_product: 'whatsapp',
    recipient_type: 'individual',
    ...(isBsuid(address) ? { recipient: address } : { to: `+${digitsOf(address)}` }),
    ...(reply_to ? { context: { message_id: reply_to.message_id } } : {}),
    ...(reference === undefined ? {} : { biz_opaque_callback_data: reference }),
  }
}

function outcomeOf(asked: Asked): Sent {
  if (!asked.answer) {
    const why = { detail: asked.why }
    if (!asked.mayHaveArrived) return { outcome: 'failed', failure: failed('provider_unreachable', why) }
    return { outcome: 'unknown', message_id: null, failure: failed('no_answer', why) }
  }
  const { status, body } = asked.answer
  const isGood = status >= 200 && status < 300
  if (!isGood && !isAmbiguous(status, body))
    return { outcome: 'failed', failure: failureOfAnswer(status, body) }
  const [message] = objectsIn(objectIn(body).messages)
  const message_id = idIn(message?.id)
  // There is no key that makes a second send harmless.
  if (!isGood || message_id === null) {
    const { code, detail } = failureOfAnswer(status, body)
    return { outcome: 'unknown', message_id, failure: failed('no_answer', { code, detail, raw: body }) }
  }
  const [contact] = objectsIn(objectIn(body).contacts)
  const address = idIn(contact?.wa_id) ?? idIn(contact?.user_id)
  return { outcome: 'sent', message_id, address, pacing: textIn(message?.message_status), raw: body }
}
