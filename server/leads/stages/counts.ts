import { and, eq, type SQL, sql } from 'drizzle-orm'
import type { Lead } from '#leads/schema.ts'
import { leadCounts } from '#leads/tables.ts'
import type { Scope } from '#platform/scope.ts'

/** What one lead adds to its stage, or takes from it. */
type Count = { stageId: number; leads: number; cents: number; archived: number; archivedCents: number }
export type Counts = Count[]

type Standing = Pick<Lead, 'stage_id' | 'value' | 'status'>
/** It stands here now. */
export const arrives = (lead: Standing) => countOf(lead, 1)
/** It stood there, as it was. */
export const leaves = (lead: Standing) => countOf(lead, -1)
/** What the same lead counted before, and what it counts now. */
export const changes = (before: Standing, after: Standing): Counts => [leaves(before), arrives(after)]

function countOf({ stage_id: stageId, value, status }: Standing, leads: 1 | -1): Count {
  // Whole cents: sums of fractions would drift.
  const cents = Math.round(value * 100) * leads
  const isArchived = status === 'archived'
  return { stageId, leads, cents, archived: isArchived ? leads : 0, archivedCents: isArchived ? cents : 0 }
}

/** How many more leads there are. */
export const added = (counts: Counts) => counts.reduce((sum, { leads }) => sum + leads, 0)

/** Says that leads came to stages or left them, or are worth something else.
 *
 * Rows are locked in stage order, so two moves never wait for each other in a ring. Call it last: from here to the
 * commit, whoever changes the same stages waits.
 */
export async function changeCounts(scope: Scope, counts: Counts) {
  const changed = [...Map.groupBy(counts, ({ stageId }) => stageId).values()]
    .map((each) => each.reduce(sumOf))
    .filter(({ leads, cents, archived, archivedCents }) => leads || cents || archived || archivedCents)
  if (changed.length === 0) return
  await scope.db.execute(sql`
    with change as (
      select * from jsonb_to_recordset(${JSON.stringify(changed)}::jsonb) as change (
        "stageId" bigint, leads bigint, cents numeric, archived bigint, "archivedCents" numeric
      )
    ), held as (
      select h.stage_id from lead_counts h
      where h.account_id = ${scope.accountId} and h.stage_id in (select "stageId" from change)
      order by h.stage_id for no key update
    )
    update lead_counts c set leads = c.leads + change.leads,
      value_sum = c.value_sum + change.cents / 100,
      archived = c.archived + change.archived,
      archived_value_sum = c.archived_value_sum + change."archivedCents" / 100
    from change, held
    where c.account_id = ${scope.accountId} and c.stage_id = change."stageId" and c.stage_id = held.stage_id`)
}

const sumOf = (a: Count, b: Count): Count => ({
  stageId: a.stageId,
  leads: a.leads + b.leads,
  cents: a.cents + b.cents,
  archived: a.archived + b.archived,
  archivedCents: a.archivedCents + b.archivedCents,
})

/** How many leads the account, a pipeline or a stage has: exact, and as fast for a million as for ten. */
export async function countLeads(scope: Scope) {
  const { rows } = await scope.db.execute<{ total: number }>(
    sql`select ${leadTotal([eq(leadCounts.account_id, scope.accountId)])} as total`,
  )
  return rows[0]!.total
}

/** The same as part of another statement. */
export const leadTotal = (conditions: SQL[]) =>
  sql<number>`(select coalesce(sum(${leadCounts.leads}), 0) from ${leadCounts} where ${and(...conditions)})`

/** The same without those that are put away. */
export const visibleTotal = (conditions: SQL[]) =>
  sql<number>`(select coalesce(sum(${leadCounts.leads} - ${leadCounts.archived}), 0) from ${leadCounts} where ${and(...conditions)})`
