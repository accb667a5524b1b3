import { sql } from 'drizzle-orm'
import type { Scope } from '#platform/scope.ts'

/** The account's sources in order: one step into the index for each, however many leads have it. */
export async function listSources(scope: Scope, limit: number): Promise<{ source: string }[]> {
  const { rows } = await scope.db.execute<{ source: string }>(sql`
    with recursive walk (source, place) as (
      select min(source), 1 from leads where account_id = ${scope.accountId}
      union all
      select (select min(l.source) from leads l where l.account_id = ${scope.accountId} and l.source > walk.source),
        walk.place + 1
      from walk where walk.source is not null and walk.place < ${limit}
    )
    select source from walk where source is not null order by place`)
  return rows
}
