import { invalid, selectedInvalid } from '#platform/errors.ts'
import {
  decodeCursor,
  encodeCursor,
  type Meta,
  metaOf,
  offsetOf,
  type PageQuery,
  perPageOf,
} from '#platform/pages.ts'
import { readInstant } from '#platform/values.ts'

/** Beyond this nobody counts on: the exact number would cost more than the page. */
export const mostCounted = 10_000

type Place = { at: string; id: number }
type Position = { after: Place | null; page: number; total: number | null }
type Pageable<Row> = {
  /** Newest first, beyond `after`. */
  read: (page: { after: Place | null; limit: number; offset: number }) => Promise<Row[]>
  /** No further than one past `mostCounted`. */
  count: () => Promise<number>
  at: (row: Row) => Date
}

/** One page, newest first by an instant and an id, by number or by cursor. */
export async function newestFirst<Row extends { id: number }>(
  query: PageQuery,
  { read, count, at }: Pageable<Row>,
): Promise<{ data: Row[]; meta: Meta }> {
  const position = query.cursor === undefined ? null : positionOf(query.cursor)
  const limit = perPageOf(query)
  const offset = position ? 0 : offsetOf(query)
  const [found, counted] = await Promise.all([
    read({ after: position?.after ?? null, limit: limit + 1, offset }),
    position?.total ?? count(),
  ])
  const data = found.slice(0, limit)
  const seen = found.length > 0 ? offset + found.length : 0
  const total = Math.max(Math.min(counted, mostCounted), position ? 0 : seen)
  const meta = {
    ...metaOf({ ...query, page: position?.page ?? query.page }, total),
    ...(counted > mostCounted ? { total_is_minimum: true } : {}),
  }
  if (!position) return { data, meta }
  const has_more = found.length > limit
  const last = data.at(-1)
  const next = last && { at: at(last).toISOString(), id: last.id, page: position.page + 1, total: counted }
  return { data, meta: { ...meta, has_more, next_cursor: has_more && next ? encodeCursor(next) : null } }
}

function positionOf(cursor: string): Position {
  if (cursor === '') return { after: null, page: 1, total: null }
  const held = decodeCursor(cursor)
  const numbers = [held?.id, held?.page, held?.total]
  const at = readInstant(held?.at)
  if (!held || !at || !numbers.every(Number.isSafeInteger))
    throw invalid({ cursor: [selectedInvalid('cursor')] })
  const { id, page, total } = held as { id: number; page: number; total: number }
  return { after: { at: at.toISOString(), id }, page, total }
}
