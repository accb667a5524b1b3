import { type Static, Type } from 'typebox'
import { Event } from '#events/timeline.ts'
import { CustomField, customFieldExample } from '#fields/schema.ts'
import { TaskRow } from '#pipelines/task-schema.ts'
import { Meta, Paging } from '#platform/pages.ts'
import { Day, Id, Money, nullable, oneOf, ref, Timestamp, text } from '#platform/shapes.ts'

export const statuses = ['open', 'won', 'lost', 'archived'] as const
export const sorts = [
  '-created_at',
  'created_at',
  '-updated_at',
  'updated_at',
  '-stage_changed_at',
  'stage_changed_at',
  '-value',
  'value',
] as const

const Tags = Type.Array(text(50), { maxItems: 100, examples: [['vip', 'enterprise']] })
const Named = Type.Object({ id: Id, name: Type.String() })
const CustomValues = Type.Object(
  {},
  {
    additionalProperties: true,
    description: 'Values by field name.',
    examples: [{ tamanho_empresa: '100+' }],
  },
)

const optional = {
  phone: Type.Optional(
    Type.Unsafe<string | null>({
      type: ['string', 'number', 'null'],
      maxLength: 255,
      description: 'Kept in E.164 when it can be read (default country: the account’s), else as given.',
      examples: ['+5511999887766'],
    }),
  ),
  email: Type.Optional(nullable(text(255, { format: 'email', examples: ['joao@example.com'] }))),
  company: Type.Optional(nullable(text(255, { examples: ['ACME'] }))),
  birthday: Type.Optional(nullable(Day)),
  value: Type.Optional(nullable(Money)),
  source: Type.Optional(nullable(text(255, { examples: ['site'] }))),
  tags: Type.Optional(Type.Unsafe<string[] | null>({ ...Tags, type: ['array', 'null'] })),
  pipeline_id: Type.Optional(nullable(ref('pipelines'))),
  stage_id: Type.Optional(nullable(ref('stages'))),
  assigned_to: Type.Optional(nullable(ref('users', { description: 'The owner: a user’s id.' }))),
  notes: Type.Optional(nullable(text(65_535))),
  utm_source: Type.Optional(nullable(text(255))),
  utm_medium: Type.Optional(nullable(text(255))),
  utm_campaign: Type.Optional(nullable(text(255))),
  utm_term: Type.Optional(nullable(text(255))),
  utm_content: Type.Optional(nullable(text(255))),
  custom_fields: Type.Optional(
    Type.Unsafe<Record<string, unknown> | null>({ ...CustomValues, type: ['object', 'null'] }),
  ),
}
const name = text(255, { examples: ['João Silva'] })

export const NewLead = Type.Object({ name, ...optional }, { 'x-name': 'NewLead' })
export type NewLead = Static<typeof NewLead>
export const LeadChanges = Type.Object(
  { name: Type.Optional(name), ...optional },
  { 'x-name': 'LeadChanges' },
)
export type LeadChanges = Static<typeof LeadChanges>

const nullableText = nullable(Type.String())
export const Lead = Type.Object(
  {
    id: Id,
    name: Type.String(),
    phone: nullableText,
    email: nullableText,
    company: nullableText,
    birthday: nullable(Day),
    value: Type.Number(),
    source: nullableText,
    tags: Type.Array(Type.String()),
    pipeline_id: Id,
    stage_id: Id,
    assigned_to: nullable(Id),
    status: oneOf(statuses),
    lost_reason_id: nullable(Id),
    notes: nullableText,
    utm_source: nullableText,
    utm_medium: nullableText,
    utm_campaign: nullableText,
    utm_term: nullableText,
    utm_content: nullableText,
    stage: Named,
    pipeline: Named,
    custom_fields: CustomValues,
    created_at: Timestamp,
    updated_at: Timestamp,
    stage_changed_at: Timestamp,
    merged_into: nullable(Id),
  },
  { 'x-name': 'Lead' },
)
export type Lead = Static<typeof Lead>

const Brief = Type.Object({ id: Id, name: Type.String(), phone: nullableText, email: nullableText })
/** Whose something is, beside it; null when there is no lead, or no more. */
export const BriefLead = Type.Unsafe<Static<typeof Brief> | null>({ ...Brief, type: ['object', 'null'] })

const Owner = Type.Object({ id: Id, name: Type.String(), email: Type.String(), role: Type.String() })
const Conversation = Type.Object({
  id: Id,
  instance_id: Id,
  number: Type.Object({ name: Type.String(), phone: nullableText }, { description: 'The account’s.' }),
  window: Type.Object({
    is_restricted: Type.Boolean(),
    is_open: Type.Boolean({ description: 'May free text be sent now?' }),
    open_until: nullable(Timestamp),
  }),
  unread_count: Type.Integer(),
  last_message_at: Timestamp,
  messages: Type.Array(
    Type.Object({
      id: Id,
      direction: Type.String({ description: '`in` or `out`.' }),
      state: Type.String(),
      kind: Type.String(),
      text: nullableText,
      happened_at: Timestamp,
    }),
    { description: 'The newest 10, newest first.' },
  ),
})
/** What `include` can add. */
export const Included = Type.Object({
  owner: Type.Optional(
    Type.Unsafe<Static<typeof Owner> | null>({
      ...Owner,
      type: ['object', 'null'],
      description: 'With `include=owner`.',
    }),
  ),
  events: Type.Optional(Type.Array(Event, { description: 'The newest 50, with `include=events`.' })),
  sequences: Type.Optional(
    Type.Array(Type.Object({}, { additionalProperties: true }), {
      description:
        'What it is or was in, newest first, with `include=sequences`: runs as in `GET /leads/{id}/sequences`.',
    }),
  ),
  tasks: Type.Optional(Type.Array(TaskRow, { description: 'Soonest due first, with `include=tasks`.' })),
  next_task: Type.Optional(
    Type.Unsafe<Static<typeof TaskRow> | null>({
      ...TaskRow,
      'x-name': undefined,
      type: ['object', 'null'],
      description: 'The soonest that is pending, with `include=next_task`.',
    }),
  ),
  conversation: Type.Optional(
    Type.Unsafe<Static<typeof Conversation> | null>({
      ...Conversation,
      type: ['object', 'null'],
      description: 'On WhatsApp, the one last written in; with `include=conversation`.',
    }),
  ),
  custom_fields_full: Type.Optional(
    Type.Array(Type.Object({ ...CustomField.properties, value: Type.Unknown() }), {
      description: 'Definition beside value, with `include=custom_fields_full`.',
    }),
  ),
})
export const ShownLead = Type.Object(
  { ...Lead.properties, ...Included.properties },
  { 'x-name': 'LeadWithRelations' },
)
export type ShownLead = Lead & Static<typeof Included>

export const Include = Type.Optional(
  Type.String({
    'x-lenient': true,
    description:
      'Relations to add, comma-separated: `owner`, `tasks`, `next_task`, `events`, `conversation`, `sequences`, `custom_fields_full`. Unknown ones are ignored.',
    examples: ['owner,events'],
  }),
)

const moment = (description: string) =>
  Type.Optional(Type.String({ format: 'moment', description, examples: ['2026-06-30'] }))

const narrowing = {
  assigned_to: Type.Optional(Type.Integer({ description: 'The owner: a user’s id.', examples: [12] })),
  source: Type.Optional(Type.String({ examples: ['site'] })),
  status: Type.Optional(oneOf(statuses, { examples: ['open'] })),
  tags: Type.Optional(
    Type.Array(Type.String(), { description: 'Any of these: `tags[]=vip&tags[]=b2b`.', examples: [['vip']] }),
  ),
  q: Type.Optional(
    text(255, {
      description: 'Searches name, e-mail and phone; accents and punctuation do not matter.',
      examples: ['joao'],
    }),
  ),
  created_from: moment('From this day on, in the account’s time zone.'),
  created_to: moment('Up to and including this day, in the account’s time zone.'),
  custom_fields: Type.Optional(
    Type.Unsafe<Record<string, unknown>>({
      type: 'object',
      additionalProperties: true,
      description: '`custom_fields[name]=value`',
      examples: [{ tamanho_empresa: '100+' }],
    }),
  ),
}
/** What a board can be narrowed to. */
export const BoardFilters = Type.Object(narrowing)
export type BoardFilters = Static<typeof BoardFilters>

export const LeadFilters = Type.Object({
  pipeline_id: Type.Optional(Type.Integer({ examples: [1] })),
  stage_id: Type.Optional(Type.Integer({ examples: [5] })),
  archived: Type.Optional(
    Type.Boolean({ description: '`false` leaves out what is put away; `true` shows it alone.' }),
  ),
  updated_since: Type.Optional({
    ...Timestamp,
    description: 'Only leads changed at or after this instant. Send the last `X-Sync-Watermark`.',
  }),
  with_deleted: Type.Optional(
    Type.Boolean({
      description:
        'Adds what was deleted or merged since, in `deleted`. Pages then hold leads and deletions together, by the instant of their change.',
    }),
  ),
  ...narrowing,
  sort: Type.Optional(oneOf(sorts)),
  include: Include,
  ...Paging,
})
export type LeadFilters = Static<typeof LeadFilters>

export const Tombstone = Type.Object(
  {
    id: Id,
    deleted_at: Timestamp,
    merged_into: Type.Optional({ ...Id, description: 'The lead that it became part of.' }),
  },
  { 'x-name': 'Tombstone' },
)
export type Tombstone = Static<typeof Tombstone>

export const LeadPage = {
  data: Type.Array(ShownLead),
  deleted: Type.Optional(
    Type.Array(Tombstone, { description: 'With `with_deleted=1`. They count in `meta` like leads.' }),
  ),
  meta: Meta,
}
export const OneLead = { lead: ShownLead }
export const LeadId = Type.Object({ id: ref('leads') })

export const leadExample: Lead = {
  id: 123,
  name: 'João Silva',
  phone: '+5511999887766',
  email: 'joao@example.com',
  company: 'ACME',
  birthday: '1990-01-15',
  value: 5000,
  source: 'site',
  tags: ['vip', 'enterprise'],
  pipeline_id: 1,
  stage_id: 5,
  assigned_to: 12,
  status: 'open',
  lost_reason_id: null,
  notes: 'Prefere contato à tarde',
  utm_source: 'google',
  utm_medium: 'cpc',
  utm_campaign: 'verao_2026',
  utm_term: null,
  utm_content: null,
  stage: { id: 5, name: 'Proposta' },
  pipeline: { id: 1, name: 'Vendas' },
  custom_fields: { tamanho_empresa: '100+' },
  created_at: '2026-06-30T10:00:00.000Z' as unknown as Date,
  updated_at: '2026-06-30T10:00:00.000Z' as unknown as Date,
  stage_changed_at: '2026-06-30T10:00:00.000Z' as unknown as Date,
  merged_into: null,
}
export const fullFieldExample = { ...customFieldExample, value: '100+' }
