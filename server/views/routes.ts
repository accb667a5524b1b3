import { Type } from 'typebox'
import { route, tagged } from '#platform/route.ts'
import { NewView, View, ViewChanges, ViewFilters, ViewId, viewExample } from '#views/schema.ts'
import { changeView, createView, deleteView, listViews } from '#views/views.ts'

const bodyExample = {
  name: 'Meus leads quentes',
  of: 'leads',
  filters: { assigned_to: 12, tags: ['vip'] },
  sort: '-stage_changed_at',
}

export const viewRoutes = tagged('Views', [
  route(
    'listViews',
    'GET /views',
    {
      permission: 'session',
      summary: 'Saved views: one’s own, and those that colleagues share',
      query: ViewFilters,
      answer: { data: Type.Array(View) },
      example: { data: [viewExample] },
    },
    async ({ scope, query }) => ({ data: await listViews(scope, query.of) }),
  ),
  route(
    'createView',
    'POST /views',
    {
      permission: 'session',
      summary: 'Save a view',
      body: NewView,
      bodyExample,
      answer: { view: View },
      status: 201,
      example: { view: viewExample },
    },
    async ({ scope, body }) => ({ view: await createView(scope, body) }),
  ),
  route(
    'updateView',
    'PUT /views/{id}',
    {
      permission: 'session',
      summary: 'Change a view',
      description: 'What is not sent stays. A shared view is changed by whose it is, or by an admin.',
      params: ViewId,
      body: ViewChanges,
      bodyExample: { is_shared: true },
      answer: { view: View },
      example: { view: { ...viewExample, is_shared: true } },
    },
    async ({ scope, params, body, can }) => ({
      view: await changeView(scope, params.id, body, can('admin')),
    }),
  ),
  route(
    'deleteView',
    'DELETE /views/{id}',
    { permission: 'session', summary: 'Delete a view', params: ViewId, answer: {}, example: {} },
    async ({ scope, params, can }) => {
      await deleteView(scope, params.id, can('admin'))
      return {}
    },
  ),
])
