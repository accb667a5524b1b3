import { and, eq } from 'drizzle-orm'
import { type Account, ensureWithinPlan, findAccount } from '#accounts/accounts.ts'
import { record } from '#events/record.ts'
import { fieldsForWriting } from '#fields/values.ts'
import { applyChanges } from '#leads/changes.ts'
import { changeCounts, countLeads } from '#leads/counts.ts'
import { enterStage, noteOutcomes } from '#leads/history.ts'
import { claimIdentities, handOverIdentities, identitiesOf } from '#leads/identity.ts'
import { changeStage, outcomeOf, statusOf } from '#leads/moves.ts'
import { leadColumns, lockLead } from '#leads/queries.ts'
import type { Lead, LeadChanges, NewLead } from '#leads/schema.ts'
import { searchText } from '#leads/search.ts'
import { leads, leadTombstones } from '#leads/tables.ts'
import { changesOf, placeFor, type Values, valuesOf } from '#leads/values.ts'
import { createMandatoryTasks } from '#pipelines/mandatory.ts'
import { firstPlace } from '#pipelines/queries.ts'
import { invalid, selectedInvalid } from '#platform/errors.ts'
import type { Scope } from '#platform/scope.ts'

export async function createLead(scope: Scope, input: NewLead): Promise<Lead> {
  const { lead } = await insertLead(scope, await findAccount(scope), input)
  return lead
}

/** A new lead; `holdsIdentities` says whether its phone and e-mail were nobody else's. */
export async function insertLead(scope: Scope, account: Account, input: NewLead) {
  await ensureWithinPlan(scope, account, 'leads', 1, () => countLeads(scope))
  const place =
    (await placeFor(scope, input)) ?? (await firstPlace(scope, { pipelineId: account.default_pipeline_id }))
  if (!place) throw invalid({ stage_id: [selectedInvalid('stage_id')] })
  const values = valuesOf(await fieldsForWriting(scope, [input.custom_fields]), account, input)
  const [row] = await scope.db
    .insert(leads)
    .values({
      ...values,
      account_id: scope.accountId,
      pipeline_id: place.pipeline.id,
      stage_id: place.id,
      status: statusOf(place),
      search: searchText(values),
    })
    .returning(leadColumns)
  const lead: Lead = { ...row!, stage: { id: place.id, name: place.name }, pipeline: place.pipeline }
  const holdsIdentities = await claimIdentities(scope, lead.id, lead)
  await record(
    scope,
    { type: 'lead.created', leadId: lead.id, data: { lead } },
    ...outcomeOf(lead, place, { from: null, reason: null }),
  )
  await enterStage(scope, [lead.id])
  await noteOutcomes(scope, [{ lead, fromStageId: null }], place, null)
  await createMandatoryTasks(scope, [lead.id])
  await changeCounts(scope, [[place.id, 1]])
  return { lead, holdsIdentities }
}

export async function updateLead(scope: Scope, id: number, input: LeadChanges): Promise<Lead> {
  const account = await findAccount(scope)
  const before = await lockLead(scope, id)
  const place = await placeFor(scope, input, before)
  const fields = input.custom_fields ? await fieldsForWriting(scope, [input.custom_fields]) : []
  const lead = await applyChanges(scope, before, changesOf(fields, account, before as Values, input))
  return place && place.id !== before.stage_id ? changeStage(scope, lead, place) : lead
}

export async function deleteLead(scope: Scope, id: number): Promise<void> {
  const lead = await lockLead(scope, id)
  await scope.db.delete(leads).where(and(eq(leads.account_id, scope.accountId), eq(leads.id, id)))
  await handOverIdentities(scope, identitiesOf(lead))
  await scope.db.insert(leadTombstones).values({ account_id: scope.accountId, lead_id: id })
  await record(scope, { type: 'lead.deleted', leadId: id, data: { lead } })
  await changeCounts(scope, [[lead.stage_id, -1]])
}

/** Adds and takes away; what is already so stays so. */
export async function changeTags(scope: Scope, id: number, change: { add?: string[]; remove?: string[] }) {
  const before = await lockLead(scope, id)
  const tags = [...new Set([...before.tags, ...(change.add ?? [])])].filter(
    (tag) => !change.remove?.includes(tag),
  )
  if (tags.length > 100) throw invalid({ tags: ['The tags field must not have more than 100 items.'] })
  return applyChanges(scope, before, { tags })
}
