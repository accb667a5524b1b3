import { type AnyColumn, asc, desc, type SQL, sql } from 'drizzle-orm'
import type { Lead, LeadFilters } from '#leads/schema.ts'
import { leads } from '#leads/tables.ts'
import { invalid, selectedInvalid } from '#platform/errors.ts'
import { decodeCursor } from '#platform/pages.ts'
import { readInstant, readNumber } from '#platform/values.ts'

export type Sort = NonNullable<LeadFilters['sort']>
export type Order = {
  name: Sort
  by: SQL[]
  /** The column that it goes by before the id; ids alone need none. */
  key: Key | null
  after: SQL
}
type Key = { column: AnyColumn; type: SQL; of: (lead: Lead) => string; isOne: (text: unknown) => boolean }

const instant = (name: 'updated_at' | 'stage_changed_at'): Key => ({
  column: leads[name],
  type: sql`timestamptz`,
  of: (lead) => lead[name].toISOString(),
  isOne: (text) => readInstant(text) !== null,
})
const value: Key = {
  column: leads.value,
  type: sql`numeric`,
  of: (lead) => String(lead.value),
  isOne: (text) => typeof text === 'string' && readNumber(text) !== null,
}

const upwards = (name: Sort, key: Key | null): Order => ({
  name,
  by: [...(key ? [asc(key.column)] : []), asc(leads.id)],
  key,
  after: sql`>`,
})
const downwards = (name: Sort, key: Key | null): Order => ({
  name,
  by: [...(key ? [desc(key.column)] : []), desc(leads.id)],
  key,
  after: sql`<`,
})

export const orders: Record<Sort, Order> = {
  // Ids grow with creation, so newest first needs no column of its own.
  '-created_at': downwards('-created_at', null),
  created_at: upwards('created_at', null),
  '-updated_at': downwards('-updated_at', instant('updated_at')),
  updated_at: upwards('updated_at', instant('updated_at')),
  '-stage_changed_at': downwards('-stage_changed_at', instant('stage_changed_at')),
  stage_changed_at: upwards('stage_changed_at', instant('stage_changed_at')),
  '-value': downwards('-value', value),
  value: upwards('value', value),
}

/** By number, a changed lead moves towards page 1 and is never skipped; by cursor, it moves towards the end. */
export const defaultSort = (filters: LeadFilters): Sort =>
  !filters.updated_since ? '-created_at' : filters.cursor === undefined ? '-updated_at' : 'updated_at'

export type Position = {
  sort: Sort
  id: number | null
  /** What the order goes by, of the last lead that was shown. */
  at: string | null
  page: number
  /** Counted and noted at the first page, then carried: a sync of a million counts once. */
  total: number | null
  since: string | null
}

export function positionOf(filters: LeadFilters): Position {
  const start = {
    sort: filters.sort ?? defaultSort(filters),
    id: null,
    at: null,
    page: 1,
    total: null,
    since: null,
  }
  if (!filters.cursor) return start
  const held = decodeCursor(filters.cursor)
  const sort = held?.sort as Sort
  const key = Object.hasOwn(orders, sort) ? orders[sort].key : undefined
  const isWhole = held && key !== undefined && (!key || key.isOne(held.at)) && Number.isSafeInteger(held.id)
  const hasCounts = held && Number.isSafeInteger(held.page) && Number.isSafeInteger(held.total)
  if (!isWhole || !hasCounts || !readInstant(held.since))
    throw invalid({ cursor: [selectedInvalid('cursor')] })
  return {
    sort,
    id: held.id as number,
    at: key ? (held.at as string) : null,
    page: held.page as number,
    total: held.total as number,
    since: held.since as string,
  }
}

/** Whoever comes after this position, in this order. */
export const beyond = ({ key, after }: Order, at: unknown, id: unknown): SQL =>
  key
    ? sql`(${key.column}, ${leads.id}) ${after} (${at}::${key.type}, ${id}::bigint)`
    : sql`${leads.id} ${after} ${id}::bigint`
