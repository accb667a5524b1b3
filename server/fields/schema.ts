import { type Static, Type } from 'typebox'
import { fieldTypes } from '#fields/tables.ts'
import { Id, oneOf, ref, text } from '#platform/shapes.ts'

export const CustomField = Type.Object(
  {
    id: Id,
    name: Type.String({ description: 'The key in a lead’s `custom_fields`.', examples: ['tamanho_empresa'] }),
    label: Type.String({ examples: ['Tamanho da empresa'] }),
    field_type: oneOf(fieldTypes),
    options: Type.Array(Type.String(), { examples: [['1-10', '11-50', '100+']] }),
    is_required: Type.Boolean(),
    is_active: Type.Boolean(),
    show_on_card: Type.Boolean(),
    sort_order: Type.Integer(),
  },
  { 'x-name': 'CustomField' },
)

const name = text(64, {
  format: 'identifier',
  description: 'Small letters, digits and underscores; the key in a lead’s `custom_fields`.',
  examples: ['tamanho_empresa'],
})
const label = text(255, { examples: ['Tamanho da empresa'] })
const optional = {
  options: Type.Optional(
    Type.Array(text(255), {
      maxItems: 500,
      description: 'For select and multiselect.',
      examples: [['1-10', '100+']],
    }),
  ),
  is_required: Type.Optional(Type.Boolean({ description: 'New leads must have a value.' })),
  is_active: Type.Optional(Type.Boolean()),
  show_on_card: Type.Optional(Type.Boolean()),
  sort_order: Type.Optional(Type.Integer({ minimum: 1, description: 'Its place in the order, from 1 on.' })),
}
export const NewField = Type.Object({ name, label, field_type: oneOf(fieldTypes), ...optional })
export type NewField = Static<typeof NewField>
export const FieldChanges = Type.Object({
  name: Type.Optional(name),
  label: Type.Optional(label),
  field_type: Type.Optional(oneOf(fieldTypes)),
  ...optional,
})
export type FieldChanges = Static<typeof FieldChanges>
export const FieldId = Type.Object({ id: ref('custom_fields') })

export const customFieldExample = {
  id: 3,
  name: 'tamanho_empresa',
  label: 'Tamanho da empresa',
  field_type: 'select' as const,
  options: ['1-10', '11-50', '100+'],
  is_required: false,
  is_active: true,
  show_on_card: true,
  sort_order: 1,
}
