import { and, eq } from 'drizzle-orm'
import { listLeads } from '#leads/queries.ts'
import type { LeadFilters } from '#leads/schema.ts'
import type { Scope } from '#platform/scope.ts'
import { findEnrollment, shown } from '#sequences/enrollments/queries.ts'
import type { Enrollment } from '#sequences/enrollments/schema.ts'
import { findSequenceRow } from '#sequences/queries.ts'
import { sequenceEnrollments } from '#sequences/tables.ts'

/** Puts every lead that fits into the sequence: in the background, a few hundred at a time. */
export async function enroll(
  scope: Scope,
  { sequenceId, filters, now }: { sequenceId: number; filters: Partial<LeadFilters>; now: Date },
): Promise<Enrollment> {
  await findSequenceRow(scope, sequenceId)
  // A filter that makes no sense is refused here, and what fits is counted.
  const { meta } = await listLeads(scope, { ...filters, page: 1, per_page: 1 })
  const [row] = await scope.db
    .insert(sequenceEnrollments)
    .values({
      account_id: scope.accountId,
      sequence_id: sequenceId,
      filters,
      total: meta.total,
      actor: scope.actor,
      created_at: now,
    })
    .returning()
  return shown(row!)
}

/** What has begun goes on. One that is over stays as it is. */
export async function stopEnrollment(
  scope: Scope,
  { sequenceId, id, now }: { sequenceId: number; id: number; now: Date },
): Promise<Enrollment> {
  await scope.db
    .update(sequenceEnrollments)
    .set({ status: 'stopped', finished_at: now })
    .where(
      and(
        eq(sequenceEnrollments.account_id, scope.accountId),
        eq(sequenceEnrollments.sequence_id, sequenceId),
        eq(sequenceEnrollments.id, id),
        eq(sequenceEnrollments.status, 'running'),
      ),
    )
  return findEnrollment(scope, sequenceId, id)
}
