import { sql } from 'drizzle-orm'
import type { Scope } from '#platform/scope.ts'

/** The lead that this one became part of, by however many merges; null when it was not merged. */
export async function survivorOf(scope: Scope, id: number): Promise<number | null> {
  const { rows } = await scope.db.execute<{ id: number }>(sql`
    with recursive trail as (
      select t.merged_into as id, 1 as step from lead_tombstones t
      where t.account_id = ${scope.accountId} and t.lead_id = ${id} and t.merged_into is not null
      union all
      select t.merged_into, trail.step + 1 from trail
      join lead_tombstones t on t.lead_id = trail.id
      where t.account_id = ${scope.accountId} and t.merged_into is not null
    )
    select id from trail order by step desc limit 1`)
  return rows[0]?.id ?? null
}

/** Each of these leads with all that became part of it, itself first: whose past is its past. */
export async function pastsOf(scope: Scope, ids: number[]): Promise<Map<number, number[]>> {
  const { rows } = await scope.db.execute<{ id: number; part: number }>(sql`
    with recursive past as (
      select t.merged_into as id, t.lead_id as part from lead_tombstones t
      where t.account_id = ${scope.accountId} and t.merged_into = any (${sql.param(ids)}::bigint[])
      union all
      select past.id, t.lead_id from past
      join lead_tombstones t on t.merged_into = past.part
      where t.account_id = ${scope.accountId}
    )
    select id, part from past`)
  const parts = Map.groupBy(rows, (row) => row.id)
  return new Map(ids.map((id) => [id, [id, ...(parts.get(id) ?? []).map(({ part }) => part)]]))
}

/** The lead is gone for good, and with it what was kept of those that became part of it. */
export const forgetMerges = (scope: Scope, survivorId: number) =>
  scope.db.execute(sql`
    with recursive part as (
      select m.duplicate_id from lead_merges m
      where m.account_id = ${scope.accountId} and m.survivor_id = ${survivorId}
      union all
      select m.duplicate_id from part
      join lead_merges m on m.survivor_id = part.duplicate_id
      where m.account_id = ${scope.accountId}
    )
    delete from lead_merges m using part
    where m.account_id = ${scope.accountId} and m.duplicate_id = part.duplicate_id`)
