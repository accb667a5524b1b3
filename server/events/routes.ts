import { Type } from 'typebox'
import { listLog } from '#events/log.ts'
import { Event, eventExample } from '#events/timeline.ts'
import { Paging } from '#platform/pages.ts'
import { route, tagged } from '#platform/route.ts'

export const eventRoutes = tagged('Events', [
  route(
    'listEvents',
    'GET /events',
    {
      permission: 'events:read',
      summary: 'What happened in the account, oldest first',
      description:
        'The log of at least the last 30 days. Send `meta.next_after` as the next `after`, also when a page is empty: nothing is skipped and nothing comes twice. An event appears once every transaction that began before it has ended, usually at once, so the order never changes behind you. A lead of another account has no events here.',
      query: Type.Object({
        after: Type.Optional(
          Type.String({
            'x-keep-blank': true,
            description:
              'Where to go on: `meta.next_after` of the page before, or the id of an event. Without it: 30 days ago.',
          }),
        ),
        type: Type.Optional(Type.String({ examples: ['lead.stage_changed'] })),
        lead_id: Type.Optional(Type.Integer({ examples: [123] })),
        per_page: Paging.per_page,
      }),
      answer: {
        data: Type.Array(Event),
        meta: Type.Object({
          per_page: Type.Integer(),
          has_more: Type.Boolean(),
          next_after: Type.String({ description: 'Send it as the next `after`.' }),
        }),
      },
      example: {
        data: [eventExample],
        meta: {
          per_page: 50,
          has_more: false,
          next_after: 'eyJhdCI6IjIwMjYtMDYtMzBUMTA6MDA6MDAuMDAxWiIsImlkIjowfQ',
        },
      },
    },
    ({ scope, query }) => listLog(scope, query),
  ),
])
