import { and, eq, gte, type SQL, sql } from 'drizzle-orm'
import { filteredLeads } from '#leads/list/filters.ts'
import { type Position, positionOf } from '#leads/list/orders.ts'
import { type LeadList, ofPipeline, ofStage, placedColumns } from '#leads/queries.ts'
import type { Lead, LeadFilters, Tombstone } from '#leads/schema.ts'
import { leads, leadTombstones } from '#leads/tables.ts'
import { pipelines, stages } from '#pipelines/tables.ts'
import { invalid, selectedInvalid } from '#platform/errors.ts'
import { encodeCursor, metaOf, offsetOf, perPageOf } from '#platform/pages.ts'
import type { Scope } from '#platform/scope.ts'
import { watermark } from '#platform/watermark.ts'

type Sources = { leads: SQL; gone: SQL; values: Record<string, unknown> }
const orders = {
  updated_at: { direction: sql`asc`, after: sql`>` },
  '-updated_at': { direction: sql`desc`, after: sql`<` },
}

/** Leads and deletions in one order, by the instant of their change.
 *
 * A deleted lead keeps its place in the count and moves to the new end, like one that was changed. So the list never
 * shrinks: by cursor it comes again at the end, by number it moves to page 1, and no page falls between two others.
 */
export async function listChanges(
  scope: Scope,
  filters: LeadFilters,
): Promise<LeadList & { deleted: Tombstone[] }> {
  const isCursor = filters.cursor !== undefined
  const position = isCursor ? positionOf({ ...filters, sort: filters.sort ?? 'updated_at' }) : null
  const sort = position?.sort ?? filters.sort ?? '-updated_at'
  if (sort !== 'updated_at' && sort !== '-updated_at') throw invalid({ sort: [selectedInvalid('sort')] })
  const order = orders[sort]
  const sources = await sourcesOf(scope, filters)
  // Asked before the rows are read: whatever commits after this moment is seen from here on.
  const since = position?.since ?? (await watermark(scope.db))
  const limit = perPageOf(filters)
  const offset = isCursor ? 0 : offsetOf(filters)
  const [found, total] = await Promise.all([
    readPage(scope, pageOf(sources, order, position, limit + 1, offset), order.direction, sources.values),
    position?.total ?? countChanges(scope, sources),
  ])
  const page = found.slice(0, limit)
  const result = { data: page.flatMap(({ lead }) => lead ?? []), deleted: page.flatMap(tombstoneOf) }
  const meta = metaOf({ ...filters, page: position?.page ?? filters.page }, total)
  if (!position) return { ...result, meta, watermark: since }
  const has_more = found.length > limit
  const last = page.at(-1)
  const next = last && { sort, id: last.id, at: last.at.toISOString(), page: position.page + 1, total, since }
  const next_cursor = has_more && next ? encodeCursor(next) : null
  return { ...result, meta: { ...meta, has_more, next_cursor }, watermark: since }
}

async function sourcesOf(scope: Scope, filters: LeadFilters): Promise<Sources> {
  const { conditions, values } = await filteredLeads(scope, filters)
  const since = filters.updated_since ? gte(leadTombstones.deleted_at, filters.updated_since) : undefined
  const gone = and(eq(leadTombstones.account_id, scope.accountId), since)!
  return { leads: and(...conditions)!, gone, values }
}

function pageOf(
  sources: Sources,
  { direction, after }: (typeof orders)['updated_at'],
  position: Position | null,
  limit: number,
  offset: number,
) {
  const beyond = (at: unknown, id: unknown) =>
    position?.id
      ? sql`and (${at}, ${id}) ${after} (${position.at}::timestamptz, ${position.id}::bigint)`
      : sql``
  const rest = (at: unknown, id: unknown) =>
    sql`${beyond(at, id)} order by ${at} ${direction}, ${id} ${direction} limit ${offset + limit}`
  return sql`(
    select * from (
      (select ${leads.id} as id, ${leads.updated_at} as at, false as gone, null::bigint as became
        from ${leads} where ${sources.leads} ${rest(leads.updated_at, leads.id)})
      union all
      (select ${leadTombstones.lead_id}, ${leadTombstones.deleted_at}, true, ${leadTombstones.merged_into}
        from ${leadTombstones} where ${sources.gone} ${rest(leadTombstones.deleted_at, leadTombstones.lead_id)})
    ) changes order by at ${direction}, id ${direction} limit ${limit} offset ${offset}
  ) page`
}

type Change = { id: number; at: Date; gone: boolean; became: number | null; lead: Lead | null }

/** One statement, so that a lead is never both there and gone. */
async function readPage(
  scope: Scope,
  page: SQL,
  direction: SQL,
  values: Sources['values'],
): Promise<Change[]> {
  const rows = await scope.db
    .select({
      change: {
        id: sql<number>`page.id`.as('change_id'),
        at: sql<Date>`page.at`.mapWith(leads.updated_at).as('change_at'),
        gone: sql<boolean>`page.gone`.as('gone'),
        became: sql<number | null>`page.became`.as('became'),
      },
      ...placedColumns,
    })
    .from(page)
    .leftJoin(leads, and(eq(leads.account_id, scope.accountId), sql`${leads.id} = page.id and not page.gone`))
    .leftJoin(stages, ofStage)
    .leftJoin(pipelines, ofPipeline)
    .orderBy(sql`page.at ${direction}, page.id ${direction}`)
    .execute(values)
  return rows.map(({ change, ...lead }) => ({ ...change, lead: change.gone ? null : (lead as Lead) }))
}

const tombstoneOf = ({ id, at, gone, became }: Change): Tombstone[] =>
  gone ? [{ id, deleted_at: at, ...(became ? { merged_into: became } : {}) }] : []

async function countChanges(scope: Scope, { leads: here, gone, values }: Sources): Promise<number> {
  const total = sql<number>`(select count(*) from ${leads} where ${here})
    + (select count(*) from ${leadTombstones} where ${gone})`
  const [row] = await scope.db.select({ total }).from(sql`(values (1)) one`).execute(values)
  return row!.total
}
