import { type Account, findAccount } from '#accounts/accounts.ts'
import { updateLeads } from '#leads/actions.ts'
import { createDrafts, type Draft, draftOf } from '#leads/creation.ts'
import { firstHolder, type Identity, identitiesOf, keyOf, lockHolders } from '#leads/identity/identity.ts'
import { leadsById } from '#leads/queries.ts'
import { type Rules, rulesFor } from '#leads/rules.ts'
import type { Lead, LeadChanges } from '#leads/schema.ts'
import { added, type Counts, changeCounts } from '#leads/stages/counts.ts'
import { phoneOf } from '#leads/values.ts'
import { type Tried, theOne, tried } from '#platform/errors.ts'
import { inTransaction, type Scope } from '#platform/scope.ts'

export type Upserted = { created: boolean; lead: Lead }

export const upsertLead = async (scope: Scope, input: LeadChanges): Promise<Upserted> =>
  theOne(await upsertLeads(scope, await findAccount(scope), [input]))

/** Each finds its lead by phone, then by e-mail, and changes it or creates one. However many do so at once, it is one lead.
 *
 * Those that have nothing to do with each other are written together, in one pass; whoever depends on an earlier one
 * waits for the next.
 */
export async function upsertLeads(
  scope: Scope,
  account: Account,
  inputs: LeadChanges[],
): Promise<Tried<Upserted>[]> {
  const results: Tried<Upserted>[] = []
  const counts: Counts = []
  let waiting = inputs.map((input, n): Item => ({ n, input, identities: knownBy(input, account) }))
  while (waiting.length > 0) {
    const pass = await inOnePass(scope, account, waiting, counts)
    // Somebody took a phone or an e-mail meanwhile: the next look finds that lead.
    if (pass === null) continue
    for (const { n, result } of pass.results) results[n] = result
    counts.push(...pass.counts)
    waiting = pass.waiting
  }
  await changeCounts(scope, counts)
  return results
}

type Item = { n: number; input: LeadChanges; identities: Identity[] }
type Pass = { results: { n: number; result: Tried<Upserted> }[]; counts: Counts; waiting: Item[] }

const knownBy = (input: LeadChanges, account: Account) =>
  identitiesOf({ phone: phoneOf(input, account), email: input.email ?? null })

/** Null when a race undid it. */
async function inOnePass(
  scope: Scope,
  account: Account,
  items: Item[],
  earlier: Counts,
): Promise<Pass | null> {
  const raced = new Error('raced')
  try {
    return await inTransaction(scope, async (inner) => {
      const { rules, updates, newcomers, waiting } = await sortOut(inner, account, items)
      const pending = added(earlier)
      const drafts = newcomers.map(({ draft }) => draft)
      const created = await createDrafts(inner, account, drafts, pending)
      if (created.duplicates.size > 0) throw raced
      const updated = await updateLeads(inner, rules, updates)
      const results = [
        ...newcomers.map(({ n }, index) => ({ n, result: upserted(created.results[index]!, true) })),
        ...updates.map(({ n }, index) => ({ n, result: upserted(updated.results[index]!, false) })),
      ]
      return { results, counts: [...created.counts, ...updated.counts], waiting }
    })
  } catch (error) {
    if (error === raced) return null
    throw error
  }
}

const upserted = (each: Tried<Lead>, created: boolean): Tried<Upserted> =>
  'done' in each ? { done: { created, lead: each.done } } : each

type Newcomer = Item & { draft: Tried<Draft> }
type Update = Item & { lead: Lead }

/** Who is known, who is new, and who must wait because an earlier one touches the same person. */
async function sortOut(scope: Scope, account: Account, items: Item[]) {
  const holders = await lockHolders(
    scope,
    items.flatMap(({ identities }) => identities),
  )
  const known = new Map(
    (await leadsById(scope, [...new Set(holders.values())])).map((lead) => [lead.id, lead]),
  )
  const isNew = ({ identities }: Item) => firstHolder(holders, identities) === null
  const inputs = items.map(({ input }) => input)
  const rules = await rulesFor(scope, account, inputs, { creating: items.some(isNew) })
  const sorted = { rules, updates: [] as Update[], newcomers: [] as Newcomer[], waiting: [] as Item[] }
  const touched = new Map<string, number | null>()
  for (const item of items) {
    const holder = firstHolder(holders, item.identities)
    const lead = holder === null ? null : known.get(holder)!
    const keys = item.identities.map(keyOf)
    if (lead) keys.push(`lead ${lead.id}`, ...identitiesOf(lead).map(keyOf))
    // The same lead may change several times in one pass, as long as it stays who and where it is.
    const isFree = keys.every((key) => !touched.has(key) || (lead && touched.get(key) === lead.id))
    if (!isFree) {
      sorted.waiting.push(item)
      for (const key of keys) touched.set(key, null)
    } else if (lead) {
      const input = keepingOwn(item, lead, holders)
      sorted.updates.push({ ...item, input, lead })
      for (const key of keys) touched.set(key, stays(input, lead, rules) ? lead.id : null)
    } else {
      const draft = tried(() => draftOf(rules, item.input))
      sorted.newcomers.push({ ...item, draft })
      if ('done' in draft) for (const key of keys) touched.set(key, null)
    }
  }
  return sorted
}

/** Found by what a merge brought along: the lead keeps its own phone and e-mail, and both go on finding it. */
function keepingOwn({ input, identities }: Item, lead: Lead, holders: Map<string, number>): LeadChanges {
  const own = new Set(identitiesOf(lead).map(({ kind }) => kind))
  const mine = new Set(identitiesOf(lead).map(keyOf))
  const rest = { ...input }
  for (const identity of identities) {
    const isAlias = holders.get(keyOf(identity)) === lead.id && !mine.has(keyOf(identity))
    if (isAlias && own.has(identity.kind)) delete rest[identity.kind as 'phone' | 'email']
  }
  return rest
}

function stays(input: LeadChanges, lead: Lead, { account }: Rules) {
  const now = new Set(identitiesOf(lead).map(keyOf))
  const isSame = (key: 'phone' | 'email') =>
    input[key] === undefined || (input[key] === null ? lead[key] === null : true)
  const keeps = knownBy(input, account).every((identity) => now.has(keyOf(identity)))
  const movesTo = (input.stage_id ?? lead.stage_id) !== lead.stage_id
  const movesAway = (input.pipeline_id ?? lead.pipeline_id) !== lead.pipeline_id
  return keeps && isSame('phone') && isSame('email') && !movesTo && !movesAway
}
