import { and, eq } from 'drizzle-orm'
import { type Happening, record } from '#events/record.ts'
import { claimIdentities, lostIdentities, releaseIdentities } from '#leads/identity.ts'
import { leadColumns } from '#leads/queries.ts'
import type { Lead } from '#leads/schema.ts'
import { searchText } from '#leads/search.ts'
import { leads } from '#leads/tables.ts'
import type { Values } from '#leads/values.ts'
import type { Scope } from '#platform/scope.ts'

/** Writes what differs and says so; a change that changes nothing leaves no trace. The lead is locked. */
export async function applyChanges(scope: Scope, before: Lead, changes: Partial<Values>): Promise<Lead> {
  const changed = (Object.keys(changes) as (keyof Values)[]).filter(
    (field) => JSON.stringify(before[field]) !== JSON.stringify(changes[field]),
  )
  if (changed.length === 0) return before
  const [row] = await scope.db
    .update(leads)
    .set({ ...changes, search: searchText({ ...before, ...changes }) })
    .where(and(eq(leads.account_id, scope.accountId), eq(leads.id, before.id)))
    .returning(leadColumns)
  const lead: Lead = { ...before, ...row! }
  if (changed.includes('phone') || changed.includes('email')) {
    await releaseIdentities(scope, lead.id, lostIdentities(before, lead))
    await claimIdentities(scope, lead.id, lead)
  }
  await record(scope, ...happeningsOf(before, lead, changed))
  return lead
}

function happeningsOf(before: Lead, lead: Lead, changed: (keyof Values)[]): Happening[] {
  const previous = Object.fromEntries(changed.map((field) => [field, before[field]]))
  const leadId = lead.id
  const happenings: Happening[] = [{ type: 'lead.updated', leadId, data: { lead }, previous }]
  if (changed.includes('assigned_to')) {
    const data = { lead, assigned_to: lead.assigned_to }
    happenings.push({ type: 'lead.assigned', leadId, data, previous: { assigned_to: before.assigned_to } })
  }
  const added = lead.tags.filter((tag) => !before.tags.includes(tag))
  const removed = before.tags.filter((tag) => !lead.tags.includes(tag))
  if (added.length + removed.length > 0) {
    happenings.push({
      type: 'lead.tagged',
      leadId,
      data: { lead, added, removed },
      previous: { tags: before.tags },
    })
  }
  return happenings
}
