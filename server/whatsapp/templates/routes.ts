import { Type } from 'typebox'
import { linksOf, Meta } from '#platform/pages.ts'
import { Afterwards, Answer, route, tagged } from '#platform/route.ts'
import { templateExample } from '#whatsapp/examples.ts'
import { findInstance } from '#whatsapp/instances/queries.ts'
import { InstanceId } from '#whatsapp/instances/schema.ts'
import { readVariables, Variables } from '#whatsapp/outbox/variables.ts'
import { listTemplates, showTemplate } from '#whatsapp/templates/list.ts'
import { preview } from '#whatsapp/templates/preview.ts'
import { findTemplate } from '#whatsapp/templates/queries.ts'
import { Preview, Template, TemplateFilters, TemplateId } from '#whatsapp/templates/schema.ts'
import { syncTemplates } from '#whatsapp/templates/sync.ts'

export const templateRoutes = tagged('WhatsApp', [
  route(
    'listWhatsAppTemplates',
    'GET /whatsapp/templates',
    {
      permission: 'whatsapp:read',
      summary: 'Message templates, by name',
      query: TemplateFilters,
      answer: { data: Type.Array(Template), meta: Meta },
      example: {
        data: [templateExample],
        meta: { total: 1, per_page: 50, current_page: 1, last_page: 1, has_more: false },
      },
    },
    async ({ scope, query, url }) => {
      const { data, meta } = await listTemplates(scope, query)
      return new Answer({ data, meta }, { headers: linksOf(url, meta) })
    },
  ),
  route(
    'getWhatsAppTemplate',
    'GET /whatsapp/templates/{id}',
    {
      permission: 'whatsapp:read',
      summary: 'One template',
      params: TemplateId,
      answer: { template: Template },
      example: { template: templateExample },
    },
    async ({ scope, params }) => ({ template: await showTemplate(scope, params.id) }),
  ),
  route(
    'previewWhatsAppTemplate',
    'POST /whatsapp/templates/{id}/preview',
    {
      permission: 'whatsapp:write',
      summary: 'See it as the customer will, with these values',
      description: 'Nothing is sent. A value that is missing is refused by name, as a send would be.',
      params: TemplateId,
      body: Type.Object({ variables: Type.Optional(Variables) }),
      bodyExample: { variables: ['Ana', '1234'] },
      answer: { preview: Preview },
      example: {
        preview: {
          header: null,
          text: 'Oi, Ana! O pedido 1234 saiu.',
          footer: null,
          buttons: [],
        },
      },
    },
    async ({ scope, params, body }) => ({
      preview: preview(await findTemplate(scope, params.id), readVariables(body.variables)),
    }),
  ),
  route(
    'syncWhatsAppTemplates',
    'POST /whatsapp/instances/{id}/templates/sync',
    {
      permission: 'whatsapp:write',
      summary: 'Ask the provider for its templates now',
      description: 'It is done by itself every six hours, and when the provider tells of a change.',
      params: InstanceId,
      answer: {
        synced: Type.Integer({ description: 'How many there are.' }),
        removed: Type.Integer({ description: 'How many are no longer there.' }),
      },
      asksProvider: true,
      example: { synced: 12, removed: 1 },
    },
    async ({ scope, params, operator }) => {
      await findInstance(scope, params.id)
      return new Afterwards({ synced: 0, removed: 0 }, (after) =>
        syncTemplates(after, { operator }, params.id),
      )
    },
  ),
])
