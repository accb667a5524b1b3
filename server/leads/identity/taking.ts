import type { CustomValues } from '#fields/values.ts'
import type { Lead } from '#leads/schema.ts'
import type { Taken } from '#leads/tables.ts'
import type { Values } from '#leads/values.ts'

const filled = [
  'phone',
  'email',
  'company',
  'birthday',
  'source',
  'assigned_to',
  'utm_source',
  'utm_medium',
  'utm_campaign',
  'utm_term',
  'utm_content',
] as const

/** What the survivor of a merge takes: what it lacks, all tags, and the notes of both. */
export function takenFrom(duplicate: Lead, survivor: Lead): Partial<Values> {
  const taken: Partial<Values> = {}
  for (const field of filled) {
    if (survivor[field] === null) Object.assign(taken, { [field]: duplicate[field] })
  }
  if (survivor.value === 0) taken.value = duplicate.value
  taken.tags = [...new Set([...survivor.tags, ...duplicate.tags])]
  taken.notes = [...new Set([survivor.notes, duplicate.notes])].filter(Boolean).join('\n\n') || null
  taken.custom_fields = { ...duplicate.custom_fields, ...survivor.custom_fields } as CustomValues
  return taken
}

/** The same, as it is kept for the day on which the merge is undone. */
export const takenAs = (before: Lead, taken: Partial<Values>): Taken[] =>
  Object.entries(taken)
    .map(([field, became]) => ({ field, was: before[field as keyof Values], became }))
    .filter(({ was, became }) => !isSame(was, became))

/** Gives back what was taken, except what somebody has changed since. */
export function takenBack(taken: Taken[], now: Lead): Partial<Values> {
  const changes: Record<string, unknown> = {}
  for (const { field, was, became } of taken) {
    if (field === 'tags') {
      const added = new Set(became as string[]).difference(new Set(was as string[]))
      changes.tags = now.tags.filter((tag) => !added.has(tag))
    } else if (field === 'custom_fields') {
      changes.custom_fields = withoutTaken(
        now.custom_fields as CustomValues,
        was as object,
        became as CustomValues,
      )
    } else if (isSame(now[field as keyof Values], became)) changes[field] = was
  }
  return changes
}

const withoutTaken = (now: CustomValues, was: object, became: CustomValues): CustomValues =>
  Object.fromEntries(
    Object.entries(now).filter(([name, value]) => Object.hasOwn(was, name) || !isSame(value, became[name])),
  )

const isSame = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b)
