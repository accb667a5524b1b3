import { and, eq, isNotNull, isNull } from 'drizzle-orm'
import { findAccount } from '#accounts/accounts.ts'
import { findConversationRow, type MessageRow } from '#conversations/queries.ts'
import { type Author, conversations, messages } from '#conversations/tables.ts'
import { leadsById } from '#leads/queries.ts'
import { nextOpening } from '#platform/calendar.ts'
import type { Handle } from '#platform/database.ts'
import { messages as sentences } from '#platform/messages.ts'
import { type Actor, inAccount, type Scope } from '#platform/scope.ts'
import type { Outside } from '#whatsapp/channels.ts'
import { instanceById } from '#whatsapp/instances/queries.ts'
import { settle } from '#whatsapp/outbox/course.ts'
import { deliver } from '#whatsapp/outbox/deliver.ts'
import type { Due } from '#whatsapp/outbox/due.ts'
import { outbox } from '#whatsapp/outbox/given-up.ts'
import { findLetter, type Letter } from '#whatsapp/outbox/letters.ts'
import { type Draft, judge } from '#whatsapp/outbox/rules.ts'
import { takeTurn } from '#whatsapp/outbox/turns.ts'
import type { TemplateValues } from '#whatsapp/provider.ts'

/** One that is due: its turn taken, sent, and its result kept. False when it was not its turn after all. */
export async function sendDue(db: Handle, outside: Omit<Outside, 'db'>, due: Due): Promise<boolean> {
  const turn = await inAccount(db, due.accountId, outbox, (scope) => take(scope, due))
  if (turn === 'wait') return false
  if (turn === 'refused') return true
  const scope: Scope = { accountId: due.accountId, actor: turn.actor, db, requestId: null }
  await deliver(scope, outside, turn.letter, 'queue')
  return true
}

type Turn = 'wait' | 'refused' | { letter: Letter; actor: Actor }

async function take(scope: Scope, due: Due): Promise<Turn> {
  if (!(await isFree(scope, due))) return 'wait'
  const [row] = await scope.db
    .select()
    .from(messages)
    .where(
      and(
        eq(messages.account_id, scope.accountId),
        eq(messages.id, due.id),
        isNotNull(messages.send_after),
        isNull(messages.sending_since),
      ),
    )
  if (!row) return 'wait'
  const instance = (await instanceById(scope, due.instance_id))!
  if (await waitsForItsHours(scope, row)) return 'wait'
  if (await isRefused(scope, row, due)) return 'refused'
  if (!(await takeTurn(scope, row, instance))) return 'wait'
  return { letter: await findLetter(scope, row.id), actor: actorOf(row.author) }
}

/** Held without waiting: whoever has it now is sending or writing there. */
async function isFree(scope: Scope, { conversation_id }: Due) {
  const [held] = await scope.db
    .select({ id: conversations.id })
    .from(conversations)
    .where(and(eq(conversations.account_id, scope.accountId), eq(conversations.id, conversation_id)))
    .for('no key update', { skipLocked: true })
  return held !== undefined
}

/** It was written in its hours, but its number was away, or many were ahead of it. */
async function waitsForItsHours(scope: Scope, { id, hours }: MessageRow) {
  if (!hours) return false
  const now = new Date()
  const opening = nextOpening(now, hours, (await findAccount(scope)).time_zone)
  if (opening <= now) return false
  await scope.db
    .update(messages)
    .set({ send_after: opening })
    .where(and(eq(messages.account_id, scope.accountId), eq(messages.id, id)))
  return true
}

/** Much may have changed while it waited: the rules of sending are asked once more. */
async function isRefused(scope: Scope, row: MessageRow, { instance_id, conversation_id }: Due) {
  const conversation = await findConversationRow(scope, conversation_id)
  const instance = (await instanceById(scope, instance_id))!
  const [lead = null] = conversation.lead_id === null ? [] : await leadsById(scope, [conversation.lead_id])
  const way = {
    instance,
    lead,
    conversation,
    address: conversation.address,
    phone: conversation.contact_phone,
  }
  const judged = await judge(scope, way, draftOf(row))
  if ('template' in judged) return false
  const refusal =
    'refused' in judged
      ? { reason: judged.refused.skip_reason, message: judged.refused.message }
      : { reason: 'template_variables', message: sentences.whatsappFailures.template_variables }
  const failure = { ...refusal, retryable: false, code: null, detail: null }
  await settle(scope, row.id, { state: 'failed', at: null, providerId: null, failure })
  return true
}

const draftOf = ({ template_id, text, content }: MessageRow): Draft =>
  template_id === null
    ? { text: text ?? '' }
    : { templateId: template_id, variables: content.variables as TemplateValues }

/** Whoever wrote it is who sends it, however late. */
const actorOf = (author: Author | null): Actor =>
  author && author.type !== 'phone' ? { type: author.type, id: author.id, name: author.name } : outbox
