import { and, eq, type SQL, sql } from 'drizzle-orm'
import { leadCounts } from '#leads/tables.ts'
import type { Scope } from '#platform/scope.ts'

export type Counts = [stageId: number, by: number][]

/** Says that leads came to or went from stages: `[stage, +1]`, `[stage, -3]`.
 *
 * Rows are locked in stage order, so two moves never wait for each other in a ring. Call it last: from here to the
 * commit, whoever changes the same stages waits.
 */
export async function changeCounts(scope: Scope, changes: Counts) {
  const totals = new Map<number, number>()
  for (const [stageId, by] of changes) totals.set(stageId, (totals.get(stageId) ?? 0) + by)
  const changed = [...totals].filter(([, by]) => by !== 0)
  if (changed.length === 0) return
  await scope.db.execute(sql`
    with change as (
      select * from unnest(
        ${sql.param(changed.map(([stageId]) => stageId))}::bigint[],
        ${sql.param(changed.map(([, by]) => by))}::bigint[]
      ) as change (stage_id, by)
    ), held as (
      select h.stage_id from lead_counts h
      where h.account_id = ${scope.accountId} and h.stage_id in (select stage_id from change)
      order by h.stage_id for no key update
    )
    update lead_counts c set leads = c.leads + change.by
    from change, held
    where c.account_id = ${scope.accountId} and c.stage_id = change.stage_id and c.stage_id = held.stage_id`)
}

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
