import { and, eq } from 'drizzle-orm'
import { listLeads } from '#leads/queries.ts'
import type { LeadFilters } from '#leads/schema.ts'
import { notFound } from '#platform/errors.ts'
import type { Scope } from '#platform/scope.ts'
import { findSequenceRow } from '#sequences/queries.ts'
import type { Enrollment } from '#sequences/schema.ts'
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

export async function findEnrollment(scope: Scope, sequenceId: number, id: number): Promise<Enrollment> {
  const [row] = await scope.db
    .select()
    .from(sequenceEnrollments)
    .where(
      and(
        eq(sequenceEnrollments.account_id, scope.accountId),
        eq(sequenceEnrollments.sequence_id, sequenceId),
        eq(sequenceEnrollments.id, id),
      ),
    )
  if (!row) throw notFound('enrollment')
  return shown(row)
}

const shown = ({
  account_id: _,
  filters: __,
  last_lead_id: ___,
  actor: ____,
  ...row
}: typeof sequenceEnrollments.$inferSelect): Enrollment => row
