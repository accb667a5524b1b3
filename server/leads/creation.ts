import { type Account, roomWithinPlan } from '#accounts/accounts.ts'
import { limitNouns } from '#accounts/plans.ts'
import { record } from '#events/record.ts'
import { claimIdentities, marksOf } from '#leads/identity/identity.ts'
import { searchText } from '#leads/list/search.ts'
import { leadColumns } from '#leads/queries.ts'
import { type Rules, rulesFor } from '#leads/rules.ts'
import type { Lead, LeadChanges, NewLead } from '#leads/schema.ts'
import { arrives, type Counts, changeCounts, countLeads } from '#leads/stages/counts.ts'
import { enterStage, noteOutcomes } from '#leads/stages/history.ts'
import { outcomeOf, statusOf } from '#leads/stages/moves.ts'
import { leads } from '#leads/tables.ts'
import { type Values, valuesOf } from '#leads/values.ts'
import { createMandatoryTasks } from '#pipelines/mandatory.ts'
import type { Place } from '#pipelines/queries.ts'
import { invalid, limitReached, selectedInvalid, type Tried, tried } from '#platform/errors.ts'
import type { Scope } from '#platform/scope.ts'

/** Each lead by the rules of one alone; the first that fit the plan pass. As many statements for one as for all. */
export async function createLeads(scope: Scope, account: Account, inputs: NewLead[]): Promise<Tried<Lead>[]> {
  const rules = await rulesFor(scope, account, inputs, { creating: true })
  const { results, counts } = await createDrafts(
    scope,
    account,
    inputs.map((input) => tried(() => draftOf(rules, input))),
  )
  await changeCounts(scope, counts)
  return results
}

export type Draft = { values: Values; place: Place }

/** A lead as it will be written, or what is wrong with it. */
export function draftOf(rules: Rules, input: LeadChanges): Draft {
  if (!input.name) throw invalid({ name: ['The name field is required.'] })
  const place = rules.placeOf(input)
  if (!place) throw invalid({ stage_id: [selectedInvalid('stage_id')] })
  return { values: valuesOf(rules, { ...input, name: input.name }), place }
}

type Created = {
  results: Tried<Lead>[]
  /** The caller's last step, with what else it changes. */
  counts: Counts
  /** New leads whose phone or e-mail was somebody else's. */
  duplicates: Set<number>
}

/** `pending` says how many more the transaction has already made that are not counted yet. */
export async function createDrafts(
  scope: Scope,
  account: Account,
  drafts: Tried<Draft>[],
  pending = 0,
): Promise<Created> {
  let room = drafts.some((draft) => 'done' in draft)
    ? (await roomWithinPlan(scope, account, 'leads', () => countLeads(scope))) - pending
    : 0
  const accepted = drafts.map(
    (draft): Tried<Draft> =>
      'done' in draft && --room < 0 ? { refused: limitReached(limitNouns.leads) } : draft,
  )
  const fitting = accepted.flatMap((draft) => ('done' in draft ? draft.done : []))
  const made = await insertDrafts(scope, fitting)
  const duplicates = await claimIdentities(
    scope,
    made.flatMap((lead) => marksOf(lead).map((mark) => ({ ...mark, lead_id: lead.id }))),
  )
  await tellOfNew(scope, made, fitting)
  const counts = made.map(arrives)
  const next = made.values()
  const results = accepted.map((draft) => ('done' in draft ? { done: next.next().value! } : draft))
  return { results, counts, duplicates }
}

async function insertDrafts(scope: Scope, drafts: Draft[]): Promise<Lead[]> {
  if (drafts.length === 0) return []
  const rows = await scope.db
    .insert(leads)
    .values(
      drafts.map(({ values, place }) => ({
        ...values,
        account_id: scope.accountId,
        pipeline_id: place.pipeline.id,
        stage_id: place.id,
        status: statusOf(place),
        search: searchText(values),
      })),
    )
    .returning(leadColumns)
  return rows.map((row, n) => {
    const { id, name, pipeline } = drafts[n]!.place
    return { ...row, stage: { id, name }, pipeline }
  })
}

async function tellOfNew(scope: Scope, made: Lead[], drafts: Draft[]) {
  if (made.length === 0) return
  const ids = made.map((lead) => lead.id)
  const arrivals = made.map((lead, n) => ({ lead, fromStageId: null, to: drafts[n]!.place, reasonId: null }))
  await record(
    scope,
    ...arrivals.flatMap(({ lead, to }) => [
      { type: 'lead.created' as const, leadId: lead.id, data: { lead } },
      ...outcomeOf(lead, to, { from: null, reason: null }),
    ]),
  )
  await enterStage(scope, ids)
  await noteOutcomes(scope, arrivals)
  await createMandatoryTasks(scope, ids)
}
