import { and, asc, eq, inArray } from 'drizzle-orm'
import { record } from '#events/record.ts'
import { lockLeads } from '#leads/queries.ts'
import { leads } from '#leads/tables.ts'
import type { Scope } from '#platform/scope.ts'

const handedOverAtOnce = 500

/** All leads of one user become another's, or nobody's; each tells it in its timeline. */
export async function handOverLeads(scope: Scope, fromUserId: number, toUserId: number | null) {
  const theirs = await scope.db
    .select({ id: leads.id })
    .from(leads)
    .where(and(eq(leads.account_id, scope.accountId), eq(leads.assigned_to, fromUserId)))
    .orderBy(asc(leads.id))
    .for('no key update')
  const ids = theirs.map((lead) => lead.id)
  for (let from = 0; from < ids.length; from += handedOverAtOnce) {
    await handOver(scope, ids.slice(from, from + handedOverAtOnce), fromUserId, toUserId)
  }
}

async function handOver(scope: Scope, ids: number[], fromUserId: number, assigned_to: number | null) {
  await scope.db
    .update(leads)
    .set({ assigned_to })
    .where(and(eq(leads.account_id, scope.accountId), inArray(leads.id, ids)))
  const previous = { assigned_to: fromUserId }
  await record(
    scope,
    ...(await lockLeads(scope, ids)).flatMap((lead) => [
      { type: 'lead.updated' as const, leadId: lead.id, data: { lead }, previous },
      { type: 'lead.assigned' as const, leadId: lead.id, data: { lead, assigned_to }, previous },
    ]),
  )
}
