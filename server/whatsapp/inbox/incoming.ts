import { sql } from 'drizzle-orm'
import { type ConversationRow, findMessage } from '#conversations/queries.ts'
import { conversations } from '#conversations/tables.ts'
import { record } from '#events/record.ts'
import { updateLead } from '#leads/actions.ts'
import { findLead } from '#leads/queries.ts'
import type { Scope } from '#platform/scope.ts'
import { abilitiesOf } from '#whatsapp/abilities.ts'
import { attributionOf, isUnattributed } from '#whatsapp/inbox/ads.ts'
import { asLastMessage, conversationOf, insertMessage, type Written } from '#whatsapp/inbox/conversation.ts'
import type { Heard, Hearing } from '#whatsapp/inbox/hearing.ts'
import { keepMedia } from '#whatsapp/inbox/media.ts'
import { takeUp } from '#whatsapp/inbox/newcomers.ts'
import { getToKnow, holderOf, isThis } from '#whatsapp/inbox/people.ts'
import { heedWords } from '#whatsapp/inbox/words.ts'
import { type Ad, opensWindow } from '#whatsapp/provider.ts'

/** A customer wrote: to a lead that is known by any of its identities, or to one that is made for it. */
export async function receive(hearing: Hearing, message: Written): Promise<Heard> {
  const { scope } = hearing
  const { person, content, ad } = message
  const known = await holderOf(scope, person)
  const conversation = await conversationOf(hearing, message, known ?? (await takeUp(scope, message)))
  const { lead_id: leadId } = conversation
  const id = await insertMessage(hearing, conversation, message, { direction: 'in', state: 'received' })
  if (id === null) return 'done'
  if (known !== null && ad) await attribute(scope, known, ad)
  await getToKnow(scope, conversation, person)
  await noteInbound(hearing, conversation, message, id)
  if ('media' in content) await keepMedia(scope, id, content.media)
  await heedWords(scope, { leadId, identities: person.identities }, content)
  await record(scope, { type: 'message.received', leadId, data: { message: await findMessage(scope, id) } })
  return 'done'
}

async function attribute(scope: Scope, leadId: number, ad: Ad) {
  if (isUnattributed(await findLead(scope, leadId))) await updateLead(scope, leadId, attributionOf(ad))
}

function noteInbound(
  { scope, instance, at }: Hearing,
  conversation: ConversationRow,
  { person, content }: Written,
  id: number,
) {
  const opens = abilitiesOf(instance).has_window_restriction && opensWindow(content)
  const isNewest = conversation.last_inbound_at === null || at >= conversation.last_inbound_at
  const contact = {
    last_inbound_at: at,
    address: person.address ?? conversation.address,
    contact_name: person.name ?? conversation.contact_name,
    contact_username: person.username ?? conversation.contact_username,
  }
  return scope.db
    .update(conversations)
    .set({
      ...asLastMessage(conversation, id, at),
      ...(isNewest ? contact : {}),
      // What came late never shortens it.
      ...(opens
        ? { window_until: sql`greatest(${conversations.window_until}, ${closing(at)}::timestamptz)` }
        : {}),
      unread_count: sql`${conversations.unread_count} + 1`,
    })
    .where(isThis(scope, conversation.id))
}

const windowMs = 24 * 60 * 60 * 1000
const closing = (at: Date) => new Date(at.getTime() + windowMs).toISOString()
