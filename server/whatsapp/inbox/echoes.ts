import { and, asc, eq, isNull, sql } from 'drizzle-orm'
import { type ConversationRow, findMessage } from '#conversations/queries.ts'
import { type Author, conversations, messages } from '#conversations/tables.ts'
import { record } from '#events/record.ts'
import { messageByProviderId } from '#whatsapp/inbox/about.ts'
import { asLastMessage, conversationOf, insertMessage, type Written } from '#whatsapp/inbox/conversation.ts'
import type { Heard, Hearing } from '#whatsapp/inbox/hearing.ts'
import { keepMedia } from '#whatsapp/inbox/media.ts'
import { getToKnow, holderOf, isThis } from '#whatsapp/inbox/people.ts'
import { textOf } from '#whatsapp/inbox/texts.ts'
import { applyStatus } from '#whatsapp/outbox/states.ts'

export type Source = 'phone' | 'api'

/** One of ours: what our own send said, or what somebody typed on the phone itself. */
export async function echo(hearing: Hearing, source: Source, message: Written): Promise<Heard> {
  const { scope } = hearing
  if (await messageByProviderId(hearing, message.id)) return noteSent(hearing, message)
  const conversation = await conversationOf(hearing, message, await holderOf(scope, message.person))
  await getToKnow(scope, conversation, message.person)
  if (source === 'api') {
    if (await isOurSend(hearing, conversation, message)) return noteSent(hearing, message)
    // The sender may be about to write down its id.
    if (!hearing.isLastLook) return 'not yet'
  }
  const author = authorOf(hearing, source)
  const side = { direction: 'out', state: 'sent', author, sent_at: hearing.at } as const
  const id = await insertMessage(hearing, conversation, message, side)
  if (id === null) return 'done'
  await noteOutbound(hearing, conversation, id)
  if ('media' in message.content) await keepMedia(scope, id, message.content.media)
  const shown = await findMessage(scope, id)
  await record(scope, { type: 'message.sent', leadId: conversation.lead_id, data: { message: shown } })
  return 'done'
}

/** Whoever hears of it knows that it went out, even where its answer was lost. */
async function noteSent({ scope, instance, at }: Hearing, { id, person }: Written): Promise<Heard> {
  const told = { status: 'sent', is_played: false, reference: null, failure: null, pricing: null } as const
  await applyStatus(scope, instance.id, { ...told, message_id: id, recipient: person }, at)
  return 'done'
}

/** A send whose answer has not come tells its id here first: the oldest one of the same words. */
async function isOurSend({ scope }: Hearing, conversation: ConversationRow, { id, content }: Written) {
  const [waiting] = await scope.db
    .select({ id: messages.id })
    .from(messages)
    .where(
      and(
        eq(messages.account_id, scope.accountId),
        eq(messages.conversation_id, conversation.id),
        eq(messages.direction, 'out'),
        isNull(messages.provider_id),
        eq(messages.text, textOf(content) ?? ''),
        sql`(${messages.state} = 'unknown' or ${messages.state} = 'queued' and ${messages.sending_since} is not null)`,
      ),
    )
    .orderBy(asc(messages.id))
    .limit(1)
  if (!waiting) return false
  await scope.db
    .update(messages)
    .set({ provider_id: id })
    .where(and(eq(messages.account_id, scope.accountId), eq(messages.id, waiting.id)))
  return true
}

const authorOf = ({ instance }: Hearing, source: Source): Author =>
  source === 'phone'
    ? { type: 'phone', id: null, name: instance.display_name }
    : { type: 'system', id: null, name: instance.provider }

/** Whoever answers on the phone has read what came before. */
const noteOutbound = ({ scope, at }: Hearing, conversation: ConversationRow, id: number) =>
  scope.db
    .update(conversations)
    .set({
      ...asLastMessage(conversation, id, at),
      ...(conversation.last_inbound_at && at >= conversation.last_inbound_at ? { unread_count: 0 } : {}),
    })
    .where(isThis(scope, conversation.id))
