import { numberIn, objectIn, textIn } from '#platform/loose.ts'
import { chatIdOf, digitsOf, phoneOf } from '#whatsapp/numbers.ts'
import type { Found, NumberCheck, Sent, TextToSend } from '#whatsapp/provider.ts'
import { failed } from '#whatsapp/reasons.ts'
import { foundIn, type WahaCall } from '#whatsapp/waha/calls.ts'
import { failureOfAnswer, isAmbiguous } from '#whatsapp/waha/errors.ts'
import { isChatId, sentId, wholeId } from '#whatsapp/waha/ids.ts'

/** To whoever wrote, the answer goes to the very id that was delivered; a phone is asked for first. */
export async function sendText(call: WahaCall, session: string, message: TextToSend): Promise<Sent> {
  const asked = await chatFor(call, session, message.address)
  if ('failure' in asked) return { outcome: 'failed', failure: asked.failure }
  const chatId = asked.found
  const { text, message_id, reply_to } = message
  const body = {
    session,
    chatId,
    text,
    linkPreview: false,
    ...(message_id ? { id: message_id } : {}),
    ...(reply_to ? { reply_to: wholeId(reply_to.from_me, chatId, reply_to.message_id) } : {}),
  }
  return outcomeOf(await call('POST', ['sendText'], { body }), chatId, message_id ?? null)
}

/** Half of Brazil's mobiles answer to a number without the ninth digit: WhatsApp knows which. */
export async function checkNumber(
  call: WahaCall,
  session: string,
  phone: string,
): Promise<Found<NumberCheck>> {
  const query = { phone: digitsOf(phone), session }
  const answer = foundIn(await call('GET', ['contacts', 'check-exists'], { query }))
  if ('failure' in answer) return answer
  const { numberExists, chatId, pn } = objectIn(answer.found)
  const address = textIn(chatId) && chatIdOf(textIn(chatId)!)
  if (numberExists !== true || !address) return { found: { exists: false, address: null, phone: null } }
  return { found: { exists: true, address, phone: phoneOf(chatIdOf(textIn(pn) ?? address)) } }
}

async function chatFor(call: WahaCall, session: string, address: string): Promise<Found<string>> {
  if (isChatId(address)) return { found: chatIdOf(address) }
  const checked = await checkNumber(call, session, address)
  if ('failure' in checked) return checked
  return checked.found.address === null
    ? { failure: failed('not_on_whatsapp') }
    : { found: checked.found.address }
}

function outcomeOf(asked: Awaited<ReturnType<WahaCall>>, chatId: string, ownId: string | null): Sent {
  if (!asked.answer) {
    const why = { detail: asked.why }
    if (!asked.mayHaveArrived) return { outcome: 'failed', failure: failed('provider_unreachable', why) }
    return { outcome: 'unknown', message_id: ownId, failure: failed('no_answer', why) }
  }
  const { status, body } = asked.answer
  if (isAmbiguous(status, body)) {
    const { detail, raw } = failureOfAnswer(status, body)
    const failure = failed('no_answer', { code: numberIn(status), detail, raw })
    return { outcome: 'unknown', message_id: ownId, failure }
  }
  if (status < 200 || status >= 300) return { outcome: 'failed', failure: failureOfAnswer(status, body) }
  const message_id = sentId(body) ?? ownId
  // Some builds answer with nothing at all.
  if (message_id === null)
    return { outcome: 'unknown', message_id, failure: failed('no_answer', { raw: body }) }
  return { outcome: 'sent', message_id, address: chatId, pacing: null, raw: body }
}
