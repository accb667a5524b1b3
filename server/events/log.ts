import { and, asc, desc, eq, lt, type SQL, sql } from 'drizzle-orm'
import { events } from '#events/tables.ts'
import { columns } from '#events/timeline.ts'
import { invalid, selectedInvalid } from '#platform/errors.ts'
import { decodeCursor, encodeCursor, perPageOf } from '#platform/pages.ts'
import type { Scope } from '#platform/scope.ts'
import { readInstant, readInteger } from '#platform/values.ts'
import { settledUntil } from '#platform/watermark.ts'

export type LogQuery = { after?: string; before?: string; type?: string; lead_id?: number; per_page: number }
type Position = { at: string; id: number }

/** The account's events, oldest first, or newest first with `before`. It stops before the oldest transaction that
 * still writes, so nothing slips in behind.
 *
 * A lead's events stand in the order in which they happened: each is stamped while its lead is locked.
 */
export async function listLog(scope: Scope, query: LogQuery) {
  const isBackwards = query.before !== undefined
  const after = query.after ? await positionOf(scope, 'after', query.after) : null
  const before = query.before ? await positionOf(scope, 'before', query.before) : null
  const end = await settledUntil(scope.db)
  const limit = perPageOf(query)
  const order = isBackwards ? desc : asc
  const found = await scope.db
    .select(columns)
    .from(events)
    .where(
      and(
        eq(events.account_id, scope.accountId),
        since(after, isBackwards),
        before ? earlier(before) : undefined,
        lt(events.occurred_at, sql`${end}::timestamptz`),
        query.type ? eq(events.type, query.type) : undefined,
        query.lead_id ? eq(events.lead_id, query.lead_id) : undefined,
      ),
    )
    .orderBy(order(events.occurred_at), order(events.id))
    .limit(limit + 1)
  const data = found.slice(0, limit)
  const has_more = found.length > limit
  const last = data.at(-1)
  const reached = last && { at: last.occurred_at.toISOString(), id: last.id }
  const next = has_more && !isBackwards ? reached! : furthest(after, end)
  const meta = { per_page: limit, has_more, next_after: encodeCursor(next) }
  if (!isBackwards) return { data, meta }
  return { data, meta: { ...meta, next_before: has_more ? encodeCursor(reached!) : null } }
}

function since(after: Position | null, isBackwards: boolean) {
  if (after) return later(after)
  return isBackwards ? undefined : sql`${events.occurred_at} >= now() - interval '30 days'`
}

const later = ({ at, id }: Position): SQL =>
  sql`(${events.occurred_at}, ${events.id}) > (${at}::timestamptz, ${id}::bigint)`

const earlier = ({ at, id }: Position): SQL =>
  sql`(${events.occurred_at}, ${events.id}) < (${at}::timestamptz, ${id}::bigint)`

/** All that was settled has been seen, whatever the filter left out. A cursor never moves back. */
const furthest = (after: Position | null, end: string): Position =>
  after && new Date(after.at) >= new Date(end) ? after : { at: end, id: 0 }

/** A cursor of ours, or the id of an event that the client already has. */
async function positionOf(scope: Scope, field: 'after' | 'before', given: string): Promise<Position> {
  const eventId = readInteger(given)
  const held = eventId === null ? decodeCursor(given) : await positionOfEvent(scope, eventId)
  const at = readInstant(held?.at)
  if (!at || !Number.isSafeInteger(held?.id)) throw invalid({ [field]: [selectedInvalid(field)] })
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
