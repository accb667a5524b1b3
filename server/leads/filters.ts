import { arrayOverlaps, eq, gte, lt, type SQL, sql } from 'drizzle-orm'
import { accounts } from '#accounts/tables.ts'
import { filterByCustomFields } from '#fields/values.ts'
import type { LeadFilters } from '#leads/schema.ts'
import { searchTerms } from '#leads/search.ts'
import { leads } from '#leads/tables.ts'
import type { Scope } from '#platform/scope.ts'
import { isDayOnly, readInstant } from '#platform/values.ts'

export type Filtered = {
  conditions: SQL[]
  /** Only what `lead_counts` knows is asked for, so nothing need be counted. */
  isCounted: boolean
  /** The conditions live on an inverted index: match first, then sort what matched. */
  matchesFirst: boolean
}

/** The account's leads that a list asks for, as conditions that an index answers. */
export async function filteredLeads(scope: Scope, filters: LeadFilters): Promise<Filtered> {
  const byColumn: SQL[] = []
  for (const column of ['pipeline_id', 'stage_id', 'assigned_to', 'source', 'status'] as const) {
    const value = filters[column]
    if (value !== undefined && value !== null) byColumn.push(eq(leads[column], value))
  }
  const byTime: SQL[] = []
  if (filters.updated_since) byTime.push(gte(leads.updated_at, filters.updated_since))
  if (filters.created_from) byTime.push(gte(leads.created_at, momentOf(scope, filters.created_from)))
  if (filters.created_to) {
    byTime.push(
      isDayOnly(filters.created_to)
        ? lt(leads.created_at, momentOf(scope, filters.created_to, 1))
        : sql`${leads.created_at} <= ${momentOf(scope, filters.created_to)}`,
    )
  }
  const byMatch: SQL[] = []
  if (filters.tags?.length) byMatch.push(arrayOverlaps(leads.tags, filters.tags))
  if (filters.q) byMatch.push(...matching(filters.q))
  if (filters.custom_fields && Object.keys(filters.custom_fields).length > 0) {
    const wanted = await filterByCustomFields(scope, filters.custom_fields)
    byMatch.push(sql`${leads.custom_fields} @> ${JSON.stringify(wanted)}::jsonb`)
  }
  const counted = ['assigned_to', 'source', 'status'] as const
  return {
    conditions: [eq(leads.account_id, scope.accountId), ...byColumn, ...byTime, ...byMatch],
    isCounted:
      byTime.length + byMatch.length === 0 && counted.every((column) => filters[column] === undefined),
    matchesFirst: byMatch.length > 0,
  }
}

function matching(question: string): SQL[] {
  const terms = searchTerms(question)
  // A term is letters and digits only: nothing in it means anything to LIKE.
  return terms.length === 0 ? [sql`false`] : terms.map((term) => sql`${leads.search} like ${`%${term}%`}`)
}

/** A day begins at midnight in the account's time zone; an instant is itself. */
function momentOf(scope: Scope, text: string, plusDays = 0): SQL {
  if (!isDayOnly(text)) return sql`${readInstant(text)!.toISOString()}::timestamptz`
  const zone = sql`(select ${accounts.time_zone} from ${accounts} where ${accounts.id} = ${scope.accountId})`
  return sql`((${text}::date + ${plusDays}::int)::timestamp at time zone ${zone})`
}
