import { and, eq, sql } from 'drizzle-orm'
import type { ConversationRow } from '#conversations/queries.ts'
import { conversations } from '#conversations/tables.ts'
import {
  claimIdentities,
  firstHolder,
  type Identity,
  keyOf,
  listed,
  lockHolders,
} from '#leads/identity/identity.ts'
import type { Scope } from '#platform/scope.ts'
import type { IdentityKind, Person } from '#whatsapp/provider.ts'

// What the provider gives to one person alone goes before a phone, which may change hands.
const order: IdentityKind[] = ['bsuid', 'lid', 'wa_id', 'chat_id', 'phone']

export const identitiesIn = ({ identities }: Person): Identity[] =>
  identities.toSorted((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind))

/** The lead that is known by any of this, held until the transaction ends. */
export async function holderOf(scope: Scope, person: Person): Promise<number | null> {
  const identities = identitiesIn(person)
  return firstHolder(await lockHolders(scope, identities), identities)
}

/** Whatever this person is known by leads here from now on: to the conversation, and to its lead. Both are held. */
export async function getToKnow(scope: Scope, conversation: ConversationRow, person: Person) {
  const known = new Set((conversation.identities as Identity[]).map(keyOf))
  const unknown = identitiesIn(person).filter((identity) => !known.has(keyOf(identity)))
  if (unknown.length > 0) {
    await scope.db
      .update(conversations)
      .set({
        identities: [...conversation.identities, ...unknown],
        contact_phone: sql`coalesce(${conversations.contact_phone}, ${person.phone}::text)`,
      })
      .where(isThis(scope, conversation.id))
  }
  if (conversation.lead_id !== null) await claimFor(scope, conversation.lead_id, person)
}

/** What the lead neither holds nor stands in line for; where another holds it, they are a likely duplicate. */
export async function claimFor(scope: Scope, leadId: number, person: Person) {
  const { rows } = await scope.db.execute<Identity>(sql`
    select mine.kind, mine.value from ${listed(identitiesIn(person))} as mine (kind, value)
    where not exists (select 1 from lead_identifiers i where i.account_id = ${scope.accountId}
        and i.kind = mine.kind and i.value = mine.value and i.lead_id = ${leadId})
      and not exists (select 1 from lead_rivals r where r.account_id = ${scope.accountId}
        and r.kind = mine.kind and r.value = mine.value and r.lead_id = ${leadId})`)
  const marks = rows.map(({ kind, value }) => ({ kind, value, lead_id: leadId }))
  await claimIdentities(scope, marks)
}

export const isThis = (scope: Scope, conversationId: number) =>
  and(eq(conversations.account_id, scope.accountId), eq(conversations.id, conversationId))
