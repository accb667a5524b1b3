import type { Account } from '#accounts/accounts.ts'
import type { Field } from '#fields/queries.ts'
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

/** What a new lead is written as. `fields` are the account's own. */
export const valuesOf = (fields: Field[], account: Account, input: NewLead): Values => ({
  ...empty,
  ...columnsOf(account, input),
  name: input.name,
  custom_fields: withoutBlanks(convertCustomFields(fields, input.custom_fields, { isNew: true })),
})

/** The columns that the input names, converted. Custom fields that it does not name stay. */
export function changesOf(
  fields: Field[],
  account: Account,
  before: Pick<Values, 'custom_fields'>,
  input: LeadChanges,
): Partial<Values> {
  const changes = columnsOf(account, input)
  if (input.custom_fields) {
    const converted = convertCustomFields(fields, input.custom_fields, { isNew: false })
    changes.custom_fields = withoutBlanks({ ...before.custom_fields, ...converted })
  }
  return changes
}

function columnsOf(account: Account, input: LeadChanges): Partial<Values> {
  const changes: Partial<Values> = {}
  for (const column of asGiven) {
    if (input[column] !== undefined) Object.assign(changes, { [column]: input[column] })
  }
  if (input.name !== undefined) changes.name = input.name
  if (input.value !== undefined) changes.value = Math.round((input.value ?? 0) * 100) / 100
  if (input.tags !== undefined) changes.tags = [...new Set(input.tags ?? [])]
  if (input.phone !== undefined) changes.phone = phoneOf(input, account)
  return changes
}

const withoutBlanks = (values: CustomValues): CustomValues =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null))

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
