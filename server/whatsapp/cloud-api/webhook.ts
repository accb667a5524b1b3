import { createHash } from 'node:crypto'
import {
  idIn,
  instantIn,
  jsonIn,
  type Loose,
  numberIn,
  objectIn,
  objectsIn,
  textIn,
} from '#platform/loose.ts'
import { readAccountChange } from '#whatsapp/cloud-api/account-changes.ts'
import { readAd, readContent } from '#whatsapp/cloud-api/content.ts'
import { failureOfError } from '#whatsapp/cloud-api/errors.ts'
import { recipientOf, senderOf } from '#whatsapp/cloud-api/people.ts'
import type { Echo, Happening, Inbound, Message, StatusChange, Told } from '#whatsapp/provider.ts'

type Read = { key: string; at: Date | null } & (Inbound | Echo | Told)

/** Everything that one delivery tells, in its order: up to a thousand things. It never throws. */
export function readMetaWebhook(raw: Buffer): Happening[] {
  const body = jsonIn(raw.toString('utf8'))
  const entries = objectsIn(objectIn(body).entry)
  if (entries.length === 0) return [{ ...unknown('envelope', body), number: null, business: null }]
  return entries.flatMap((entry) =>
    objectsIn(entry.changes).flatMap(({ field, value }) => {
      const number = idIn(objectIn(objectIn(value).metadata).phone_number_id)
      const read = readChange(textIn(field) ?? '', objectIn(value), instantIn(entry.time))
      return read.map((happening) => ({ ...happening, number, business: idIn(entry.id) }))
    }),
  )
}

function readChange(field: string, value: Loose, at: Date | null): Read[] {
  if (field !== 'messages' && field !== 'smb_message_echoes') {
    const told = readAccountChange(field, value, at)
    const read = told.map((each) => ({ ...each, key: keyOf(field, each, at) }))
    return read.length > 0 ? read : [unknown(field, value)]
  }
  const contacts = objectsIn(value.contacts)
  const read = [
    ...objectsIn(value.messages).map((message) => readMessage(message, contacts)),
    ...objectsIn(value.message_echoes).map(readEcho),
    ...objectsIn(value.statuses).map((status) => readStatus(status, contacts)),
    ...objectsIn(value.errors).map((error) => ({
      happening: 'channel_error' as const,
      failure: failureOfError(error),
      key: keyOf('error', error, at),
      at,
    })),
  ]
  return read.length > 0 ? read : [unknown(field, value)]
}

function readMessage(message: Loose, contacts: Loose[]): Read {
  const [id, at] = [idIn(message.id), instantIn(message.timestamp)]
  if (id === null) return unknown('message', message)
  const key = `message:${id}`
  if (textIn(message.group_id)) return { happening: 'ignored', why: 'group', key, at }
  const person = senderOf(message, contacts)
  const about = aboutAnother(message)
  if (about) return { ...about, from_me: false, person, key, at }
  const system = objectIn(message.system)
  if (message.type === 'system' && /^user_changed_/.test(String(system.type))) {
    const was = senderOf({ from: message.from, from_user_id: system.previous_user_id }, [])
    const is = senderOf({ from: system.wa_id, from_user_id: system.user_id }, [])
    return { happening: 'identity_changed', was, is, key, at }
  }
  return { happening: 'message', message: messageOf(id, message, person), key, at }
}

function readEcho(message: Loose): Read {
  const [id, at] = [idIn(message.id), instantIn(message.timestamp)]
  if (id === null) return unknown('message_echo', message)
  const person = senderOf({ from: message.to, from_user_id: message.to_user_id }, [])
  const about = aboutAnother(message)
  const key = `message:${id}`
  if (about) return { ...about, from_me: true, person, key, at }
  return { happening: 'echo', source: 'phone', message: messageOf(id, message, person), key, at }
}

/** Edits and deletions say which message they are about. */
function aboutAnother(message: Loose) {
  const about = objectIn(message[String(message.type)])
  const message_id = idIn(about.original_message_id)
  if (message_id === null) return null
  if (message.type === 'revoke') return { happening: 'revoke' as const, message_id }
  if (message.type !== 'edit') return null
  return { happening: 'edit' as const, message_id, content: readContent(objectIn(about.message)) }
}

function messageOf(id: string, message: Loose, person: Message['person']): Message {
  const context = objectIn(message.context)
  return {
    id,
    person,
    content: readContent(message),
    reply_to: idIn(context.id),
    is_forwarded: context.forwarded === true || context.frequently_forwarded === true,
    ad: readAd(message),
  }
}

const statuses: Record<string, StatusChange['status']> = {
  sent: 'sent',
  delivered: 'delivered',
  read: 'read',
  played: 'read',
  failed: 'failed',
}

function readStatus(raw: Loose, contacts: Loose[]): Read {
  const [message_id, said, at] = [idIn(raw.id), textIn(raw.status) ?? '', instantIn(raw.timestamp)]
  const status = Object.hasOwn(statuses, said) ? statuses[said] : undefined
  if (message_id === null || !status) return unknown('status', raw)
  const key = `status:${message_id}:${said}`
  if (raw.recipient_type === 'group') return { happening: 'ignored', why: 'group', key, at }
  const [error] = objectsIn(raw.errors)
  const pricing = objectIn(raw.pricing)
  const change: StatusChange = {
    message_id,
    status,
    is_played: said === 'played',
    recipient: recipientOf(raw, contacts),
    reference: textIn(raw.biz_opaque_callback_data),
    failure: status === 'failed' ? failureOfError(error ?? {}) : null,
    pricing: raw.pricing
      ? {
          category: textIn(pricing.category),
          type: textIn(pricing.type),
          model: textIn(pricing.pricing_model),
        }
      : null,
  }
  return { happening: 'status', change, key, at }
}

const unknown = (what: string, raw: unknown): Read => ({
  happening: 'unknown',
  what,
  raw,
  key: keyOf('unknown', raw, null),
  at: instantIn(numberIn(objectIn(raw).timestamp)),
})

/** What has no id of its own is the same when it says the same at the same time. */
function keyOf(what: string, raw: unknown, at: Date | null) {
  const text = `${JSON.stringify(raw)}${at?.getTime() ?? ''}`
  return `${what}:${createHash('sha256').update(text).digest('hex').slice(0, 32)}`
}
