import { type Static, Type } from 'typebox'
import { Paging } from '#platform/pages.ts'
import { Id, nullable, oneOf, ref, Timestamp, text } from '#platform/shapes.ts'

const Variable = Type.Object({
  name: Type.String({
    description: 'What its value is called: `1`, `nome`, `header_1`, `header_image`, `button_0`.',
  }),
  place: oneOf(['header', 'body', 'button']),
  kind: oneOf(['text', 'image', 'video', 'document', 'coupon_code']),
})
export const Template = Type.Object(
  {
    id: Id,
    instance_id: Id,
    name: Type.String(),
    language: Type.String(),
    category: Type.String({ description: '`UTILITY`, `MARKETING` or `AUTHENTICATION`.' }),
    status: Type.String({
      description: '`APPROVED` can be sent; `PENDING`, `REJECTED`, `PAUSED`, `DISABLED` and others cannot.',
    }),
    parameter_format: oneOf(['POSITIONAL', 'NAMED']),
    components: Type.Array(Type.Object({}, { additionalProperties: true }), {
      description: 'As Meta describes it.',
    }),
    variables: Type.Array(Variable, { description: 'In the order in which a list of values fills them.' }),
    variables_count: Type.Integer(),
    rejected_reason: nullable(Type.String()),
    quality: nullable(Type.String()),
    updated_at: Timestamp,
  },
  { 'x-name': 'WhatsAppTemplate' },
)
export type Template = Static<typeof Template>

export const TemplateFilters = Type.Object({
  instance_id: Type.Optional(Type.Integer()),
  status: Type.Optional(text(64, { examples: ['APPROVED'] })),
  language: Type.Optional(text(16, { examples: ['pt_BR'] })),
  q: Type.Optional(text(255, { description: 'Part of the name.', examples: ['pedido'] })),
  ...Paging,
})
export type TemplateFilters = Static<typeof TemplateFilters>
export const TemplateId = Type.Object({ id: ref('whatsapp_templates') })

/** The template as the customer will see it. */
export const Preview = Type.Object({
  header: nullable(Type.String({ description: 'Its text, or the address of its image, video or document.' })),
  text: Type.String(),
  footer: nullable(Type.String()),
  buttons: Type.Array(Type.Object({ text: Type.String(), url: nullable(Type.String()) })),
})
export type Preview = Static<typeof Preview>
