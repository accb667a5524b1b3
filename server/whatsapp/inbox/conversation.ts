import { conversationWith } from '#conversations/opening.ts'
import { type ConversationRow, lockConversation } from '#conversations/queries.ts'
import { messages } from '#conversations/tables.ts'
import type { Hearing } from '#whatsapp/inbox/hearing.ts'
import { keptContent, textOf } from '#whatsapp/inbox/texts.ts'
import type { Content, Message } from '#whatsapp/provider.ts'

/** Reactions belong to another message; everything else is one. */
export type Written = Message & { content: Exclude<Content, { kind: 'reaction' }> }

/** Where this message belongs, held until the transaction ends. Whoever hides every id is known by the message alone. */
export async function conversationOf(
  { scope, instance }: Hearing,
  { id, person }: Message,
  leadId: number | null,
): Promise<ConversationRow> {
  const address = person.address ?? id
  const party = { instanceId: instance.id, leadId, address, contact: person }
  return lockConversation(scope, (await conversationWith(scope, party)).id)
}

type Side = Pick<typeof messages.$inferInsert, 'direction' | 'state' | 'author' | 'sent_at'>

/** Null when it is here already. */
export async function insertMessage(
  { scope, instance, at }: Hearing,
  conversation: ConversationRow,
  { id, content, reply_to, is_forwarded, ad }: Written,
  side: Side,
): Promise<number | null> {
  const [row] = await scope.db
    .insert(messages)
    .values({
      ...side,
      account_id: scope.accountId,
      conversation_id: conversation.id,
      instance_id: instance.id,
      provider_id: id,
      kind: content.kind,
      content: keptContent(content),
      text: textOf(content),
      reply_to,
      is_forwarded,
      ad,
      happened_at: at,
    })
    .onConflictDoNothing()
    .returning({ id: messages.id })
  return row?.id ?? null
}

/** The newest by the provider's time stands last; many share a second, and then it is who came later. */
export const asLastMessage = (conversation: ConversationRow, id: number, at: Date) =>
  conversation.last_message_id === null || at >= conversation.last_message_at
    ? { last_message_id: id, last_message_at: at }
    : {}
