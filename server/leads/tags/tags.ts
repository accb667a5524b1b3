import { and, arrayContains, asc, eq, gt, sql } from 'drizzle-orm'
import { applyChanges } from '#leads/changes.ts'
import { lockLeads } from '#leads/queries.ts'
import { leads } from '#leads/tables.ts'
import type { Database } from '#platform/database.ts'
import type { Scope } from '#platform/scope.ts'

const atOnce = 500

export type Tag = { tag: string; leads: number }

/** The account's tags, most used first: read from what is counted, never from the leads. */
export async function listTags(scope: Scope, { q, limit }: { q?: string; limit: number }): Promise<Tag[]> {
  const { rows } = await scope.db.execute<Tag>(sql`
    select tag, sum(leads)::bigint as leads from (
      select tag, leads from tag_counts where account_id = ${scope.accountId}
      union all
      select tag, by from tag_changes where account_id = ${scope.accountId}
    ) counted
    where ${q ? sql`strpos(lower(tag), lower(${q})) > 0` : sql`true`}
    group by tag having sum(leads) > 0 order by sum(leads) desc, tag limit ${limit}`)
  return rows
}

/** Every lead that has the tag has the other one instead, or none; each says so in its timeline. */
export async function replaceTag(scope: Scope, tag: string, by: string | null): Promise<number> {
  let changed = 0
  for (let after = 0; ; ) {
    const found = await scope.db
      .select({ id: leads.id })
      .from(leads)
      .where(
        and(eq(leads.account_id, scope.accountId), arrayContains(leads.tags, [tag]), gt(leads.id, after)),
      )
      .orderBy(asc(leads.id))
      .limit(atOnce)
    if (found.length === 0) break
    after = found.at(-1)!.id
    const held = await lockLeads(
      scope,
      found.map(({ id }) => id),
    )
    const having = held.filter((lead) => lead.tags.includes(tag))
    await applyChanges(
      scope,
      having.map((before) => ({ before, changes: { tags: replaced(before.tags, tag, by) } })),
    )
    changed += having.length
  }
  return changed
}

const replaced = (tags: string[], tag: string, by: string | null) => [
  ...new Set(tags.flatMap((each) => (each === tag ? (by ?? []) : each))),
]

/** Adds what happened since to what was counted: nothing is lost or counted twice, whoever tags meanwhile. */
export const foldTagChanges = ({ db }: Pick<Database, 'db'>) =>
  db.execute(sql`-- across accounts: housekeeping
    with gone as (delete from tag_changes returning account_id, tag, by)
    insert into tag_counts as c (account_id, tag, leads)
      select account_id, tag, sum(by) from gone group by account_id, tag order by account_id, tag
    on conflict (account_id, tag) do update set leads = c.leads + excluded.leads`)
