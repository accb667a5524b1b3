import { type SQL, sql } from 'drizzle-orm'
import type { Reference } from '#http/validation.ts'
import type { Scope } from '#platform/scope.ts'

/** Which of these point at nothing in this account: one statement, whatever they point at.
 *
 * With `stillHere`, people who left are missing too: they can be looked at, but nothing is given to them.
 */
export async function missing(
  scope: Scope,
  references: Reference[],
  { stillHere = false } = {},
): Promise<Reference[]> {
  if (references.length === 0) return []
  const byTable = Map.groupBy(references, (reference) => reference.table)
  const lookups: SQL[] = [...byTable].map(
    ([table, wanted]) => sql`
      select ${table}::text as "table", id from ${sql.identifier(table)}
      where account_id = ${scope.accountId} and id = any (${sql.param(wanted.map((each) => each.id))}::bigint[])
      ${stillHere && table === 'users' ? sql`and is_active` : sql``}`,
  )
  const { rows } = await scope.db.execute<{ table: string; id: number }>(sql.join(lookups, sql` union all `))
  const found = new Set(rows.map((row) => `${row.table} ${row.id}`))
  return references.filter(({ table, id }) => !found.has(`${table} ${id}`))
}
