import { and, eq } from 'drizzle-orm'
import { record } from '#events/record.ts'
import { leadColumns, lockLead } from '#leads/queries.ts'
import type { Lead } from '#leads/schema.ts'
import { changeCounts, changes } from '#leads/stages/counts.ts'
import { statusOf } from '#leads/stages/moves.ts'
import { leads } from '#leads/tables.ts'
import { firstPlace } from '#pipelines/queries.ts'
import type { Scope } from '#platform/scope.ts'

/** Puts a lead out of sight where it stands; moving it, or taking it out again, brings it back. */
export async function archiveLead(scope: Scope, id: number): Promise<Lead> {
  const lead = await lockLead(scope, id)
  return lead.status === 'archived' ? lead : changeStatus(scope, lead, 'archived')
}

/** The lead is again what its stage says: open, won or lost. */
export async function unarchiveLead(scope: Scope, id: number): Promise<Lead> {
  const lead = await lockLead(scope, id)
  if (lead.status !== 'archived') return lead
  const place = await firstPlace(scope, { stageId: lead.stage_id })
  return changeStatus(scope, lead, statusOf(place!))
}

async function changeStatus(scope: Scope, before: Lead, status: Lead['status']): Promise<Lead> {
  const [row] = await scope.db
    .update(leads)
    .set({ status })
    .where(and(eq(leads.account_id, scope.accountId), eq(leads.id, before.id)))
    .returning(leadColumns)
  const lead: Lead = { ...before, ...row! }
  await record(scope, {
    type: 'lead.updated',
    leadId: lead.id,
    data: { lead },
    previous: { status: before.status },
  })
  await changeCounts(scope, changes(before, lead))
  return lead
}
