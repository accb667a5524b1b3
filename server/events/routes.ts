import { Type } from 'typebox'
import { listLog } from '#events/log.ts'
import { Event, eventExample } from '#events/timeline.ts'
import { Paging } from '#platform/pages.ts'
import { route, streamRoute, tagged } from '#platform/route.ts'
import { Id, nullable } from '#platform/shapes.ts'

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
        before: Type.Optional(
          Type.String({
            'x-keep-blank': true,
            description:
              'Newest first: before `meta.next_before` of the page before, or an event’s id; empty begins with the newest.',
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
          next_before: Type.Optional(
            nullable(
              Type.String({ description: 'With `before`: send it as the next one; null at the oldest.' }),
            ),
          ),
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
  streamRoute('streamChanges', '/stream', {
    permission: 'events:read',
    summary: 'What changes, as it changes',
    description:
      'Server-Sent Events: each `data` says *that* something changed, and only to whoever may read it; ask for what you show. `type` is the event’s, or `everything` when more was missed than is told one by one. Reconnect with `Last-Event-ID` to miss nothing; an event may come twice. A comment comes every 20 seconds. Opening it counts as one request of the rate limit.',
    answer: {
      id: Type.Integer({ description: 'The event’s id; 0 for `everything`.', examples: [9001] }),
      type: Type.String({ examples: ['lead.stage_changed'] }),
      lead_id: nullable(Id),
      stage_id: Type.Optional({ ...Id, description: 'Where the lead stands now.' }),
      from_stage_id: Type.Optional({ ...Id, description: 'Where it came from.' }),
      task_id: Type.Optional(Id),
      conversation_id: Type.Optional(Id),
      message_id: Type.Optional(Id),
    },
    example: { id: 9001, type: 'lead.stage_changed', lead_id: 123, stage_id: 5, from_stage_id: 4 },
  }),
])
