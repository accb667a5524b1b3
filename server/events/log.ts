import { and, asc, eq, lt, type SQL, sql } from 'drizzle-orm'
import { events } from '#events/tables.ts'
import { columns } from '#events/timeline.ts'
import { invalid, selectedInvalid } from '#platform/errors.ts'
import { decodeCursor, encodeCursor, perPageOf } from '#platform/pages.ts'
import type { Scope } from '#platform/scope.ts'
import { readInstant, readInteger } from '#platform/values.ts'
import { settledUntil } from '#platform/watermark.ts'

export type LogQuery = { after?: string; type?: string; lead_id?: number; per_page: number }
type Position = { at: string; id: number }

/** The account's events, oldest first. It stops before the oldest transaction that still writes, so nothing slips in behind.
 *
 * A lead's events stand in the order in which they happened: each is stamped while its lead is locked.
 */
export async function listLog(scope: Scope, query: LogQuery) {
  const after = query.after ? await positionOf(scope, query.after) : null
  const end = await settledUntil(scope.db)
  const limit = perPageOf(query)
  const found = await scope.db
    .select(columns)
    .from(events)
    .where(
      and(
        eq(events.account_id, scope.accountId),
        after ? later(after) : sql`${events.occurred_at} >= now() - interval '30 days'`,
        lt(events.occurred_at, sql`${end}::timestamptz`),
        query.type ? eq(events.type, query.type) : undefined,
        query.lead_id ? eq(events.lead_id, query.lead_id) : undefined,
      ),
    )
    .orderBy(asc(events.occurred_at), asc(events.id))
    .limit(limit + 1)
  const data = found.slice(0, limit)
  const has_more = found.length > limit
  const last = data.at(-1)!
  const next = has_more ? { at: last.occurred_at.toISOString(), id: last.id } : furthest(after, end)
  return { data, meta: { per_page: limit, has_more, next_after: encodeCursor(next) } }
}

const later = ({ at, id }: Position): SQL =>
  sql`(${events.occurred_at}, ${events.id}) > (${at}::timestamptz, ${id}::bigint)`

/** All that was settled has been seen, whatever the filter left out. A cursor never moves back. */
const furthest = (after: Position | null, end: string): Position =>
  after && new Date(after.at) >= new Date(end) ? after : { at: end, id: 0 }

/** A cursor of ours, or the id of an event that the client already has. */
async function positionOf(scope: Scope, after: string): Promise<Position> {
  const eventId = readInteger(after)
  const held = eventId === null ? decodeCursor(after) : await positionOfEvent(scope, eventId)
  const at = readInstant(held?.at)
  if (!at || !Number.isSafeInteger(held?.id)) throw invalid({ after: [selectedInvalid('after')] })
  return { at: at.toISOString(), id: held!.id as number }
}

async function positionOfEvent(scope: Scope, id: number) {
  if (!Number.isSafeInteger(id)) return null
  const [event] = await scope.db
    .select({ at: events.occurred_at })
    .from(events)
    .where(and(eq(events.account_id, scope.accountId), eq(events.id, id)))
  return event ? { at: event.at.toISOString(), id } : null
}
