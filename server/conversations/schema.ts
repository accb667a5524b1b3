import { type Static, Type } from 'typebox'
import { contentKinds, mediaStates, messageStates } from '#conversations/tables.ts'
import { Paging } from '#platform/pages.ts'
import { Id, nullable, oneOf, ref, Timestamp, text } from '#platform/shapes.ts'

const nullableText = nullable(Type.String())
const maybe = <T>(schema: object, description: string) =>
  Type.Unsafe<T | null>({ ...schema, type: ['object', 'null'], description })

const Author = Type.Object({
  type: oneOf(['key', 'user', 'system', 'phone'], {
    description: '`phone`: typed on the number’s own phone.',
  }),
  id: nullable(Id),
  name: Type.String(),
})
const Failure = Type.Object({
  reason: Type.String({ description: 'A stable word.', examples: ['undeliverable'] }),
  message: Type.String({ description: 'The reason in Portuguese.' }),
  retryable: Type.Boolean({ description: 'It may work later, as it is.' }),
  code: Type.Unsafe<number | null>({ type: ['integer', 'null'], description: 'The provider’s own code.' }),
  detail: nullable(Type.String({ description: 'In the provider’s words.' })),
})
const Media = Type.Object({
  state: oneOf(mediaStates, { description: '`kept` can be fetched from `GET /messages/{id}/media`.' }),
  mime_type: nullableText,
  filename: nullableText,
  size_bytes: Type.Unsafe<number | null>({ type: ['integer', 'null'] }),
  problem: nullable(Type.String({ description: 'Why it could not be fetched.' })),
})

export const Message = Type.Object(
  {
    id: Id,
    conversation_id: Id,
    instance_id: Id,
    lead_id: nullable(Id),
    direction: oneOf(['in', 'out']),
    state: oneOf(messageStates, {
      description:
        'Of ours: `queued` → `sent` → `delivered` → `read`, or `failed`, or `unknown` when the provider did not answer (it is never sent again by itself). It never goes backwards. Of theirs: `received`.',
    }),
    kind: oneOf(contentKinds),
    text: nullable(Type.String({ description: 'What is read: text, caption, the template filled in.' })),
    content: Type.Object({}, { additionalProperties: true, description: 'What it holds, by `kind`.' }),
    template_id: nullable(Id),
    media: maybe<Static<typeof Media>>(Media, 'Of images, audio, video, documents and stickers.'),
    reply_to: nullable(Type.String({ description: 'The `provider_id` of the message that it quotes.' })),
    reactions: Type.Array(Type.Object({ from: oneOf(['contact', 'us']), emoji: Type.String() })),
    author: maybe<Static<typeof Author>>(Author, 'Who wrote it, of ours.'),
    is_forwarded: Type.Boolean(),
    ad: Type.Unsafe<Record<string, unknown> | null>({
      type: ['object', 'null'],
      additionalProperties: true,
      description: 'The click-to-WhatsApp ad that brought the customer.',
    }),
    failure: maybe<Static<typeof Failure>>(Failure, 'Why it failed, or why nobody knows.'),
    provider_id: nullable(Type.String({ description: 'The provider’s id of it.' })),
    happened_at: Timestamp,
    send_after: nullable(Timestamp),
    sent_at: nullable(Timestamp),
    delivered_at: nullable(Timestamp),
    read_at: nullable(Timestamp),
    failed_at: nullable(Timestamp),
    edited_at: nullable(Timestamp),
    revoked_at: nullable(Timestamp),
  },
  { 'x-name': 'WhatsAppMessage' },
)
export type Message = Static<typeof Message>

const Window = Type.Object({
  is_restricted: Type.Boolean({ description: 'Does this number have the 24-hour rule?' }),
  is_open: Type.Boolean({ description: 'May free text be sent now?' }),
  open_until: nullable(Timestamp),
})

export const Conversation = Type.Object(
  {
    id: Id,
    instance_id: Id,
    lead_id: nullable(Id),
    lead: Type.Unsafe<{ id: number; name: string; assigned_to: number | null } | null>({
      type: ['object', 'null'],
      properties: { id: Id, name: Type.String(), assigned_to: nullable(Id) },
      required: ['id', 'name', 'assigned_to'],
      description: 'The lead; its owner is who answers.',
    }),
    contact: Type.Object({
      name: nullableText,
      phone: nullableText,
      username: nullableText,
    }),
    window: Window,
    unread_count: Type.Integer(),
    last_message: Type.Unsafe<Message | null>({ ...Message, 'x-name': undefined, type: ['object', 'null'] }),
    last_message_at: Timestamp,
    created_at: Timestamp,
  },
  { 'x-name': 'Conversation' },
)
export type Conversation = Static<typeof Conversation>

export const ConversationId = Type.Object({ id: ref('conversations') })
export const MessageId = Type.Object({ id: ref('messages') })
export const MessageFilters = Type.Object({
  after_id: Type.Optional(
    Type.Integer({
      minimum: 0,
      description:
        'For catching up: what came after this message, oldest first, whatever instant it bears. Go on with the last id of each page while `meta.has_more`.',
      examples: [88001],
    }),
  ),
  ...Paging,
})
export type MessageFilters = Static<typeof MessageFilters>

export const ConversationFilters = Type.Object({
  unread: Type.Optional(Type.Boolean()),
  assigned_to: Type.Optional(
    Type.String({
      format: 'id-or-none',
      description: 'The lead’s owner: a user’s id, or `none` for those that nobody answers.',
      examples: ['12'],
    }),
  ),
  instance_id: Type.Optional(Type.Integer({ examples: [3] })),
  lead_id: Type.Optional(Type.Integer({ examples: [123] })),
  window: Type.Optional(oneOf(['open', 'closed'], { description: 'May free text be sent now?' })),
  q: Type.Optional(
    text(255, {
      description:
        'In the name, phone and e-mail of lead and contact; accents and punctuation do not matter.',
      examples: ['joao'],
    }),
  ),
  ...Paging,
})
export type ConversationFilters = Static<typeof ConversationFilters>

const instant = (text: string) => text as unknown as Date

export const messageExample: Message = {
  id: 88001,
  conversation_id: 71,
  instance_id: 3,
  lead_id: 123,
  direction: 'out',
  state: 'sent',
  kind: 'text',
  text: 'Bom dia, segue a proposta.',
  content: { kind: 'text', text: 'Bom dia, segue a proposta.' },
  template_id: null,
  media: null,
  reply_to: null,
  reactions: [],
  author: { type: 'user', id: 12, name: 'Ana' },
  is_forwarded: false,
  ad: null,
  failure: null,
  provider_id: 'wamid.HBgNNTUxMTk5OTg4Nzc2NhUCABEYEjA=',
  happened_at: instant('2026-06-30T10:00:00.000Z'),
  send_after: null,
  sent_at: instant('2026-06-30T10:00:00.412Z'),
  delivered_at: null,
  read_at: null,
  failed_at: null,
  edited_at: null,
  revoked_at: null,
}

export const conversationExample: Conversation = {
  id: 71,
  instance_id: 3,
  lead_id: 123,
  lead: { id: 123, name: 'João Silva', assigned_to: 12 },
  contact: { name: 'João', phone: '+5511999887766', username: null },
  window: { is_restricted: true, is_open: true, open_until: instant('2026-07-01T09:58:12.000Z') },
  unread_count: 0,
  last_message: messageExample,
  last_message_at: instant('2026-06-30T10:00:00.000Z'),
  created_at: instant('2026-06-29T08:00:00.000Z'),
}
