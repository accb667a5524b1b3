import { Type } from 'typebox'
import { fieldTypes } from '#fields/tables.ts'
import { Id, oneOf } from '#platform/shapes.ts'

export const CustomField = Type.Object({
  id: Id,
  name: Type.String({ description: 'The key in a lead’s `custom_fields`.', examples: ['tamanho_empresa'] }),
  label: Type.String({ examples: ['Tamanho da empresa'] }),
  field_type: oneOf(fieldTypes),
  options: Type.Array(Type.String(), { examples: [['1-10', '11-50', '100+']] }),
  is_required: Type.Boolean(),
  is_active: Type.Boolean(),
  show_on_card: Type.Boolean(),
  sort_order: Type.Integer(),
})

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
