import { Type } from 'typebox'
import { listTags, replaceTag } from '#leads/tags/tags.ts'
import { route, tagged } from '#platform/route.ts'
import { text } from '#platform/shapes.ts'

const Tag = Type.Object(
  { tag: Type.String(), leads: Type.Integer({ description: 'How many leads have it.' }) },
  { 'x-name': 'Tag' },
)
const tag = text(50, { examples: ['vip'] })
const mostTags = 1000

/** The tag stands in the body and not in the path: it may hold any character. */
export const tagRoutes = tagged('Leads', [
  route(
    'listTags',
    'GET /tags',
    {
      permission: 'leads:read',
      summary: 'The account’s tags, most used first',
      query: Type.Object({
        q: Type.Optional(text(50, { description: 'Part of the tag.', examples: ['vi'] })),
      }),
      answer: { data: Type.Array(Tag) },
      example: { data: [{ tag: 'vip', leads: 42 }] },
    },
    async ({ scope, query }) => ({ data: await listTags(scope, { q: query.q, limit: mostTags }) }),
  ),
  route(
    'renameTag',
    'PUT /tags',
    {
      permission: 'leads:write',
      summary: 'Rename a tag on every lead that has it',
      description: 'A lead that already has the other one has it once. Each lead tells it in its timeline.',
      body: Type.Object({ tag, name: tag }),
      bodyExample: { tag: 'vip', name: 'VIP' },
      answer: { leads: Type.Integer({ description: 'How many leads were changed.' }) },
      example: { leads: 42 },
    },
    async ({ scope, body }) => ({ leads: await replaceTag(scope, body.tag, body.name) }),
  ),
  route(
    'removeTag',
    'DELETE /tags',
    {
      permission: 'leads:write',
      summary: 'Take a tag away from every lead that has it',
      body: Type.Object({ tag }),
      bodyExample: { tag: 'vip' },
      answer: { leads: Type.Integer({ description: 'How many leads were changed.' }) },
      example: { leads: 42 },
    },
    async ({ scope, body }) => ({ leads: await replaceTag(scope, body.tag, null) }),
  ),
])
