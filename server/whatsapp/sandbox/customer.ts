import { createHash, randomUUID } from 'node:crypto'
import type { InstanceRow } from '#conversations/tables.ts'
import { readPhone } from '#leads/identity/phone.ts'
import type { Scope } from '#platform/scope.ts'
import { storeHook } from '#whatsapp/inbox/hooks.ts'
import { noMedia } from '#whatsapp/media.ts'
import { digitsOf, personOf } from '#whatsapp/numbers.ts'
import type { Ad, Content, Happening, Media, Message, StatusChange } from '#whatsapp/provider.ts'
import type { Failure } from '#whatsapp/reasons.ts'

type Number = Pick<InstanceRow, 'account_id' | 'id' | 'number_key'>
export type Saying = {
  phone: string
  name?: string | null
  kind?: 'text' | 'image' | 'document' | 'location' | 'button'
  text?: string | null
  reply_to?: string | null
  ad?: Partial<Ad> | null
}

/** Whom a message can reach; null for what is no phone. */
export function phoneIn(text: string): string | null {
  const phone = readPhone(text, 'BR')
  return /^\+\d{8,15}$/.test(phone) ? phone : null
}

export const newSandboxId = () => `sandbox.${randomUUID()}`

/** The customer writes: kept as any provider's webhook is, and read in the same way. */
export async function customerWrites(scope: Scope, number: Number, saying: Saying, at = new Date()) {
  const message = writtenAs(saying)
  const { id } = message
  await tell(scope, number, { key: `message:${id}`, happening: 'message', message }, at)
  return id
}

/** What a customer says, as a message. */
export function writtenAs(saying: Saying) {
  const { phone, name = null, reply_to = null, ad } = saying
  return {
    id: newSandboxId(),
    person: customer(phone, name),
    content: contentOf(saying),
    reply_to,
    is_forwarded: false,
    ad: ad ? { ...noAd, ...ad } : null,
  } satisfies Message
}

/** The phone says what became of a message of ours. */
export const phoneTells = (
  scope: Scope,
  number: Number,
  about: { id: string; address: string; reference?: string },
  status: StatusChange['status'],
  at: Date,
  failure: Failure | null = null,
) =>
  tell(
    scope,
    number,
    {
      key: `status:${about.id}:${status}`,
      happening: 'status',
      change: {
        message_id: about.id,
        status,
        is_played: false,
        recipient: customer(about.address, null),
        reference: about.reference ?? null,
        failure,
        pricing: null,
      },
    },
    at,
  )

/** What was told is already in our own words. */
export function readSandboxHook(raw: Buffer): Happening[] {
  const told = JSON.parse(raw.toString('utf8')) as Happening & { at: string }
  return [{ ...told, at: new Date(told.at) }]
}

type Told<T> = T extends unknown ? Omit<T, 'number' | 'business' | 'at'> : never

function tell(scope: Scope, number: Number, told: Told<Happening>, at: Date) {
  const happening = { ...told, number: number.number_key, business: null, at }
  return storeHook(scope, number.id, Buffer.from(JSON.stringify(happening)), at)
}

const customer = (phone: string, name: string | null) =>
  personOf({ address: phone, phone, name, ids: { wa_id: digitsOf(phone) } })

const noAd: Ad = {
  source_type: 'ad',
  source_id: null,
  source_url: null,
  headline: null,
  body: null,
  click_id: null,
}

function contentOf({ kind = 'text', text = null }: Saying): Exclude<Content, { kind: 'reaction' }> {
  switch (kind) {
    case 'text':
      return { kind, text: text ?? '' }
    case 'button':
      return { kind: 'button_reply', of: 'template', id: text ?? '', title: text ?? '' }
    case 'location':
      return { kind, latitude: -23.5617, longitude: -46.656, name: text, address: null, url: null }
    case 'image':
    case 'document':
      return { kind, media: mediaOf(kind), caption: text }
  }
}

/** A grey dot, and a note. */
const files = {
  image: {
    mime_type: 'image/png',
    filename: null,
    bytes: Buffer.from(
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfz0AEYBxVSF+FAAhKDveksOjmAAAAAElFTkSuQmCC',
      'base64',
    ),
  },
  document: {
    mime_type: 'text/plain',
    filename: 'pedido.txt',
    bytes: Buffer.from('Dois cafés e um pão de queijo.\n'),
  },
}

export const sandboxFile = (id: string | null) =>
  Object.entries(files).find(([kind]) => id === `sandbox-${kind}`)?.[1] ?? null

function mediaOf(kind: 'image' | 'document'): Media {
  const { mime_type, filename, bytes } = files[kind]
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  const id = `sandbox-${kind}`
  return { ...noMedia, id, mime_type, sha256, filename }
}
