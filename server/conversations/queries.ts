import { and, eq, inArray } from 'drizzle-orm'
import type { Message } from '#conversations/schema.ts'
import { conversations, messageMedia, messages } from '#conversations/tables.ts'
import { notFound } from '#platform/errors.ts'
import type { Scope } from '#platform/scope.ts'

export type ConversationRow = typeof conversations.$inferSelect
export type MessageRow = typeof messages.$inferSelect

const itself = (scope: Scope, id: number) =>
  and(eq(conversations.account_id, scope.accountId), eq(conversations.id, id))

export async function findConversationRow(scope: Scope, id: number): Promise<ConversationRow> {
  const [row] = await scope.db.select().from(conversations).where(itself(scope, id))
  if (!row) throw notFound('conversation')
  return row
}

/** The conversation, held until the transaction ends: its messages come and go one after another. */
export async function lockConversation(scope: Scope, id: number): Promise<ConversationRow> {
  const [row] = await scope.db.select().from(conversations).where(itself(scope, id)).for('no key update')
  if (!row) throw notFound('conversation')
  return row
}

/** A message as the wire shows it. */
export const messageColumns = {
  id: messages.id,
  conversation_id: messages.conversation_id,
  instance_id: messages.instance_id,
  lead_id: conversations.lead_id,
  direction: messages.direction,
  state: messages.state,
  kind: messages.kind,
  text: messages.text,
  content: messages.content,
  template_id: messages.template_id,
  media: {
    state: messageMedia.state,
    mime_type: messageMedia.mime_type,
    filename: messageMedia.filename,
    size_bytes: messageMedia.size_bytes,
    problem: messageMedia.problem,
  },
  reply_to: messages.reply_to,
  reactions: messages.reactions,
  author: messages.author,
  is_forwarded: messages.is_forwarded,
  ad: messages.ad,
  failure: messages.failure,
  provider_id: messages.provider_id,
  happened_at: messages.happened_at,
  send_after: messages.send_after,
  sent_at: messages.sent_at,
  delivered_at: messages.delivered_at,
  read_at: messages.read_at,
  failed_at: messages.failed_at,
  edited_at: messages.edited_at,
  revoked_at: messages.revoked_at,
}

/** Messages with their lead and media, to which the caller adds which and in what order. */
export const shownMessages = (scope: Scope) =>
  scope.db
    .select(messageColumns)
    .from(messages)
    .innerJoin(
      conversations,
      and(eq(conversations.account_id, messages.account_id), eq(conversations.id, messages.conversation_id)),
    )
    .leftJoin(
      messageMedia,
      and(eq(messageMedia.account_id, messages.account_id), eq(messageMedia.message_id, messages.id)),
    )

export async function findMessage(scope: Scope, id: number): Promise<Message> {
  const [message] = await messagesById(scope, [id])
  if (!message) throw notFound('message')
  return message
}

/** These messages, in no order. */
export const messagesById = (scope: Scope, ids: number[]): Promise<Message[]> =>
  ids.length === 0
    ? Promise.resolve([])
    : shownMessages(scope).where(and(eq(messages.account_id, scope.accountId), inArray(messages.id, ids)))
