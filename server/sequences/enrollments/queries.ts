import { and, count, desc, eq, lt } from 'drizzle-orm'
import { notFound } from '#platform/errors.ts'
import { type Meta, offsetOf, type PageQuery, perPageOf } from '#platform/pages.ts'
import type { Scope } from '#platform/scope.ts'
import type { Enrollment } from '#sequences/enrollments/schema.ts'
import { findSequenceRow, pageOf, positionIn } from '#sequences/queries.ts'
import { sequenceEnrollments } from '#sequences/tables.ts'

const ofSequence = (scope: Scope, sequenceId: number) =>
  and(eq(sequenceEnrollments.account_id, scope.accountId), eq(sequenceEnrollments.sequence_id, sequenceId))

export async function findEnrollment(scope: Scope, sequenceId: number, id: number): Promise<Enrollment> {
  const [row] = await scope.db
    .select()
    .from(sequenceEnrollments)
    .where(and(ofSequence(scope, sequenceId), eq(sequenceEnrollments.id, id)))
  if (!row) throw notFound('enrollment')
  return shown(row)
}

/** One page of a sequence's enrollments, newest first. */
export async function listEnrollments(
  scope: Scope,
  sequenceId: number,
  query: PageQuery,
): Promise<{ data: Enrollment[]; meta: Meta }> {
  await findSequenceRow(scope, sequenceId)
  const position = positionIn(query)
  const found = await scope.db
    .select()
    .from(sequenceEnrollments)
    .where(
      and(ofSequence(scope, sequenceId), position?.id ? lt(sequenceEnrollments.id, position.id) : undefined),
    )
    .orderBy(desc(sequenceEnrollments.id))
    .limit(perPageOf(query) + 1)
    .offset(position ? 0 : offsetOf(query))
  const [row] = await scope.db
    .select({ total: count() })
    .from(sequenceEnrollments)
    .where(ofSequence(scope, sequenceId))
  return pageOf(query, { found: found.map(shown), position, total: row!.total })
}

/** As the wire shows it. */
export const shown = ({
  account_id: _,
  last_lead_id: __,
  ...row
}: typeof sequenceEnrollments.$inferSelect): Enrollment => row
