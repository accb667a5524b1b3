import { and, eq } from 'drizzle-orm'
import { moveToPosition, nextPosition } from '#pipelines/positions.ts'
import { findLostReason } from '#pipelines/queries.ts'
import { lostReasons } from '#pipelines/tables.ts'
import { notFound } from '#platform/errors.ts'
import type { Scope } from '#platform/scope.ts'

export async function createLostReason(
  scope: Scope,
  { name, position }: { name: string; position?: number },
) {
  const [made] = await scope.db
    .insert(lostReasons)
    .values({ account_id: scope.accountId, name, position: await nextPosition(scope, lostReasons) })
    .returning({ id: lostReasons.id, name: lostReasons.name })
  if (position) await moveToPosition(scope, lostReasons, made!.id, position)
  return made!
}

export async function changeLostReason(
  scope: Scope,
  id: number,
  { name, position }: { name?: string; position?: number },
) {
  const before = await findLostReason(scope, id)
  if (!before) throw notFound('record')
  if (name !== undefined) await scope.db.update(lostReasons).set({ name }).where(itself(scope, id))
  if (position) await moveToPosition(scope, lostReasons, id, position)
  return { ...before, ...(name === undefined ? {} : { name }) }
}

/** Leads and outcomes that named it keep everything else. */
export async function deleteLostReason(scope: Scope, id: number) {
  const gone = await scope.db.delete(lostReasons).where(itself(scope, id)).returning({ id: lostReasons.id })
  if (gone.length === 0) throw notFound('record')
}

const itself = (scope: Scope, id: number) =>
  and(eq(lostReasons.account_id, scope.accountId), eq(lostReasons.id, id))
