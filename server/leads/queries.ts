import { and, asc, eq, inArray, sql } from 'drizzle-orm'
import { survivorOf } from '#leads/identity/merged.ts'
import { type Filtered, filteredLeads } from '#leads/list/filters.ts'
import { beyond, defaultSort, type Order, orders, type Position, positionOf } from '#leads/list/orders.ts'
import type { Lead, LeadFilters } from '#leads/schema.ts'
import { leads } from '#leads/tables.ts'
import { pipelines, stages } from '#pipelines/tables.ts'
import type { Handle } from '#platform/database.ts'
import { notFound } from '#platform/errors.ts'
import { defaultPerPage, encodeCursor, type Meta, metaOf, offsetOf, perPageOf } from '#platform/pages.ts'
import { prepared } from '#platform/prepared.ts'
import type { Scope } from '#platform/scope.ts'
import { watermark } from '#platform/watermark.ts'

/** A lead as the wire shows it, without the names of its stage and pipeline. */
export const leadColumns = {
  id: leads.id,
  name: leads.name,
  phone: leads.phone,
  email: leads.email,
  company: leads.company,
  birthday: leads.birthday,
  value: leads.value,
  source: leads.source,
  tags: leads.tags,
  pipeline_id: leads.pipeline_id,
  stage_id: leads.stage_id,
  assigned_to: leads.assigned_to,
  status: leads.status,
  lost_reason_id: leads.lost_reason_id,
  notes: leads.notes,
  utm_source: leads.utm_source,
  utm_medium: leads.utm_medium,
  utm_campaign: leads.utm_campaign,
  utm_term: leads.utm_term,
  utm_content: leads.utm_content,
  custom_fields: leads.custom_fields,
  created_at: leads.created_at,
  updated_at: leads.updated_at,
  stage_changed_at: leads.stage_changed_at,
  merged_into: sql<null>`null`.as('merged_into'),
}
export const placedColumns = {
  ...leadColumns,
  stage: { id: stages.id, name: stages.name },
  pipeline: { id: pipelines.id, name: pipelines.name },
}
/** Who it is, beside something of theirs. */
export const briefColumns = { id: leads.id, name: leads.name, phone: leads.phone, email: leads.email }
export const ofStage = and(eq(stages.account_id, leads.account_id), eq(stages.id, leads.stage_id))
export const ofPipeline = and(eq(pipelines.account_id, leads.account_id), eq(pipelines.id, leads.pipeline_id))

export async function findLead(scope: Scope, id: number): Promise<Lead> {
  const [lead] = await prepared(scope.db, 'lead_by_id', leadById).execute({ account_id: scope.accountId, id })
  if (!lead) throw notFound('lead')
  return lead
}

const leadById = (db: Handle) =>
  placed(db).where(
    and(eq(leads.account_id, sql.placeholder('account_id')), eq(leads.id, sql.placeholder('id'))),
  )

/** The lead, or the one that it was merged into. */
export async function findLeadOrSurvivor(scope: Scope, id: number): Promise<Lead> {
  const [lead] = await prepared(scope.db, 'lead_by_id', leadById).execute({ account_id: scope.accountId, id })
  if (lead) return lead
  const survivor = await survivorOf(scope, id)
  if (!survivor) throw notFound('lead')
  return findLead(scope, survivor)
}

/** These leads, by id. */
export const leadsById = (scope: Scope, ids: number[]): Promise<Lead[]> =>
  ids.length === 0
    ? Promise.resolve([])
    : placed(scope.db).where(and(eq(leads.account_id, scope.accountId), inArray(leads.id, ids)))

/** The lead, held until the transaction ends: whoever else changes it waits. */
export async function lockLead(scope: Scope, id: number): Promise<Lead> {
  const [lead] = await lockLeads(scope, [id])
  if (!lead) throw await noSuchLead(scope, id)
  return lead
}

/** The same, against even those who only point at it: it is about to go. */
export async function lockLeadToRemove(scope: Scope, id: number): Promise<Lead> {
  const [lead] = await lockLeads(scope, [id], 'update')
  if (!lead) throw await noSuchLead(scope, id)
  return lead
}

const noSuchLead = async (scope: Scope, id: number) =>
  notFound((await survivorOf(scope, id)) ? 'mergedLead' : 'lead')

/** These leads, held until the transaction ends; those that are gone are left out. */
export async function lockLeads(
  scope: Scope,
  ids: number[],
  strength: 'no key update' | 'update' = 'no key update',
): Promise<Lead[]> {
  const these = and(eq(leads.account_id, scope.accountId), inArray(leads.id, ids))
  // Held first and read after: a statement that waited and joins would look for the new stage among the old rows.
  await scope.db.select({ id: leads.id }).from(leads).where(these).orderBy(asc(leads.id)).for(strength)
  return placed(scope.db).where(these).orderBy(asc(leads.id))
}

const placed = (db: Handle) =>
  db.select(placedColumns).from(leads).innerJoin(stages, ofStage).innerJoin(pipelines, ofPipeline)

export type LeadList = { data: Lead[]; meta: Meta; watermark: string }

/** One page of leads, by number or by cursor, with an exact total and the instant to sync from next time. */
export async function listLeads(scope: Scope, filters: LeadFilters): Promise<LeadList> {
  const position = filters.cursor === undefined ? null : positionOf(filters)
  const order = orders[position?.sort ?? filters.sort ?? defaultSort(filters)]
  const filtered = await filteredLeads(scope, filters)
  // Asked before the rows are read: whatever commits after this moment is seen from here on.
  const since = position?.since ?? (await watermark(scope.db))
  const limit = perPageOf(filters)
  const found = await pageOfLeads(scope, filtered, {
    order,
    position,
    limit: limit + (position ? 1 : 0),
    offset: position ? 0 : offsetOf(filters),
  })
  const total = position?.total ?? found[0]?.total ?? (await countFiltered(scope, filtered))
  const data: Lead[] = found.slice(0, limit)
  if (!position) return { data, meta: metaOf(filters, total), watermark: since }
  const meta = metaOf({ ...filters, page: position.page }, total)
  const has_more = found.length > limit
  const last = data.at(-1)
  const next_cursor =
    has_more && last
      ? encodeCursor({
          sort: order.name,
          id: last.id,
          at: order.key?.of(last),
          page: position.page + 1,
          total,
          since,
        })
      : null
  return { data, meta: { ...meta, has_more, next_cursor }, watermark: since }
}

type Page = { order: Order; position: Position | null; limit: number; offset: number }
type Counted = Lead & { total: number | null }

/** The page's leads; each says how many there are in all, counted in the same look. */
async function pageOfLeads(scope: Scope, filtered: Filtered, page: Page): Promise<Counted[]> {
  const { order, position, limit, offset } = page
  const statement = (db: Handle) =>
    db
      .select({ ...placedColumns, total: sql<number | null>`page.total` })
      .from(pageOfIds(filtered, page))
      .innerJoin(leads, and(eq(leads.account_id, sql.placeholder('account_id')), sql`${leads.id} = page.id`))
      .innerJoin(stages, ofStage)
      .innerJoin(pipelines, ofPipeline)
      .orderBy(...order.by)
  const values = { ...filtered.values, after_id: position?.id, after_at: position?.at }
  // The planner must see limit and offset, or it plans for a tenth of the table: only the usual ones get a name.
  const isUsual = filtered.name && offset === 0 && limit - (position ? 1 : 0) === defaultPerPage
  if (!isUsual) return statement(scope.db).execute(values)
  const kind = position ? (position.id ? 'after' : 'first') : 'page'
  return prepared(scope.db, `leads ${filtered.name} ${order.name} ${kind}`, statement).execute(values)
}

/** Ids first, rows after: a deep page then touches only the rows that it shows. */
function pageOfIds(filtered: Filtered, { order, position, limit, offset }: Page) {
  const after = position?.id ? [beyond(order, sql.placeholder('after_at'), sql.placeholder('after_id'))] : []
  const total = position?.total == null ? totalOf(filtered) : sql`null::bigint`
  const rest = sql`order by ${sql.join(order.by, sql`, `)} limit ${sql.raw(String(limit))} offset ${sql.raw(String(offset))}`
  if (!filtered.matchesFirst) {
    return sql`(select ${leads.id}, ${total} as total from ${leads} where ${and(...filtered.conditions, ...after)} ${rest}) page`
  }
  // Without MATERIALIZED a generic plan walks the date index and tests every lead for the match.
  return sql`(
    with matched as materialized (
      select ${leads.id}, ${leads.updated_at}, ${leads.stage_changed_at}, ${leads.value}
      from ${leads} where ${and(...filtered.conditions)}
    )
    select leads.id, (select count(*) from matched) as total from matched as leads
    ${after.length > 0 ? sql`where ${and(...after)}` : sql``} ${rest}
  ) page`
}

const totalOf = ({ total, conditions }: Filtered) =>
  total ?? sql<number>`(select count(*) from ${leads} where ${and(...conditions)})`

/** Of a page without leads, which says nothing. */
async function countFiltered(scope: Scope, filtered: Filtered) {
  const counting = scope.db.select({ total: totalOf(filtered) }).from(sql`(values (1)) one`)
  const [row] = await counting.execute(filtered.values)
  return row!.total
}
