import { and, asc, eq, type SQL, sql } from 'drizzle-orm'
import type { lostReasons, pipelines, requiredTasks, stages } from '#pipelines/tables.ts'
import type { Scope } from '#platform/scope.ts'

type Ordered = typeof pipelines | typeof stages | typeof requiredTasks | typeof lostReasons

/** The place behind the last of these. */
export async function nextPosition(scope: Scope, table: Ordered, among?: SQL) {
  const [row] = await scope.db
    .select({ next: sql<number>`coalesce(max(${table.position}), 0) + 1`.mapWith(Number) })
    .from(table)
    .where(and(eq(table.account_id, scope.accountId), among))
  return row!.next
}

/** Puts one of these at a position from 1 on; the others close ranks around it. */
export async function moveToPosition(
  scope: Scope,
  table: Ordered,
  id: number,
  position: number,
  among?: SQL,
) {
  const rows = await scope.db
    .select({ id: table.id })
    .from(table)
    .where(and(eq(table.account_id, scope.accountId), among))
    .orderBy(asc(table.position), asc(table.id))
    .for('no key update')
  const ids = rows.map((row) => row.id).filter((other) => other !== id)
  ids.splice(Math.max(position, 1) - 1, 0, id)
  await scope.db
    .update(table)
    .set({ position: sql`array_position(${sql.param(ids)}::bigint[], ${table.id})` })
    .where(and(eq(table.account_id, scope.accountId), sql`${table.id} = any (${sql.param(ids)}::bigint[])`))
}
