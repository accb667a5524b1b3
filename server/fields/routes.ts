import { Type } from 'typebox'
import { changeField, createField } from '#fields/actions.ts'
import { listFields } from '#fields/queries.ts'
import { CustomField, customFieldExample, FieldChanges, FieldId, NewField } from '#fields/schema.ts'
import { route, tagged } from '#platform/route.ts'

export const fieldRoutes = tagged('Custom fields', [
  route(
    'listCustomFields',
    'GET /custom-fields',
    {
      permission: 'custom_fields:read',
      summary: 'The account’s custom fields, in their order',
      query: Type.Object({
        active_only: Type.Optional(Type.Boolean({ description: 'Leave out switched-off fields.' })),
      }),
      answer: { data: Type.Array(CustomField) },
      example: { data: [customFieldExample] },
    },
    async ({ scope, query }) => ({
      data: await listFields(scope, { activeOnly: query.active_only === true }),
    }),
  ),
  route(
    'createCustomField',
    'POST /custom-fields',
    {
      permission: 'custom_fields:write',
      summary: 'Create a custom field',
      body: NewField,
      bodyExample: {
        name: 'tamanho_empresa',
        label: 'Tamanho da empresa',
        field_type: 'select',
        options: ['1-10', '11-50', '100+'],
      },
      answer: { custom_field: CustomField },
      status: 201,
      rules: ['limit_reached'],
      example: { custom_field: customFieldExample },
    },
    async ({ scope, body }) => ({ custom_field: await createField(scope, body) }),
  ),
  route(
    'updateCustomField',
    'PUT /custom-fields/{id}',
    {
      permission: 'custom_fields:write',
      summary: 'Change, reorder or switch off a custom field',
      description:
        'Its name and type, and options that leads use, change only while no lead has such a value. Switched off, it keeps its values and takes no new ones.',
      params: FieldId,
      body: FieldChanges,
      bodyExample: { label: 'Porte da empresa', sort_order: 1 },
      answer: { custom_field: CustomField },
      rules: ['field_in_use'],
      example: { custom_field: customFieldExample },
    },
    async ({ scope, params, body }) => ({ custom_field: await changeField(scope, params.id, body) }),
  ),
])
