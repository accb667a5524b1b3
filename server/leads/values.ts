import type { Account } from '#accounts/accounts.ts'
import { type CustomValues, convertCustomFields } from '#fields/values.ts'
import { readPhone } from '#leads/identity/phone.ts'
import type { Rules } from '#leads/rules.ts'
import type { Lead, LeadChanges, NewLead } from '#leads/schema.ts'

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

/** What a new lead is written as. */
export const valuesOf = ({ fields, account }: Rules, input: NewLead): Values => ({
  ...empty,
  ...columnsOf(account, input),
  name: input.name,
  custom_fields: withoutBlanks(convertCustomFields(fields, input.custom_fields, { isNew: true })),
})

/** The columns that the input names, converted. Custom fields that it does not name stay. */
export function changesOf(
  { fields, account }: Rules,
  before: { custom_fields: object },
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
