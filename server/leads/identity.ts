import { and, eq, inArray, or, sql } from 'drizzle-orm'
import { leadIdentifiers, leads } from '#leads/tables.ts'
import type { Scope } from '#platform/scope.ts'

type Kind = 'phone' | 'email'
type Identity = { kind: Kind; value: string }
type Known = { phone: string | null; email: string | null }

/** What this person is known by; the first is asked first. */
export const identitiesOf = ({ phone, email }: Known): Identity[] => [
  ...(phone ? [{ kind: 'phone' as const, value: phone }] : []),
  ...(email ? [{ kind: 'email' as const, value: email.toLowerCase() }] : []),
]

/** The lead that holds one of these, the phone's before the e-mail's: one indexed query. */
export async function findHolder(scope: Scope, known: Known): Promise<number | null> {
  const identities = identitiesOf(known)
  if (identities.length === 0) return null
  const [holder] = await scope.db
    .select({ leadId: leadIdentifiers.lead_id })
    .from(leadIdentifiers)
    .where(
      and(
        eq(leadIdentifiers.account_id, scope.accountId),
        or(
          ...identities.map(({ kind, value }) =>
            and(eq(leadIdentifiers.kind, kind), eq(leadIdentifiers.value, value)),
          ),
        ),
      ),
    )
    .orderBy(sql`${leadIdentifiers.kind} = 'phone' desc`)
    .limit(1)
  return holder?.leadId ?? null
}

/** Takes what nobody holds yet. True when this lead got all of it; a lead that did not is a likely duplicate. */
export async function claimIdentities(scope: Scope, leadId: number, known: Known): Promise<boolean> {
  const identities = identitiesOf(known)
  if (identities.length === 0) return true
  const claimed = await scope.db
    .insert(leadIdentifiers)
    .values(identities.map((identity) => ({ account_id: scope.accountId, lead_id: leadId, ...identity })))
    .onConflictDoNothing()
    .returning({ kind: leadIdentifiers.kind })
  return claimed.length === identities.length
}

/** Gives up what is no longer the lead's; its row already says so. */
export async function releaseIdentities(scope: Scope, leadId: number, gone: Identity[]) {
  for (const { kind, value } of gone) {
    await scope.db
      .delete(leadIdentifiers)
      .where(
        and(
          eq(leadIdentifiers.account_id, scope.accountId),
          eq(leadIdentifiers.kind, kind),
          eq(leadIdentifiers.value, value),
          eq(leadIdentifiers.lead_id, leadId),
        ),
      )
  }
  await handOverIdentities(scope, gone)
}

/** What nobody holds any more goes to the oldest lead with the same, if there is one. */
export async function handOverIdentities(scope: Scope, gone: Identity[]) {
  for (const { kind, value } of gone) {
    const same = kind === 'phone' ? eq(leads.phone, value) : sql`lower(${leads.email}) = ${value}`
    const [heir] = await scope.db
      .select({ id: leads.id })
      .from(leads)
      .where(and(eq(leads.account_id, scope.accountId), same))
      .orderBy(leads.id)
      .limit(1)
      // A duplicate that is being deleted at this moment inherits nothing; one that would be next waits for us.
      .for('key share', { skipLocked: true })
    if (!heir) continue
    await scope.db
      .insert(leadIdentifiers)
      .values({ account_id: scope.accountId, kind, value, lead_id: heir.id })
      .onConflictDoNothing()
  }
}

/** The identities that a lead has before a change and no longer after it. */
export const lostIdentities = (before: Known, after: Known): Identity[] => {
  const kept = new Set(identitiesOf(after).map(({ kind, value }) => kind + value))
  return identitiesOf(before).filter(({ kind, value }) => !kept.has(kind + value))
}

export const holdersOf = (scope: Scope, leadIds: number[]) =>
  scope.db
    .select()
    .from(leadIdentifiers)
    .where(and(eq(leadIdentifiers.account_id, scope.accountId), inArray(leadIdentifiers.lead_id, leadIds)))
