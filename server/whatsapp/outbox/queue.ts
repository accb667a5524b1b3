import { and, eq, sql } from 'drizzle-orm'
import { conversationWith } from '#conversations/opening.ts'
import {
  type ConversationRow,
  findConversationRow,
  findMessage,
  lockConversation,
} from '#conversations/queries.ts'
import type { Message } from '#conversations/schema.ts'
import { messages } from '#conversations/tables.ts'
import { findLead } from '#leads/queries.ts'
import type { Hours } from '#platform/calendar.ts'
import { flagged, invalid, selectedInvalid } from '#platform/errors.ts'
import type { Scope } from '#platform/scope.ts'
import { templateText } from '#whatsapp/cloud-api/templates.ts'
import { type Draft, judge, type OurTemplate, templateOrNull, wrongIn } from '#whatsapp/outbox/rules.ts'
import { findWay, type Refusal, type To, type Way } from '#whatsapp/outbox/way.ts'

export type Order = ({ leadId: number } | { conversationId: number }) & {
  instanceId?: number | null
  content: Draft
  /** Queued under the same word again, it is the same message. */
  once?: string
  /** The message that it quotes, by our id. */
  replyTo?: number | null
  /** However long it has to wait, it goes out at these hours only, by the account's clock. */
  hours?: Hours | null
  /** When it is written, for the 24 hours. */
  now?: Date
}
export type Written = { message: Message; way: Way; isNew: true } | { message: Message; isNew: false }

/** A message that the outbox sends as soon as it may; or why it is not written at all. */
export async function queueMessage(
  scope: Scope,
  order: Order,
): Promise<
  { message: Message } | { refused: Refusal | { skip_reason: 'template_variables'; message: string } }
> {
  const written = await writeMessage(scope, order)
  if ('message' in written) return { message: written.message }
  if ('refused' in written) return { refused: written.refused }
  return { refused: { skip_reason: 'template_variables', message: written.wrong.join(' ') } }
}

/** The same for a request: a refusal is thrown. */
export async function writeOrRefuse(scope: Scope, order: Order): Promise<Written> {
  // Fields before rules: it is told what it wrote wrong even where it may not write.
  const wrong = await wrongIn(scope, order.content)
  if (wrong.length > 0) throw invalid({ variables: wrong })
  const written = await writeMessage(scope, order)
  if ('wrong' in written) throw invalid({ variables: written.wrong })
  if ('message' in written) return written
  const { message, skip_reason } = written.refused
  throw flagged(message, { skip_reason })
}

async function writeMessage(
  scope: Scope,
  order: Order,
): Promise<Written | { refused: Refusal } | { wrong: string[] }> {
  const before = order.once === undefined ? null : await writtenOnce(scope, order.once)
  if (before) return { message: before, isNew: false }
  const to = await addressed(scope, order)
  const found = await findWay(scope, to, await numberFor(scope, to, order))
  if ('refused' in found) return { refused: found.refused }
  const judged = await judge(scope, found.way, order.content, order.now)
  if (!('template' in judged)) return judged
  const conversation = await held(scope, found.way)
  const id = await insert(scope, order, conversation, judged.template)
  const message = id ? await findMessage(scope, id) : await writtenOnce(scope, order.once!)
  return { message: message!, way: { ...found.way, conversation }, isNew: true }
}

export async function addressed(scope: Scope, order: Order): Promise<To> {
  if ('leadId' in order) return { lead: await findLead(scope, order.leadId), conversation: null }
  const conversation = await findConversationRow(scope, order.conversationId)
  const lead = conversation.lead_id === null ? null : await findLead(scope, conversation.lead_id)
  return { lead, conversation }
}

/** A conversation has its number; and so has a template, unless another one is asked for. */
async function numberFor(scope: Scope, { conversation }: To, { instanceId = null, content }: Order) {
  if (conversation) return conversation.instance_id
  if (instanceId !== null || !('templateId' in content)) return instanceId
  return (await templateOrNull(scope, content.templateId))?.instance_id ?? null
}

async function writtenOnce(scope: Scope, once: string): Promise<Message | null> {
  const [row] = await scope.db
    .select({ id: messages.id })
    .from(messages)
    .where(and(eq(messages.account_id, scope.accountId), eq(messages.once, once)))
  return row ? findMessage(scope, row.id) : null
}

/** The conversation, held, so that what is written into it goes out in order. */
async function held(scope: Scope, { conversation, instance, lead, address, phone }: Way) {
  if (conversation) return lockConversation(scope, conversation.id)
  const contact = { name: lead?.name ?? null, phone, username: null, identities: [] }
  const begun = await conversationWith(scope, {
    instanceId: instance.id,
    leadId: lead?.id ?? null,
    address,
    contact,
  })
  return lockConversation(scope, begun.id)
}

async function insert(
  scope: Scope,
  order: Order,
  conversation: ConversationRow,
  template: OurTemplate | null,
) {
  const quoted = order.replyTo ? await quotedId(scope, conversation, order.replyTo) : null
  const [row] = await scope.db
    .insert(messages)
    .values({
      account_id: scope.accountId,
      conversation_id: conversation.id,
      instance_id: conversation.instance_id,
      direction: 'out',
      state: 'queued',
      once: order.once,
      ...contentOf(order.content, template),
      reply_to: quoted,
      author: scope.actor,
      send_after: sql`now_ms()`,
      hours: order.hours,
    })
    .onConflictDoNothing()
    .returning({ id: messages.id })
  if (!row) return null
  await scope.db.execute(sql`
    update conversations set last_message_id = ${row.id}, last_message_at = greatest(last_message_at, now_ms())
    where account_id = ${scope.accountId} and id = ${conversation.id}`)
  return row.id
}

function contentOf(draft: Draft, template: OurTemplate | null) {
  if (!('templateId' in draft)) {
    return { kind: 'text' as const, content: { kind: 'text', text: draft.text }, text: draft.text }
  }
  const { variables } = draft
  const { name, language } = template!
  return {
    kind: 'template' as const,
    content: { kind: 'template', name, language, variables },
    text: templateText(template!, variables),
    template_id: draft.templateId,
  }
}

async function quotedId(scope: Scope, { id }: ConversationRow, replyTo: number) {
  const [quoted] = await scope.db
    .select({ provider_id: messages.provider_id })
    .from(messages)
    .where(
      and(
        eq(messages.account_id, scope.accountId),
        eq(messages.conversation_id, id),
        eq(messages.id, replyTo),
      ),
    )
  if (!quoted?.provider_id) throw invalid({ reply_to: [selectedInvalid('reply_to')] })
  return quoted.provider_id
}
