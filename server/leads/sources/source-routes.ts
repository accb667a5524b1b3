import { Type } from 'typebox'
import { listSources } from '#leads/sources/sources.ts'
import { route, tagged } from '#platform/route.ts'

const Source = Type.Object({ source: Type.String() }, { 'x-name': 'Source' })
const mostSources = 1000

export const sourceRoutes = tagged('Leads', [
  route(
    'listSources',
    'GET /sources',
    {
      permission: 'leads:read',
      summary: 'Where the account’s leads come from',
      description: `Every source that some lead has, in order; the first ${mostSources} of them.`,
      answer: { data: Type.Array(Source) },
      example: { data: [{ source: 'instagram' }, { source: 'site' }] },
    },
    async ({ scope }) => ({ data: await listSources(scope, mostSources) }),
  ),
])
