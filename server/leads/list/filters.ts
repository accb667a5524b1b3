import { arrayOverlaps, eq, gte, lt, type SQL, sql } from 'drizzle-orm'
import { accounts } from '#accounts/tables.ts'
import { filterByCustomFields } from '#fields/values.ts'
import { searchTerms } from '#leads/list/search.ts'
import type { LeadFilters } from '#leads/schema.ts'
import { leadTotal, visibleTotal } from '#leads/stages/counts.ts'
import { leadCounts, leads } from '#leads/tables.ts'
import type { Scope } from '#platform/scope.ts'
import { isDayOnly, readInstant } from '#platform/values.ts'

export type Filtered = {
  conditions: SQL[]
  /** What stands in the conditions' placeholders. */
  values: Record<string, unknown>
  /** How many there are, where that is kept and need not be counted. */
  total: SQL<number> | null
  /** The conditions live on an inverted index: match first, then sort what matched. */
  matchesFirst: boolean
  /** One condition at most, so one plan fits every value: what the statement is called. */
  name: string | null
}

const columns = ['pipeline_id', 'stage_id', 'assigned_to', 'source', 'status'] as const

/** The account's leads that a list asks for, as conditions that an index answers. */
export async function filteredLeads(scope: Scope, filters: LeadFilters): Promise<Filtered> {
  const byColumn = columns.filter((column) => filters[column] !== undefined && filters[column] !== null)
  const byTime = filters.updated_since ? [gte(leads.updated_at, sql.placeholder('updated_since'))] : []
  const byDay = createdBetween(scope, filters)
  const byMatch = await matching(scope, filters)
  const { archived } = filters
  const byPlace = typeof archived === 'boolean' ? [archived ? isArchived : isVisible] : []
  const simple = [...byColumn, ...(filters.updated_since ? ['updated_since'] : [])]
  return {
    conditions: [
      eq(leads.account_id, sql.placeholder('account_id')),
      ...byColumn.map((column) => eq(leads[column], sql.placeholder(column))),
      ...byTime,
      ...byPlace,
      ...byDay,
      ...byMatch,
    ],
    values: {
      ...Object.fromEntries(byColumn.map((column) => [column, filters[column]])),
      account_id: scope.accountId,
      updated_since: filters.updated_since?.toISOString(),
    },
    total: byTime.length + byDay.length + byMatch.length === 0 ? keptTotal(byColumn, archived) : null,
    matchesFirst: byMatch.length > 0,
    name: byDay.length + byMatch.length === 0 && simple.length <= 1 ? nameOf(simple[0], archived) : null,
  }
}

const isArchived = sql`${leads.status} = 'archived'`
const isVisible = sql`${leads.status} <> 'archived'`
const nameOf = (column = 'all', archived?: boolean | null) =>
  archived == null ? column : `${column} ${archived ? 'archived' : 'visible'}`

/** Kept for stages and pipelines; whatever else is asked for must be counted. */
function keptTotal(byColumn: (typeof columns)[number][], archived?: boolean | null) {
  if (archived) return null
  const conditions = [eq(leadCounts.account_id, sql.placeholder('account_id'))]
  for (const column of byColumn) {
    if (column !== 'pipeline_id' && column !== 'stage_id') return null
    conditions.push(eq(leadCounts[column], sql.placeholder(column)))
  }
  return archived === false ? visibleTotal(conditions) : leadTotal(conditions)
}

function createdBetween(scope: Scope, { created_from: from, created_to: to }: LeadFilters): SQL[] {
  const conditions: SQL[] = []
  if (from) conditions.push(gte(leads.created_at, momentOf(scope, from)))
  if (to) {
    conditions.push(
      isDayOnly(to)
        ? lt(leads.created_at, momentOf(scope, to, 1))
        : sql`${leads.created_at} <= ${momentOf(scope, to)}`,
    )
  }
  return conditions
}

async function matching(scope: Scope, { tags, q, custom_fields }: LeadFilters): Promise<SQL[]> {
  const conditions: SQL[] = []
  if (tags?.length) conditions.push(arrayOverlaps(leads.tags, tags))
  if (q) conditions.push(...searched(q))
  if (custom_fields && Object.keys(custom_fields).length > 0) {
    const wanted = await filterByCustomFields(scope, custom_fields)
    conditions.push(sql`${leads.custom_fields} @> ${JSON.stringify(wanted)}::jsonb`)
  }
  return conditions
}

function searched(question: string): SQL[] {
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
