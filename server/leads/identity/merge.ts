import { and, eq } from 'drizzle-orm'
import { type Account, ensureWithinPlan, findAccount } from '#accounts/accounts.ts'
import { record } from '#events/record.ts'
import type { CustomValues } from '#fields/values.ts'
import { removeLead } from '#leads/actions.ts'
import { applyChange } from '#leads/changes.ts'
import { type Belonging, moveBelongings, returnBelongings } from '#leads/identity/belongings.ts'
import { claimIdentities, marksOf } from '#leads/identity/identity.ts'
import { takenAs, takenBack, takenFrom } from '#leads/identity/taking.ts'
import { searchText } from '#leads/list/search.ts'
import { leadColumns, lockLead, lockLeads } from '#leads/queries.ts'
import { placesFor } from '#leads/rules.ts'
import type { Lead } from '#leads/schema.ts'
import { arrives, changeCounts, changes, countLeads, leaves } from '#leads/stages/counts.ts'
import { enterStage } from '#leads/stages/history.ts'
import { statusOf } from '#leads/stages/moves.ts'
import { leadMerges, leads, leadTombstones } from '#leads/tables.ts'
import { createMandatoryTasks } from '#pipelines/mandatory.ts'
import { findLostReason } from '#pipelines/queries.ts'
import { invalid, ruled, selectedInvalid, tried } from '#platform/errors.ts'
import type { Scope } from '#platform/scope.ts'

/** Two leads of one person become one. The survivor keeps what it says and takes what it lacks; all that happened stays.
 *
 * The duplicate does not move, it ceases: a pending mandatory task holds nobody back, but comes along.
 */
export async function mergeLeads(
  scope: Scope,
  survivorId: number,
  duplicateId: number,
  belongings: Belonging[],
): Promise<Lead> {
  if (survivorId === duplicateId) throw ruled('merge_with_itself')
  const both = await lockLeads(scope, [survivorId, duplicateId], 'update')
  const before = both.find((lead) => lead.id === survivorId) ?? (await lockLead(scope, survivorId))
  const duplicate = both.find((lead) => lead.id === duplicateId)
  if (!duplicate) throw invalid({ duplicate_id: [selectedInvalid('duplicate_id')] })
  const moved = await moveBelongings(scope, duplicate, before, belongings)
  await removeLead(scope, duplicate, before.id)
  const taken = takenFrom(duplicate, before)
  const lead = await applyChange(scope, before, taken)
  await scope.db.insert(leadMerges).values({
    account_id: scope.accountId,
    duplicate_id: duplicate.id,
    survivor_id: before.id,
    duplicate,
    taken: takenAs(before, taken),
    moved,
  })
  const merged = { ...duplicate, merged_into: lead.id }
  await record(scope, { type: 'lead.merged', leadId: lead.id, data: { lead, merged } })
  await changeCounts(scope, [leaves(duplicate), ...changes(before, lead)])
  return lead
}

/** The duplicate comes back as it was; the survivor loses what it took, except what was changed since. */
export async function unmergeLeads(
  scope: Scope,
  survivorId: number,
  duplicateId: number,
  belongings: Belonging[],
) {
  const account = await findAccount(scope)
  const survivor = await lockLead(scope, survivorId)
  const merge = await takeMerge(scope, survivorId, duplicateId)
  if (!merge) throw ruled('not_merged')
  await ensureWithinPlan(scope, account, 'leads', 1, () => countLeads(scope))
  const duplicate = await revive(scope, account, merge.duplicate)
  const isBack = duplicate.stage_id === merge.duplicate.stage_id
  await returnBelongings(scope, merge.moved, { from: survivorId, to: duplicateId, isBack }, belongings)
  const lead = await applyChange(scope, survivor, takenBack(merge.taken, survivor))
  await claimIdentities(
    scope,
    [duplicate, lead].flatMap((each) => marksOf(each).map((mark) => ({ ...mark, lead_id: each.id }))),
  )
  const previous = { merged_into: survivorId }
  await record(scope, { type: 'lead.updated', leadId: duplicateId, data: { lead: duplicate }, previous })
  if (!isBack) await enterStage(scope, [duplicateId])
  await createMandatoryTasks(scope, [duplicateId])
  await changeCounts(scope, [arrives(duplicate), ...changes(survivor, lead)])
  return { lead, duplicate }
}

async function takeMerge(scope: Scope, survivorId: number, duplicateId: number) {
  const [merge] = await scope.db
    .delete(leadMerges)
    .where(
      and(
        eq(leadMerges.account_id, scope.accountId),
        eq(leadMerges.duplicate_id, duplicateId),
        eq(leadMerges.survivor_id, survivorId),
      ),
    )
    .returning()
  return merge
}

/** Under its own id, and where it stood; if that stage is gone, at the beginning of its pipeline or of the account's. */
async function revive(scope: Scope, account: Account, was: Lead): Promise<Lead> {
  const { stage_id, pipeline_id } = was
  const wishes = [{ stage_id }, { pipeline_id }, {}]
  const placeOf = await placesFor(scope, wishes, account.default_pipeline_id)
  const [place] = wishes.flatMap((wish) => {
    const found = tried(() => placeOf(wish))
    return 'done' in found ? (found.done ?? []) : []
  })
  if (!place) throw invalid({ stage_id: [selectedInvalid('stage_id')] })
  const reason = was.lost_reason_id ? await findLostReason(scope, was.lost_reason_id) : null
  const { stage: _, pipeline: __, merged_into: ___, updated_at: ____, ...values } = was
  await scope.db
    .delete(leadTombstones)
    .where(and(eq(leadTombstones.account_id, scope.accountId), eq(leadTombstones.lead_id, was.id)))
  const [row] = await scope.db
    .insert(leads)
    .values({
      ...values,
      account_id: scope.accountId,
      pipeline_id: place.pipeline.id,
      stage_id: place.id,
      status: place.id === stage_id ? was.status : statusOf(place),
      lost_reason_id: place.isLost ? (reason?.id ?? null) : null,
      custom_fields: was.custom_fields as CustomValues,
      search: searchText(was),
      // What was kept as JSON tells instants as text.
      created_at: new Date(was.created_at),
      stage_changed_at: new Date(was.stage_changed_at),
    })
    .returning(leadColumns)
  return { ...row!, stage: { id: place.id, name: place.name }, pipeline: place.pipeline }
}
