import { and, eq, type SQL, sql } from 'drizzle-orm'
import { fold } from '#leads/list/search.ts'
import { type identityKinds, leadIdentifiers, leadRivals } from '#leads/tables.ts'
import type { Scope } from '#platform/scope.ts'

export type Kind = (typeof identityKinds)[number]
export type Identity = { kind: Kind; value: string }
/** What a lead is known by, or would like to be. */
export type Mark = Identity & { lead_id: number }
type Reachable = { phone: string | null; email: string | null }
type Person = Reachable & { name: string; company: string | null; birthday: string | null }

/** What this person is known by; the first is asked first. */
export const identitiesOf = ({ phone, email }: Reachable): Identity[] => [
  ...(phone ? [{ kind: 'phone' as const, value: phone }] : []),
  ...(email ? [{ kind: 'email' as const, value: email.toLowerCase() }] : []),
]

export const keyOf = ({ kind, value }: Identity) => `${kind} ${value}`

/** All that may give a duplicate away: a name alone does not, a name with its company or birthday may. */
export function marksOf(person: Person): Identity[] {
  const name = fold(person.name)
  const company = fold(person.company ?? '')
  return [
    ...identitiesOf(person),
    ...(name && company ? [{ kind: 'name_company' as const, value: `${name} ${company}` }] : []),
    ...(name && person.birthday
      ? [{ kind: 'name_birthday' as const, value: `${name} ${person.birthday}` }]
      : []),
  ]
}

/** The lead that holds one of these, the first one's before the second one's: one indexed query. */
export async function findHolder(scope: Scope, identities: Identity[]): Promise<number | null> {
  const holders = await holdersOf(scope, identities, sql``)
  return firstHolder(holders, identities)
}

/** Who holds each of these, by `keyOf`. The leads are held until the transaction ends, and their identities with them. */
export const lockHolders = (scope: Scope, identities: Identity[]) =>
  holdersOf(scope, identities, sql`order by l.id for no key update of l for key share of i`)

export const firstHolder = (holders: Map<string, number>, identities: Identity[]) =>
  identities.map((identity) => holders.get(keyOf(identity))).find((id) => id !== undefined) ?? null

async function holdersOf(scope: Scope, identities: Identity[], locked: SQL) {
  if (identities.length === 0) return new Map<string, number>()
  const { rows } = await scope.db.execute<Mark>(sql`
    select i.kind, i.value, i.lead_id
    from ${listed(identities)} as wanted (kind, value)
    join lead_identifiers i on i.kind = wanted.kind and i.value = wanted.value
    join leads l on l.account_id = i.account_id and l.id = i.lead_id
    where i.account_id = ${scope.accountId} ${locked}`)
  return new Map(rows.map((row) => [keyOf(row), row.lead_id]))
}

/** These as rows of a statement. */
export const listed = (identities: Identity[]) => sql`unnest(
  ${sql.param(identities.map(({ kind }) => kind))}::text[],
  ${sql.param(identities.map(({ value }) => value))}::text[])`

const listedMarks = (marks: Mark[]) => sql`unnest(
  ${sql.param(marks.map(({ kind }) => kind))}::text[],
  ${sql.param(marks.map(({ value }) => value))}::text[],
  ${sql.param(marks.map(({ lead_id }) => lead_id))}::bigint[])`

/** Takes what nobody holds yet; for the rest the lead stands in line, as a likely duplicate of who holds it.
 *
 * Gives the leads whose phone or e-mail is another's.
 */
export async function claimIdentities(scope: Scope, wanted: Mark[]): Promise<Set<number>> {
  // The first come takes it, in one order for all, so that two never wait for each other.
  const firsts = [...new Map(wanted.toReversed().map((mark) => [keyOf(mark), mark])).values()]
  if (firsts.length === 0) return new Set()
  firsts.sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))
  const held = await scope.db
    .insert(leadIdentifiers)
    .values(firsts.map((mark) => ({ ...mark, account_id: scope.accountId })))
    .onConflictDoUpdate({
      target: [leadIdentifiers.account_id, leadIdentifiers.kind, leadIdentifiers.value],
      // Changes nothing, but holds the row: its owner cannot leave before we stand in line.
      set: { lead_id: sql`lead_identifiers.lead_id` },
    })
    .returning(markColumns)
  const holders = new Map(held.map((mark) => [keyOf(mark), mark.lead_id]))
  const others = wanted.filter((mark) => holders.get(keyOf(mark)) !== mark.lead_id)
  if (others.length === 0) return new Set()
  await scope.db
    .insert(leadRivals)
    .values(others.map((mark) => ({ ...mark, account_id: scope.accountId })))
    .onConflictDoNothing()
  return new Set(others.filter(isIdentifying).map((mark) => mark.lead_id))
}

const markColumns = {
  kind: leadIdentifiers.kind,
  value: leadIdentifiers.value,
  lead_id: leadIdentifiers.lead_id,
}

const isIdentifying = ({ kind }: Identity) => kind !== 'name_company' && kind !== 'name_birthday'

/** Gives up what is no longer the lead's, for whoever stands in line. The lead is locked. */
export async function releaseIdentities(scope: Scope, gone: Mark[]) {
  if (gone.length === 0) return
  const { rows } = await scope.db.execute<Identity>(sql`
    with left_line as (
      delete from lead_rivals r using ${listedMarks(gone)} as gone (kind, value, lead_id)
      where r.account_id = ${scope.accountId}
        and r.kind = gone.kind and r.value = gone.value and r.lead_id = gone.lead_id
    )
    delete from lead_identifiers i using ${listedMarks(gone)} as gone (kind, value, lead_id)
    where i.account_id = ${scope.accountId}
      and i.kind = gone.kind and i.value = gone.value and i.lead_id = gone.lead_id
    returning i.kind, i.value`)
  await handOverIdentities(scope, rows)
}

/** The lead is about to go: what it held, for `handOverIdentities` when it is gone. */
export const dropIdentities = (scope: Scope, leadId: number): Promise<Identity[]> =>
  scope.db
    .delete(leadIdentifiers)
    .where(and(eq(leadIdentifiers.account_id, scope.accountId), eq(leadIdentifiers.lead_id, leadId)))
    .returning({ kind: leadIdentifiers.kind, value: leadIdentifiers.value })

/** What nobody holds any more goes to the oldest lead that stands in line for it. */
export async function handOverIdentities(scope: Scope, gone: Identity[]) {
  let free = gone
  while (free.length > 0) {
    const heirs = await heirsOf(scope, free)
    if (heirs.length === 0) return
    // What a lead is known by changes under its lock alone; by now the heir may have left the line.
    await scope.db.execute(sql`
      select id from leads
      where account_id = ${scope.accountId} and id = any (${sql.param(heirs.map((heir) => heir.lead_id))}::bigint[])
      order by id for no key update`)
    const { rows: inherited } = await scope.db.execute<Identity>(sql`
      with first as (
        delete from lead_rivals r using ${listedMarks(heirs)} as heir (kind, value, lead_id)
        where r.account_id = ${scope.accountId}
          and r.kind = heir.kind and r.value = heir.value and r.lead_id = heir.lead_id
        returning r.account_id, r.kind, r.value, r.lead_id
      )
      insert into lead_identifiers (account_id, kind, value, lead_id)
      select account_id, kind, value, lead_id from first
      returning kind, value`)
    const done = new Set(inherited.map(keyOf))
    free = free.filter((identity) => !done.has(keyOf(identity)))
  }
}

async function heirsOf(scope: Scope, free: Identity[]): Promise<Mark[]> {
  const { rows } = await scope.db.execute<Mark>(sql`
    select distinct on (r.kind, r.value) r.kind, r.value, r.lead_id
    from ${listed(free)} as free (kind, value)
    join lead_rivals r on r.kind = free.kind and r.value = free.value
    where r.account_id = ${scope.accountId}
    order by r.kind, r.value, r.lead_id`)
  return rows
}

/** What a lead begins and ceases to be known by when it changes. */
export function marksChanged(id: number, before: Person, after: Person) {
  const [old, young] = [marksOf(before), marksOf(after)]
  const only = (these: Identity[], those: Identity[]): Mark[] => {
    const known = new Set(those.map(keyOf))
    return these.filter((mark) => !known.has(keyOf(mark))).map((mark) => ({ ...mark, lead_id: id }))
  }
  return { lost: only(old, young), gained: only(young, old) }
}
