import type { Account } from '#accounts/accounts.ts'
import { type CustomValues, convertCustomFields } from '#fields/values.ts'
import { readPhone } from '#leads/phone.ts'
import type { Lead, LeadChanges, NewLead } from '#leads/schema.ts'
import { firstPlace, type Place } from '#pipelines/queries.ts'
import { invalid, selectedInvalid } from '#platform/errors.ts'
import type { Scope } from '#platform/scope.ts'

const asGiven = [
  'email',
  'company',
  'birthday',
  'source',
  'assigned_to',
  'notes',
  'utm_source',
  'utm_medium',
  'utm_campaign',
  'utm_term',
  'utm_content',
] as const

/** What a lead's own columns become; its place is another matter, with rules of its own. */
export type Values = Pick<Lead, (typeof asGiven)[number] | 'name' | 'phone' | 'value' | 'tags'> & {
  custom_fields: CustomValues
}

const empty: Omit<Values, 'name'> = {
  phone: null,
  value: 0,
  tags: [],
  custom_fields: {},
  ...(Object.fromEntries(asGiven.map((column) => [column, null])) as Record<(typeof asGiven)[number], null>),
}

export const valuesOf = async (scope: Scope, account: Account, input: NewLead): Promise<Values> => ({
  ...empty,
  name: input.name,
  ...(await changesOf(scope, account, { custom_fields: {} }, input)),
})

/** The columns that the input names, converted. Custom fields that it does not name stay. */
export async function changesOf(
  scope: Scope,
  account: Account,
  before: Pick<Values, 'custom_fields'>,
  input: LeadChanges,
): Promise<Partial<Values>> {
  const changes: Partial<Values> = {}
  for (const column of asGiven) {
    if (input[column] !== undefined) Object.assign(changes, { [column]: input[column] })
  }
  if (input.name !== undefined) changes.name = input.name
  if (input.value !== undefined) changes.value = Math.round((input.value ?? 0) * 100) / 100
  if (input.tags !== undefined) changes.tags = [...new Set(input.tags ?? [])]
  if (input.phone !== undefined) changes.phone = phoneOf(input, account)
  if (input.custom_fields) {
    const converted = await convertCustomFields(scope, input.custom_fields)
    const merged = Object.entries({ ...before.custom_fields, ...converted })
    changes.custom_fields = Object.fromEntries(merged.filter(([, value]) => value !== null))
  }
  return changes
}

export const phoneOf = (input: LeadChanges, account: Account) =>
  input.phone ? readPhone(input.phone, account.country) : null

/** Where the input wants the lead: its stage, which must fit the pipeline, or the pipeline's first. */
export async function placeFor(
  scope: Scope,
  input: { stage_id?: number | null; pipeline_id?: number | null },
  now?: { pipeline_id: number },
): Promise<Place | undefined> {
  const { stage_id: stageId, pipeline_id: pipelineId } = input
  if (!stageId && (!pipelineId || pipelineId === now?.pipeline_id)) return undefined
  const place = await firstPlace(scope, { stageId, pipelineId })
  const field = stageId ? 'stage_id' : 'pipeline_id'
  if (!place) throw invalid({ [field]: [selectedInvalid(field)] })
  return place
}
