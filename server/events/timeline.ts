import { and, count, desc, eq, inArray, sql } from 'drizzle-orm'
import { Type } from 'typebox'
import { events } from '#events/tables.ts'
import { metaOf, offsetOf, type PageQuery, perPageOf } from '#platform/pages.ts'
import type { Scope } from '#platform/scope.ts'
import { Id, nullable, Timestamp } from '#platform/shapes.ts'

export const Event = Type.Object(
  {
    id: Id,
    type: Type.String({ examples: ['lead.stage_changed'] }),
    lead_id: nullable(Id),
    occurred_at: Timestamp,
    actor: Type.Object(
      { type: Type.String(), id: nullable(Id), name: Type.String() },
      { description: 'Who did it: a key, a user or the system.' },
    ),
    data: Type.Object({}, { additionalProperties: true, description: 'What the event tells; see its type.' }),
    previous: Type.Unsafe<Record<string, unknown> | null>({
      type: ['object', 'null'],
      additionalProperties: true,
      description: 'The old values of what changed.',
    }),
    request_id: Type.Unsafe<string | null>({ type: ['string', 'null'] }),
  },
  { 'x-name': 'Event' },
)

export const eventExample = {
  id: 9001,
  type: 'lead.stage_changed',
  lead_id: 123,
  occurred_at: '2026-06-30T10:00:00.000Z' as unknown as Date,
  actor: { type: 'key', id: 4, name: 'n8n' },
  data: { from: { id: 4, name: 'Qualificado' }, to: { id: 5, name: 'Proposta' } },
  previous: { stage_id: 4 },
  request_id: 'req-1f9c2e',
}

export const columns = {
  id: events.id,
  type: events.type,
  lead_id: events.lead_id,
  occurred_at: events.occurred_at,
  actor: events.actor,
  data: events.data,
  previous: events.previous,
  request_id: events.request_id,
}

// How a message fared stands beside the message; here it would bury what happened to the lead.
const isNews = sql`${events.type} not in ('message.status', 'message.updated')`

/** A lead's timeline, newest first, with that of the leads that became part of it. */
export async function listLeadEvents(scope: Scope, leadIds: number[], query: PageQuery) {
  const where = and(eq(events.account_id, scope.accountId), inArray(events.lead_id, leadIds), isNews)
  const [data, [total]] = await Promise.all([
    scope.db
      .select(columns)
      .from(events)
      .where(where)
      .orderBy(desc(events.id))
      .limit(perPageOf(query))
      .offset(offsetOf(query)),
    scope.db.select({ total: count() }).from(events).where(where),
  ])
  return { data, meta: metaOf(query, total!.total) }
}

/** The newest events of each of these leads, in one statement however many they are. */
export const newestEvents = (scope: Scope, leadIds: number[], each: number) =>
  scope.db
    .select(columns)
    .from(events)
    .where(
      and(
        eq(events.account_id, scope.accountId),
        // Of each lead only these are read, however long it has been written with.
        sql`${events.id} = any (array(
          select newest.id from unnest(${sql.param(leadIds)}::bigint[]) as shown (id)
          cross join lateral (
            select ${events.id} from ${events}
            where ${events.account_id} = ${scope.accountId} and ${events.lead_id} = shown.id and ${isNews}
            order by ${events.id} desc limit ${each}
          ) newest))`,
      ),
    )
    .orderBy(desc(events.id))
