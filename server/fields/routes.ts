import { Type } from 'typebox'
import { listFields } from '#fields/queries.ts'
import { CustomField, customFieldExample } from '#fields/schema.ts'
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
])
