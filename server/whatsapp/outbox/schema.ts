import { type Static, Type } from 'typebox'
import { Id, nullable, ref, Timestamp, text } from '#platform/shapes.ts'
import { Variables } from '#whatsapp/outbox/variables.ts'

const Text = text(4096, { examples: ['Bom dia, segue a proposta.'] })
const instance_id = Type.Optional(
  ref('instances', {
    description: 'Without it: the number of the last conversation, else the primary; connected ones only.',
  }),
)
const template_id = ref('whatsapp_templates', { examples: [9] })

export const NewText = Type.Object({ message: Text, instance_id })
export const NewTemplateMessage = Type.Object({
  template_id,
  variables: Type.Optional(Variables),
  instance_id,
})
export const NewReply = Type.Object({
  message: Type.Optional(Text),
  template_id: Type.Optional(template_id),
  variables: Type.Optional(Variables),
  reply_to: Type.Optional(
    ref('messages', { description: 'The message of this conversation that it quotes.' }),
  ),
})
export type NewReply = Static<typeof NewReply>

export const CheckFilters = Type.Object({
  instance_id,
  template_id: Type.Optional(template_id),
  variables: Type.Optional(
    Type.Array(Type.String(), { description: '`variables[]=Ana&variables[]=1234`.', examples: [['Ana']] }),
  ),
})

const verdict = {
  can_send: Type.Boolean(),
  skip_reason: nullable(Type.String({ examples: ['window_closed'] })),
  message: nullable(Type.String({ description: 'Why not, in Portuguese.' })),
}
const OurNumber = {
  id: Id,
  display_name: Type.String(),
  phone_number: nullable(Type.String()),
  status: Type.String(),
}
const Window = {
  is_restricted: Type.Boolean({ description: 'Does this number have the 24-hour rule?' }),
  is_open: Type.Boolean(),
  open_until: nullable(Timestamp),
}
const orNull = (properties: Parameters<typeof Type.Object>[0], description: string) =>
  Type.Unsafe<object | null>({ ...Type.Object(properties), type: ['object', 'null'], description })

export const Check = {
  instance: orNull(OurNumber, 'The number that would send.'),
  conversation_id: nullable(Id),
  window: orNull(Window, 'How long free text may be sent.'),
  opted_out: Type.Unsafe<'all' | 'marketing' | null>({
    type: ['string', 'null'],
    enum: ['all', 'marketing', null],
  }),
  text: Type.Object(verdict),
  template: orNull(
    { id: Id, ...verdict, missing_variables: Type.Array(Type.String()) },
    'With `template_id`: could it be sent with these `variables`?',
  ),
}

export const checkExample = {
  instance: { id: 3, display_name: 'Vendas', phone_number: '+551140001234', status: 'connected' },
  conversation_id: 71,
  window: { is_restricted: true, is_open: false, open_until: '2026-06-30T09:58:12.000Z' },
  opted_out: null,
  text: {
    can_send: false,
    skip_reason: 'window_closed',
    message: 'Janela de 24h fechada — use um template.',
  },
  template: { id: 9, can_send: true, skip_reason: null, message: null, missing_variables: [] },
}
