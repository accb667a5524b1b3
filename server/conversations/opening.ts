import { type SQL, sql } from 'drizzle-orm'
import { type ConversationRow, findConversationRow } from '#conversations/queries.ts'
import { conversations } from '#conversations/tables.ts'
import { notFound } from '#platform/errors.ts'
import type { Scope } from '#platform/scope.ts'

export type Contact = {
  name: string | null
  phone: string | null
  username: string | null
  identities: { kind: string; value: string }[]
}
export type Party = { instanceId: number; leadId: number | null; address: string; contact: Contact }

/** The conversation with this person at this number, begun if there is none. A lead has two only at two phones. */
export async function conversationWith(scope: Scope, party: Party): Promise<ConversationRow> {
  const found = await conversationOf(scope, party)
  if (found) return found
  await lockPerson(scope, party)
  return (await conversationOf(scope, party)) ?? begin(scope, party)
}

/** The one that is there: the lead's, unless both phones are known and differ; else the address's. */
async function conversationOf(scope: Scope, party: Party): Promise<ConversationRow | null> {
  const { instanceId, leadId, address, contact } = party
  const { rows } = await scope.db.execute<{ id: number; lead_id: number | null }>(sql`
    select id, lead_id from conversations
    where account_id = ${scope.accountId} and instance_id = ${instanceId} and ${isTheirs(party)}
    order by (lead_id is not null) desc, (address = ${address}) desc,
      coalesce(contact_phone = ${contact.phone}, false) desc, last_message_at desc, id desc
    limit 1`)
  const [row] = rows
  if (!row) return null
  if (leadId !== null && row.lead_id === null) await giveToLead(scope, row.id, leadId)
  return findConversationRow(scope, row.id)
}

function isTheirs({ leadId, address, contact: { phone } }: Party): SQL {
  if (leadId === null) return sql`address = ${address}`
  return sql`(lead_id = ${leadId}
    and (address = ${address} or contact_phone is null or ${phone}::text is null or contact_phone = ${phone})
    or lead_id is null and address = ${address})`
}

const giveToLead = (scope: Scope, id: number, leadId: number) =>
  scope.db.execute(sql`
    update conversations set lead_id = ${leadId}
    where account_id = ${scope.accountId} and id = ${id} and lead_id is null`)

/** Two that begin with one person at the same moment go one after another: by the lead, and by the address. */
async function lockPerson(scope: Scope, { instanceId, leadId, address }: Party) {
  if (leadId !== null) {
    const { rowCount } = await scope.db.execute(sql`
      select id from leads where account_id = ${scope.accountId} and id = ${leadId} for no key update`)
    if (rowCount === 0) throw notFound('lead')
  }
  await scope.db.execute(sql`
    select pg_advisory_xact_lock(hashtextextended(
      concat_ws(' ', 'conversation', ${instanceId}::bigint, ${address}::text), 0))`)
}

async function begin(scope: Scope, { instanceId, leadId, address, contact }: Party) {
  const [row] = await scope.db
    .insert(conversations)
    .values({
      account_id: scope.accountId,
      instance_id: instanceId,
      lead_id: leadId,
      address,
      contact_name: contact.name,
      contact_phone: contact.phone,
      contact_username: contact.username,
      identities: contact.identities,
    })
    .returning()
  return row!
}
