import type { instanceStatuses, providerKinds } from '#conversations/tables.ts'
import type { Failure } from '#whatsapp/reasons.ts'

/** What every WhatsApp provider can do, in one vocabulary. Nothing here throws for what a stranger answers. */
export type Provider = {
  kind: ProviderKind
  abilities: Abilities
  /** Makes the provider send its webhooks; safe to do again. */
  connect(webhookUrl: string): Promise<Found<true>>
  /** Lets the phone go, where there is one to let go. */
  disconnect(): Promise<Found<true>>
  /** The text of the QR code that the phone scans; it lives for less than a minute. */
  qrCode(): Promise<Found<string>>
  /** Known before sending, so that even a send without an answer is recognised; null where the API has no such thing. */
  newMessageId(): Promise<string | null>
  sendText(message: TextToSend): Promise<Sent>
  sendTemplate(message: TemplateToSend): Promise<Sent>
  markRead(message: { address: string; message_id: string }): Promise<Found<true>>
  checkNumber(phone: string): Promise<Found<NumberCheck>>
  /** The phone behind a hidden id, where the provider knows it. */
  phoneBehind(address: string): Promise<Found<string | null>>
  listTemplates(): Promise<Found<Template[]>>
  instanceState(): Promise<Found<InstanceState>>
  openMedia(media: Media, longestBytes: number): Promise<Found<OpenedMedia>>
  verifyWebhook(raw: Buffer, headers: Headers): boolean
  readWebhook(raw: Buffer): Happening[]
}
export type ProviderKind = (typeof providerKinds)[number]
export type Abilities = {
  supports_templates: boolean
  supports_buttons: boolean
  has_window_restriction: boolean
}
/** As Node gives them: lower-case names. */
export type Headers = Record<string, string | string[] | undefined>
export type Found<T> = { found: T } | { failure: Failure }

/** `address` is the id that the provider delivered, else a phone in E.164. */
export type ToSend = {
  address: string
  /** Ours, echoed in statuses where the provider can. */
  reference?: string
  message_id?: string | null
  reply_to?: ReplyTo | null
}
/** WAHA quotes by the whole id, which also says whose message it was. */
export type ReplyTo = { message_id: string; from_me: boolean }
export type TextToSend = ToSend & { text: string }
export type TemplateToSend = ToSend & { template: Template; variables: TemplateValues }

/** `unknown`: it may have gone out. It waits for a status or an echo, and is never sent again by itself. */
export type Sent =
  | { outcome: 'sent'; message_id: string; address: string | null; pacing: string | null; raw: unknown }
  | { outcome: 'failed'; failure: Failure }
  | { outcome: 'unknown'; message_id: string | null; failure: Failure }

export type NumberCheck = { exists: boolean | null; address: string | null; phone: string | null }

export type InstanceStatus = (typeof instanceStatuses)[number]
export type InstanceState = {
  status: InstanceStatus
  phone: string | null
  display_name: string | null
  /** As the provider calls it. */
  detail: string | null
}

/** In the order of headers, body and buttons; or by the variable's name. */
export type TemplateValues = readonly string[] | Readonly<Record<string, string>>
export type Template = {
  id: string
  name: string
  language: string
  category: string
  status: string
  parameter_format: 'POSITIONAL' | 'NAMED'
  components: unknown[]
  variables: TemplateVariable[]
  variables_count: number
  rejected_reason: string | null
  quality: string | null
}
export type TemplateVariable = {
  /** `1`, `nome`, `header_1`, `header_image`, `button_0`. */
  name: string
  place: 'header' | 'body' | 'button'
  kind: 'text' | 'image' | 'video' | 'document' | 'coupon_code'
  key: string
  button: number | null
}

/** What a webhook tells. Seen again under the same `key`, it is the same. */
export type Happening = Origin & (Inbound | Echo | Told)
export type Origin = {
  key: string
  /** The number's own id: Meta's phone_number_id, WAHA's session. */
  number: string | null
  /** Meta's WhatsApp business account. */
  business: string | null
  at: Date | null
}
export type Inbound = { happening: 'message'; message: Message }
/** One of ours, typed on the phone or sent through the API. */
export type Echo = { happening: 'echo'; source: 'phone' | 'api'; message: Message }
export type Told =
  | { happening: 'status'; change: StatusChange }
  | { happening: 'edit'; message_id: string; from_me: boolean; content: Content; person: Person }
  | { happening: 'revoke'; message_id: string; from_me: boolean; person: Person }
  | { happening: 'identity_changed'; was: Person; is: Person }
  | { happening: 'preference'; person: Person; marketing: 'stop' | 'resume' }
  | { happening: 'instance_state'; state: InstanceState; pairing_code: string | null }
  | { happening: 'channel_error'; failure: Failure }
  | { happening: 'number_quality'; event: string; limit: string | null }
  | { happening: 'template_status'; template: TemplateRef; status: string; reason: string | null }
  | { happening: 'template_category'; template: TemplateRef; category: string; was: string | null }
  | { happening: 'ignored'; why: IgnoredWhy }
  | { happening: 'unknown'; what: string; raw: unknown }
export type IgnoredWhy = 'group' | 'story' | 'channel' | 'broadcast_list' | 'our_own_reading' | 'not_sent_yet'
export type TemplateRef = { id: string; name: string; language: string }

export type StatusChange = {
  message_id: string
  status: 'sent' | 'delivered' | 'read' | 'failed'
  /** A voice message that was listened to. */
  is_played: boolean
  recipient: Person
  reference: string | null
  failure: Failure | null
  pricing: Pricing | null
}
export type Pricing = { category: string | null; type: string | null; model: string | null }

export type IdentityKind = 'phone' | 'wa_id' | 'bsuid' | 'lid' | 'chat_id'
/** `address` is what answers go to, exactly as it was delivered. */
export type Person = {
  address: string | null
  phone: string | null
  name: string | null
  username: string | null
  identities: { kind: IdentityKind; value: string }[]
}

export type Message = {
  id: string
  /** Who it is from; of an echo, who it went to. */
  person: Person
  content: Content
  reply_to: string | null
  is_forwarded: boolean
  ad: Ad | null
}
/** The click-to-WhatsApp ad that brought the customer. */
export type Ad = {
  source_type: string | null
  source_id: string | null
  source_url: string | null
  headline: string | null
  body: string | null
  click_id: string | null
}
export type MediaKind = 'image' | 'video' | 'audio' | 'document' | 'sticker'
export type Media = {
  id: string | null
  url: string | null
  mime_type: string | null
  /** In hex, however it was written. */
  sha256: string | null
  filename: string | null
  is_voice: boolean
  is_animated: boolean
  /** Why there is nothing to fetch. */
  problem: string | null
}
type MediaContent = { [K in MediaKind]: { kind: K; media: Media; caption: string | null } }[MediaKind]
export type Content =
  | { kind: 'text'; text: string }
  | MediaContent
  | {
      kind: 'location'
      latitude: number
      longitude: number
      name: string | null
      address: string | null
      url: string | null
    }
  | { kind: 'contacts'; contacts: SharedContact[] }
  | { kind: 'reaction'; message_id: string; emoji: string | null }
  | { kind: 'button_reply'; of: 'template' | 'message'; id: string; title: string }
  | { kind: 'list_reply'; id: string; title: string; description: string | null }
  | { kind: 'form_reply'; name: string | null; values: Record<string, unknown> }
  | { kind: 'order'; catalog_id: string | null; text: string | null; items: OrderItem[] }
  | { kind: 'unsupported'; what: string | null; failure: Failure | null }
  | { kind: 'unknown'; what: string; raw: unknown }
export type SharedContact = {
  name: string
  phones: string[]
  whatsapp: string[]
  emails: string[]
  company: string | null
}
export type OrderItem = { product: string | null; quantity: number; price: number; currency: string | null }
export type OpenedMedia = { mime_type: string | null; sha256: string | null; bytes: AsyncIterable<Buffer> }

/** Does it open the 24 hours? Whether a reaction does is not documented, so it does not. */
export const opensWindow = ({ kind }: Content) => kind !== 'reaction'
