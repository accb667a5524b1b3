import { and, asc, eq, gt, lte, sql } from 'drizzle-orm'
import { findAccount } from '#accounts/accounts.ts'
import { filteredLeads } from '#leads/list/filters.ts'
import { lockLeads } from '#leads/queries.ts'
import type { LeadFilters } from '#leads/schema.ts'
import { leads } from '#leads/tables.ts'
import type { Handle } from '#platform/database.ts'
import { Refused } from '#platform/errors.ts'
import { type Actor, inAccount, inTransaction, type Scope } from '#platform/scope.ts'
import { readInstant } from '#platform/values.ts'
import { findSequenceRow, stepsOf } from '#sequences/queries.ts'
import { beginRuns } from '#sequences/runs/rows.ts'
import { sequenceEnrollments } from '#sequences/tables.ts'

const atOnce = 250
/** However many leads fit, no more than these are tried for it at once. */
const span = 10_000
type Row = typeof sequenceEnrollments.$inferSelect

/** Takes one enrollment a few hundred leads further; how far it is commits with them, so nothing is lost or done twice. */
export async function enrollMore(db: Handle, now: Date): Promise<boolean> {
  const { rows } = await db.execute<{ account_id: number; id: number; actor: Actor }>(sql`
    -- across accounts: sequences are run for all
    select account_id, id, actor from sequence_enrollments where status = 'running' order by random() limit 1`)
  const [found] = rows
  if (!found) return false
  return inAccount(db, found.account_id, found.actor, async (scope) => {
    const enrollment = await holdEnrollment(scope, found.id)
    if (!enrollment) return false
    try {
      const done = await inTransaction(scope, (within) => nextLeads(within, enrollment, now))
      await change(scope, enrollment.id, done)
    } catch (error) {
      // Such as a custom field that is gone by now.
      if (!(error instanceof Refused)) throw error
      await change(scope, enrollment.id, { status: 'failed', failure: error.refusal.kind, finished_at: now })
    }
    return true
  })
}

async function holdEnrollment(scope: Scope, id: number): Promise<Row | undefined> {
  const [row] = await scope.db
    .select()
    .from(sequenceEnrollments)
    .where(
      and(
        eq(sequenceEnrollments.account_id, scope.accountId),
        eq(sequenceEnrollments.id, id),
        eq(sequenceEnrollments.status, 'running'),
      ),
    )
    .for('no key update', { skipLocked: true })
  return row
}

async function nextLeads(scope: Scope, enrollment: Row, now: Date): Promise<Partial<Row>> {
  const sequence = await findSequenceRow(scope, enrollment.sequence_id)
  const upTo = await endOfSpan(scope, enrollment)
  const ids = await idsWithin(scope, enrollment, upTo)
  const hasMore = ids.length === atOnce
  if (ids.length === 0 && upTo === null) return { status: 'done', finished_at: now }
  const { time_zone: zone } = await findAccount(scope)
  const steps = await stepsOf(scope, sequence.id, sequence.version)
  const begun = await beginRuns(scope, {
    timing: { sequence, zone, now },
    steps,
    leads: await lockLeads(scope, ids),
  })
  return {
    seen: enrollment.seen + ids.length,
    started: enrollment.started + begun.length,
    last_lead_id: hasMore || upTo === null ? ids.at(-1)! : upTo,
  }
}

/** The lead at the end of what is tried now; null when that is all there is. */
async function endOfSpan(scope: Scope, { last_lead_id }: Row): Promise<number | null> {
  const [row] = await scope.db
    .select({ id: leads.id })
    .from(leads)
    .where(and(eq(leads.account_id, scope.accountId), gt(leads.id, last_lead_id)))
    .orderBy(asc(leads.id))
    .limit(1)
    .offset(span)
  return row?.id ?? null
}

/** Those that fit. Bounded on both sides, or an inverted index would match all leads each time. */
async function idsWithin(scope: Scope, { filters, last_lead_id }: Row, upTo: number | null) {
  const { conditions, values } = await filteredLeads(scope, read(filters))
  const rows = await scope.db
    .select({ id: leads.id })
    .from(leads)
    .where(and(...conditions, gt(leads.id, last_lead_id), upTo === null ? undefined : lte(leads.id, upTo)))
    .orderBy(asc(leads.id))
    .limit(atOnce)
    .execute(values)
  return rows.map(({ id }) => id)
}

/** What was kept as JSON tells instants as text. */
const read = (filters: Row['filters']): LeadFilters => {
  const updated_since = readInstant(filters.updated_since) ?? undefined
  return { ...filters, updated_since, page: 1, per_page: 1 }
}

const change = (scope: Scope, id: number, changes: Partial<Row>) =>
  scope.db
    .update(sequenceEnrollments)
    .set(changes)
    .where(and(eq(sequenceEnrollments.account_id, scope.accountId), eq(sequenceEnrollments.id, id)))
