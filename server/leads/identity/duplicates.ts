import { sql } from 'drizzle-orm'
import type { Kind } from '#leads/identity/identity.ts'
import { leadsById } from '#leads/queries.ts'
import type { Lead } from '#leads/schema.ts'
import { type Meta, metaOf, offsetOf, type PageQuery, perPageOf } from '#platform/pages.ts'
import type { Scope } from '#platform/scope.ts'

export type Pair = { lead: Lead; duplicate: Lead; reasons: Kind[] }

/** Leads that stand in line for what another one holds, newest first: nothing is compared, the line is kept. */
export async function listDuplicates(
  scope: Scope,
  { lead_id, ...query }: PageQuery & { lead_id?: number },
): Promise<{ data: Pair[]; meta: Meta }> {
  const pairs = sql`
    from ${lead_id ? rivalsOf(scope, lead_id) : sql`lead_rivals`} r
    join lead_identifiers i on i.account_id = r.account_id and i.kind = r.kind and i.value = r.value
    where r.account_id = ${scope.accountId}`
  const [{ rows }, { rows: totals }] = await Promise.all([
    scope.db.execute<{ duplicate_id: number; lead_id: number; reasons: Kind[] }>(sql`
      select r.lead_id as duplicate_id, i.lead_id, array_agg(r.kind order by r.kind) as reasons
      ${pairs} group by r.lead_id, i.lead_id
      order by r.lead_id desc, i.lead_id desc limit ${perPageOf(query)} offset ${offsetOf(query)}`),
    scope.db.execute<{ total: number }>(sql`select count(distinct (r.lead_id, i.lead_id)) as total ${pairs}`),
  ])
  const ids = new Set(rows.flatMap((row) => [row.lead_id, row.duplicate_id]))
  const leads = new Map((await leadsById(scope, [...ids])).map((lead) => [lead.id, lead]))
  const data = rows.flatMap(({ lead_id, duplicate_id, reasons }): Pair[] => {
    const [lead, duplicate] = [leads.get(lead_id), leads.get(duplicate_id)]
    // One that was merged or deleted between the two looks is no pair any more.
    return lead && duplicate ? [{ lead, duplicate, reasons }] : []
  })
  return { data, meta: metaOf(query, totals[0]!.total) }
}

/** Where one lead stands in line, or others stand in line for what it holds. */
const rivalsOf = (scope: Scope, leadId: number) => sql`(
  select * from lead_rivals where account_id = ${scope.accountId} and lead_id = ${leadId}
  union
  select behind.* from lead_identifiers held
  join lead_rivals behind on behind.account_id = held.account_id
    and behind.kind = held.kind and behind.value = held.value
  where held.account_id = ${scope.accountId} and held.lead_id = ${leadId}
)`
