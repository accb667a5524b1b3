import { and, eq } from 'drizzle-orm'
import { findAccount } from '#accounts/accounts.ts'
import { record } from '#events/record.ts'
import { afterOf, applyChange, applyChanges, type Change } from '#leads/changes.ts'
import { createLeads } from '#leads/creation.ts'
import { dropIdentities, handOverIdentities } from '#leads/identity/identity.ts'
import { forgetMerges } from '#leads/identity/merged.ts'
import { lockLead, lockLeadToRemove } from '#leads/queries.ts'
import { type Rules, rulesFor } from '#leads/rules.ts'
import type { Lead, LeadChanges, NewLead } from '#leads/schema.ts'
import { type Counts, changeCounts, changes, leaves } from '#leads/stages/counts.ts'
import { type Move, moveAll } from '#leads/stages/moves.ts'
import { leads, leadTombstones } from '#leads/tables.ts'
import { changesOf } from '#leads/values.ts'
import { heldBack } from '#pipelines/mandatory.ts'
import { invalid, type Tried, theOne, tried } from '#platform/errors.ts'
import type { Scope } from '#platform/scope.ts'

export async function createLead(scope: Scope, input: NewLead): Promise<Lead> {
  return theOne(await createLeads(scope, await findAccount(scope), [input]))
}

export async function updateLead(scope: Scope, id: number, input: LeadChanges): Promise<Lead> {
  const account = await findAccount(scope)
  const lead = await lockLead(scope, id)
  const rules = await rulesFor(scope, account, [input], { creating: false })
  const { results, counts } = await updateLeads(scope, rules, [{ lead, input }])
  await changeCounts(scope, counts)
  return theOne(results)
}

type Update = { lead: Lead; input: LeadChanges }
type Planned = Change & Partial<Pick<Move, 'to'>>

/** Changes these leads, which are locked; a lead that comes twice has both changes, and moves with the last at most. */
export async function updateLeads(
  scope: Scope,
  rules: Rules,
  updates: Update[],
): Promise<{ results: Tried<Lead>[]; counts: Counts }> {
  const latest = new Map(updates.map(({ lead }) => [lead.id, lead]))
  const plan = updates.map(({ lead, input }) =>
    tried((): Planned => {
      const before = latest.get(lead.id)!
      const to = rules.placeOf(input, before)
      const step = { before, changes: changesOf(rules, before, input) }
      latest.set(lead.id, afterOf(step))
      return { ...step, ...(to && to.id !== before.stage_id ? { to } : {}) }
    }),
  )
  const refusals = await heldBack(
    scope,
    plan.flatMap((each) => ('done' in each && each.done.to ? each.done.before : [])),
  )
  const allowed = plan.map((each): Tried<Planned> => {
    const refused = 'done' in each && each.done.to && refusals.get(each.done.before.id)
    return refused ? { refused } : each
  })
  const steps = allowed.flatMap((each) => ('done' in each ? each.done : []))
  const changed = await applyChanges(scope, steps)
  const moves = steps.flatMap(({ to }, n) => (to ? { lead: changed[n]!, to } : []))
  const { moved, counts } = await moveAll(scope, moves)
  const arrived = new Map(moved.map((lead, n) => [moves[n]!.lead, lead]))
  const leadsNow = changed.map((lead) => arrived.get(lead) ?? lead).values()
  const results = allowed.map((each) => ('done' in each ? { done: leadsNow.next().value! } : each))
  const revalued = steps.flatMap(({ before }, n) => changes(before, changed[n]!))
  return { results, counts: [...revalued, ...counts] }
}

export async function deleteLead(scope: Scope, id: number): Promise<void> {
  const lead = await lockLeadToRemove(scope, id)
  await removeLead(scope, lead)
  await forgetMerges(scope, id)
  await record(scope, { type: 'lead.deleted', leadId: id, data: { lead } })
  await changeCounts(scope, [leaves(lead)])
}

/** Takes the row away and leaves a tombstone; what it held goes to whoever stands in line for it. */
export async function removeLead(scope: Scope, { id }: Lead, mergedInto: number | null = null) {
  const held = await dropIdentities(scope, id)
  await scope.db.delete(leads).where(and(eq(leads.account_id, scope.accountId), eq(leads.id, id)))
  await handOverIdentities(scope, held)
  await scope.db
    .insert(leadTombstones)
    .values({ account_id: scope.accountId, lead_id: id, merged_into: mergedInto })
}

/** Adds and takes away; what is already so stays so. */
export async function changeTags(scope: Scope, id: number, change: { add?: string[]; remove?: string[] }) {
  const before = await lockLead(scope, id)
  const tags = [...new Set([...before.tags, ...(change.add ?? [])])].filter(
    (tag) => !change.remove?.includes(tag),
  )
  if (tags.length > 100) throw invalid({ tags: ['The tags field must not have more than 100 items.'] })
  return applyChange(scope, before, { tags })
}
