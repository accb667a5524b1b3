import { and, eq, sql } from 'drizzle-orm'
import { type Happening, record } from '#events/record.ts'
import { claimIdentities, marksChanged, releaseIdentities } from '#leads/identity/identity.ts'
import { searchText } from '#leads/list/search.ts'
import { leadColumns } from '#leads/queries.ts'
import type { Lead } from '#leads/schema.ts'
import { leads } from '#leads/tables.ts'
import type { Values } from '#leads/values.ts'
import type { Scope } from '#platform/scope.ts'

export type Change = { before: Lead; changes: Partial<Values> }

export async function applyChange(scope: Scope, before: Lead, changes: Partial<Values>): Promise<Lead> {
  const [lead] = await applyChanges(scope, [{ before, changes }])
  return lead!
}

/** Writes what differs and says so; a change that changes nothing leaves no trace. The leads are locked.
 *
 * A lead may be changed several times, one change upon the other: each is told, the last is what is written.
 */
export async function applyChanges(scope: Scope, steps: Change[]): Promise<Lead[]> {
  const told = steps.map((step) => ({ ...step, changed: changedFields(step) }))
  const real = told.filter(({ changed }) => changed.length > 0)
  if (real.length === 0) return steps.map(({ before }) => before)
  const lasts = new Map(real.map((step) => [step.before.id, step]))
  const rows = new Map(
    (await writeValues(scope, [...lasts.values()].map(afterOf))).map((row) => [row.id, row]),
  )
  const results = told.map((step) => {
    const { before, changed } = step
    if (changed.length === 0) return { before, lead: before, changed }
    const row = rows.get(before.id)!
    const now = lasts.get(before.id) === step ? row : { ...step.changes, updated_at: row.updated_at }
    return { before, lead: { ...before, ...now }, changed }
  })
  await exchangeIdentities(scope, results)
  await record(scope, ...results.flatMap(({ before, lead, changed }) => happeningsOf(before, lead, changed)))
  return results.map(({ lead }) => lead)
}

export const afterOf = ({ before, changes }: Change): Lead => ({ ...before, ...changes })

const changedFields = ({ before, changes }: Change) =>
  (Object.keys(changes) as (keyof Values)[]).filter(
    (field) => JSON.stringify(before[field]) !== JSON.stringify(changes[field]),
  )

// What `Values` are, as the database reads them from JSON.
const columns = {
  name: 'text',
  phone: 'text',
  email: 'text',
  company: 'text',
  birthday: 'date',
  value: 'numeric',
  source: 'text',
  tags: 'text[]',
  assigned_to: 'bigint',
  notes: 'text',
  utm_source: 'text',
  utm_medium: 'text',
  utm_campaign: 'text',
  utm_term: 'text',
  utm_content: 'text',
  custom_fields: 'jsonb',
  search: 'text',
} satisfies Record<keyof Values | 'search', string>
const typed = sql.raw(
  Object.entries(columns)
    .map(([name, type]) => `${name} ${type}`)
    .join(', '),
)

function writeValues(scope: Scope, written: Lead[]) {
  const rows = JSON.stringify(written.map((lead) => ({ ...lead, search: searchText(lead) })))
  return scope.db
    .update(leads)
    .set(Object.fromEntries(Object.keys(columns).map((name) => [name, sql.raw(`written.${name}`)])))
    .from(sql`jsonb_to_recordset(${rows}::jsonb) as written (id bigint, ${typed})`)
    .where(and(eq(leads.account_id, scope.accountId), sql`${leads.id} = written.id`))
    .returning(leadColumns)
}

type Result = { before: Lead; lead: Lead; changed: (keyof Values)[] }

async function exchangeIdentities(scope: Scope, results: Result[]) {
  const exchanges = results
    .filter(({ changed }) => changed.length > 0)
    .map(({ before, lead }) => marksChanged(lead.id, before, lead))
  await releaseIdentities(
    scope,
    exchanges.flatMap(({ lost }) => lost),
  )
  await claimIdentities(
    scope,
    exchanges.flatMap(({ gained }) => gained),
  )
}

function happeningsOf(before: Lead, lead: Lead, changed: (keyof Values)[]): Happening[] {
  if (changed.length === 0) return []
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
