import { createHash } from 'node:crypto'
import { idIn, instantIn, jsonIn, type Loose, numberIn, objectIn, textIn } from '#platform/loose.ts'
import { chatIdOf, kindOf, personOf } from '#whatsapp/numbers.ts'
import type { Echo, Happening, IgnoredWhy, Inbound, Message, StatusChange, Told } from '#whatsapp/provider.ts'
import { failed } from '#whatsapp/reasons.ts'
import { readContent } from '#whatsapp/waha/content.ts'
import { isPersonal, type MessageId, readMessageId } from '#whatsapp/waha/ids.ts'
import { personIn } from '#whatsapp/waha/people.ts'
import { stateOf } from '#whatsapp/waha/state.ts'

type Read = { key: string; at: Date | null } & (Inbound | Echo | Told)

/** What one event tells. It never throws. */
export function readWahaWebhook(raw: Buffer): Happening[] {
  const event = objectIn(jsonIn(raw.toString('utf8')))
  const read = readEvent(event) ?? unknown(textIn(event.event) ?? 'envelope', event)
  return [{ ...read, at: read.at ?? sentAt(event), number: textIn(event.session), business: null }]
}

function readEvent(event: Loose): Read | null {
  const payload = objectIn(event.payload)
  switch (event.event) {
    case 'message':
    case 'message.any':
      return readMessage(payload)
    case 'message.ack':
      return readAck(payload)
    case 'message.ack.group':
      return { happening: 'ignored', why: 'group', key: keyOf('ack', payload), at: null }
    case 'message.reaction':
      return readReaction(payload)
    case 'message.edited':
      return readEdit(payload)
    case 'message.revoked':
      return readRevoke(payload)
    case 'session.status':
      return readState(event, payload)
    default:
      return null
  }
}

/** Some engines write the chat as the sender in both directions: the id alone knows chat and direction. */
function whereOf(payload: Loose) {
  const whole = idIn(payload.id)
  const id: MessageId | null = whole === null ? null : readMessageId(whole)
  const chat = id?.chat ?? (textIn(payload.from) ? chatIdOf(textIn(payload.from)!) : null)
  if (!id || !chat) return null
  return { id: id.raw, chat, fromMe: payload.fromMe === true || id.fromMe === true }
}

function readMessage(payload: Loose): Read | null {
  const where = whereOf(payload)
  if (!where) return null
  const { id, chat, fromMe } = where
  const at = instantIn(payload.timestamp)
  const key = `message:${id}`
  const why = ignoredBecause(chat)
  if (why) return { happening: 'ignored', why, key, at }
  const message: Message = {
    id,
    person: personIn(chat, payload, fromMe),
    content: readContent(payload),
    reply_to: quotedId(payload),
    is_forwarded: objectIn(payload._data).isForwarded === true,
    ad: null,
  }
  if (!fromMe) return { happening: 'message', message, key, at }
  return { happening: 'echo', source: payload.source === 'api' ? 'api' : 'phone', message, key, at }
}

const ackStatuses: Record<number, StatusChange['status']> = {
  [-1]: 'failed',
  1: 'sent',
  2: 'delivered',
  3: 'read',
  4: 'read',
}
const played = 4

function readAck(payload: Loose): Read | null {
  const where = whereOf(payload)
  const ack = numberIn(payload.ack)
  if (!where || ack === null) return null
  const { id, chat, fromMe } = where
  const [key, at] = [`status:${id}:${ack}`, instantIn(payload.timestamp)]
  const why = ignoredBecause(chat) ?? (fromMe ? (ack === 0 ? 'not_sent_yet' : null) : 'our_own_reading')
  if (why) return { happening: 'ignored', why, key: `${key}:${why}`, at }
  const status = ackStatuses[ack]
  if (!status) return null
  const change: StatusChange = {
    message_id: id,
    status,
    is_played: ack === played,
    recipient: personIn(chat, payload, true),
    reference: null,
    failure: status === 'failed' ? failed('provider_error', { code: ack, raw: payload }) : null,
    pricing: null,
  }
  return { happening: 'status', change, key, at }
}

function readReaction(payload: Loose): Read | null {
  const where = whereOf(payload)
  const { text, messageId } = objectIn(payload.reaction)
  const target = idIn(messageId)
  if (!where || target === null) return null
  const { id, chat, fromMe } = where
  const [key, at] = [`message:${id}`, instantIn(payload.timestamp)]
  const why = ignoredBecause(chat)
  if (why) return { happening: 'ignored', why, key, at }
  const message: Message = {
    id,
    person: personIn(chat, payload, fromMe),
    // Taken back, its text is empty.
    content: { kind: 'reaction', message_id: readMessageId(target).raw, emoji: textIn(text) },
    reply_to: null,
    is_forwarded: false,
    ad: null,
  }
  if (!fromMe) return { happening: 'message', message, key, at }
  return { happening: 'echo', source: payload.source === 'api' ? 'api' : 'phone', message, key, at }
}

function readEdit(payload: Loose): Read | null {
  const where = whereOf(payload)
  const target = idIn(payload.editedMessageId)
  if (!where || target === null) return null
  const { id, chat, fromMe } = where
  const [key, at] = [`edit:${id}:${keyOf('text', payload.body)}`, instantIn(payload.timestamp)]
  const why = ignoredBecause(chat)
  if (why) return { happening: 'ignored', why, key, at }
  const person = personIn(chat, payload, fromMe)
  const message_id = readMessageId(target).raw
  return { happening: 'edit', message_id, from_me: fromMe, content: readContent(payload), person, key, at }
}

function readRevoke(payload: Loose): Read | null {
  const left = objectIn(payload.after ?? payload.before)
  const where = whereOf(left)
  const target = idIn(payload.revokedMessageId) ?? idIn(objectIn(payload.before).id)
  if (target === null) return null
  const message_id = readMessageId(target).raw
  const [key, at] = [`revoke:${message_id}`, instantIn(left.timestamp)]
  const why = where && ignoredBecause(where.chat)
  if (why) return { happening: 'ignored', why, key, at }
  const person = where ? personIn(where.chat, left, where.fromMe) : personOf({ address: null, ids: {} })
  return { happening: 'revoke', message_id, from_me: where?.fromMe ?? false, person, key, at }
}

function readState(event: Loose, payload: Loose): Read | null {
  const state = stateOf(payload.status, event.me)
  if (!state) return null
  const pairing_code = textIn(objectIn(payload.data).code)
  const key = `state:${textIn(event.id) ?? keyOf('state', payload)}`
  return { happening: 'instance_state', state, pairing_code, key, at: null }
}

/** Raw in some engines, whole in others. */
function quotedId(payload: Loose): string | null {
  const id = idIn(objectIn(payload.replyTo).id)
  return id === null ? null : readMessageId(id).raw
}

function ignoredBecause(chat: string): IgnoredWhy | null {
  if (isPersonal(chat)) return null
  const kind = kindOf(chat)
  return kind === 'group' || kind === 'channel' || kind === 'story' || kind === 'broadcast_list' ? kind : null
}

const unknown = (what: string, raw: Loose): Read => ({
  happening: 'unknown',
  what,
  raw,
  key: `unknown:${idIn(raw.id) ?? keyOf('unknown', raw)}`,
  at: null,
})

/** The envelope's own time is in milliseconds. */
function sentAt({ timestamp }: Loose) {
  const ms = numberIn(timestamp)
  return ms === null ? null : instantIn(ms / 1000)
}

const keyOf = (what: string, raw: unknown) =>
  `${what}:${createHash('sha256')
    .update(JSON.stringify(raw) ?? '')
    .digest('hex')
    .slice(0, 32)}`
