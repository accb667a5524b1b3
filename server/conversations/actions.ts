import { and, desc, eq, isNotNull, type SQL, sql } from 'drizzle-orm'
import { type ConversationRow, findConversationRow, lockConversation } from '#conversations/queries.ts'
import { conversations, messages } from '#conversations/tables.ts'
import type { EventType } from '#events/catalog.ts'
import { record } from '#events/record.ts'
import { createLead, updateLead } from '#leads/actions.ts'
import { claimIdentities, firstHolder, type Identity, lockHolders } from '#leads/identity/identity.ts'
import { lockLead } from '#leads/queries.ts'
import type { LeadChanges } from '#leads/schema.ts'
import { ruled } from '#platform/errors.ts'
import type { Scope } from '#platform/scope.ts'

/** What the customer may be told was read. */
export type Seen = { instanceId: number; address: string; messageId: string }

/** All of it is read, or what had come when `upTo` had. Gives the newest of the customer's, if that is news. */
export async function markRead(scope: Scope, id: number, upTo: number | null): Promise<Seen | null> {
  const before = await lockConversation(scope, id)
  if (before.unread_count === 0) return null
  const rest =
    upTo === null
      ? sql`0`
      : sql`least(${conversations.unread_count}, (
          select count(*) from messages m where m.account_id = ${scope.accountId}
            and m.conversation_id = ${id} and m.direction = 'in' and m.id > ${upTo}))`
  const after = await setUnread(scope, before, rest)
  if (after.unread_count === before.unread_count) return null
  await tell(scope, 'conversation.read', after, { unread_count: before.unread_count })
  return newestSeen(scope, after, upTo)
}

/** To be looked at again. */
export async function markUnread(scope: Scope, id: number): Promise<void> {
  const before = await lockConversation(scope, id)
  if (before.unread_count > 0) return
  const after = await setUnread(scope, before, sql`1`)
  await tell(scope, 'conversation.unread', after, { unread_count: 0 })
}

/** Who answers is the lead's owner. */
export async function assignConversation(scope: Scope, id: number, userId: number | null): Promise<void> {
  const { lead_id } = await findConversationRow(scope, id)
  if (lead_id === null) throw ruled('no_lead')
  await updateLead(scope, lead_id, { assigned_to: userId })
}

/** Somebody who is no lead becomes one, or turns out to be this one. */
export async function giveLead(
  scope: Scope,
  id: number,
  { lead_id, ...fields }: LeadChanges & { lead_id?: number | null },
): Promise<{ isNew: boolean }> {
  const identities = identitiesOf(await findConversationRow(scope, id))
  // Leads are held before conversations, by everybody.
  if (lead_id) await lockLead(scope, lead_id)
  const known = lead_id ?? firstHolder(await lockHolders(scope, identities), identities)
  const conversation = await lockConversation(scope, id)
  if (!lead_id && conversation.lead_id !== null) return { isNew: false }
  const leadId = known ?? (await createLead(scope, { ...contactOf(conversation), ...fields })).id
  if (leadId === conversation.lead_id) return { isNew: false }
  const after = await change(scope, id, { lead_id: leadId })
  await claimIdentities(
    scope,
    identities.map((identity) => ({ ...identity, lead_id: leadId })),
  )
  await tell(scope, 'conversation.linked', after, { lead_id: conversation.lead_id })
  return { isNew: known === null }
}

const setUnread = (scope: Scope, { id }: ConversationRow, count: SQL<unknown>) =>
  change(scope, id, { unread_count: count as SQL<number> })

async function change(
  scope: Scope,
  id: number,
  set: { unread_count?: SQL<number>; lead_id?: number },
): Promise<ConversationRow> {
  const [row] = await scope.db
    .update(conversations)
    .set(set)
    .where(and(eq(conversations.account_id, scope.accountId), eq(conversations.id, id)))
    .returning()
  return row!
}

type Told = Extract<EventType, `conversation.${string}`>

// In no lead's timeline: who looked at what when is not what happened to the lead.
const tell = (scope: Scope, type: Told, row: ConversationRow, previous: Record<string, unknown>) => {
  const { id, instance_id, lead_id, unread_count } = row
  const conversation = { id, instance_id, lead_id, unread_count }
  return record(scope, { type, leadId: null, data: { conversation }, previous })
}

async function newestSeen(scope: Scope, { id, instance_id, address }: ConversationRow, upTo: number | null) {
  const [newest] = await scope.db
    .select({ provider_id: messages.provider_id })
    .from(messages)
    .where(
      and(
        eq(messages.account_id, scope.accountId),
        eq(messages.conversation_id, id),
        eq(messages.direction, 'in'),
        isNotNull(messages.provider_id),
        upTo === null ? undefined : sql`${messages.id} <= ${upTo}`,
      ),
    )
    .orderBy(desc(messages.happened_at), desc(messages.id))
    .limit(1)
  return newest ? { instanceId: instance_id, address, messageId: newest.provider_id! } : null
}

function identitiesOf({ identities, contact_phone }: ConversationRow): Identity[] {
  const phone = contact_phone ? [{ kind: 'phone' as const, value: contact_phone }] : []
  return [...(identities as Identity[]).filter(({ kind }) => kind !== 'phone'), ...phone]
}

const longestName = 255

const contactOf = ({ contact_name, contact_username, contact_phone, address }: ConversationRow) => ({
  name: (contact_name || contact_username || contact_phone || address).slice(0, longestName),
  phone: contact_phone,
  source: 'whatsapp',
})
