import { and, eq, isNotNull } from 'drizzle-orm'
import { messages } from '#conversations/tables.ts'
import type { Scope } from '#platform/scope.ts'
import { channelOf, type Outside } from '#whatsapp/channels.ts'
import type { Letter } from '#whatsapp/outbox/letters.ts'
import { type Delivered, keepResult, type Patience } from '#whatsapp/outbox/results.ts'
import type { Sent } from '#whatsapp/provider.ts'
import { failed } from '#whatsapp/reasons.ts'

/** Asks the provider, outside of every transaction, and keeps what came of it. Whoever calls has taken its turn. */
export async function deliver(
  scope: Scope,
  outside: Omit<Outside, 'db'>,
  letter: Letter,
  patience: Patience,
): Promise<Delivered> {
  return keepResult(scope, letter, await attempt(scope, { ...outside, db: scope.db }, letter), patience)
}

async function attempt(scope: Scope, outside: Outside, letter: Letter): Promise<Sent> {
  const { id, address, reply_to, content } = letter
  let message_id = letter.provider_id
  let isAsked = false
  try {
    const provider = channelOf(letter.instance, outside)
    message_id ??= await announce(scope, id, await provider.newMessageId())
    isAsked = true
    const common = { address, reference: String(id), message_id, reply_to }
    return 'text' in content
      ? await provider.sendText({ ...common, text: content.text })
      : await provider.sendTemplate({ ...common, ...content })
  } catch (error) {
    const detail = (error as Error).name
    // Of our own making: such as a database that was away for a moment.
    if (!isAsked) return { outcome: 'failed', failure: { ...failed('provider_error', { detail }), ...again } }
    return { outcome: 'unknown', message_id, failure: failed('no_answer', { detail }) }
  }
}

const again = { action: 'retry', retryable: true } as const

/** Known before the send, its id is kept before the send: a status or an echo may come before the answer. */
async function announce(scope: Scope, id: number, messageId: string | null) {
  if (messageId === null) return null
  await scope.db
    .update(messages)
    .set({ provider_id: messageId })
    .where(
      and(eq(messages.account_id, scope.accountId), eq(messages.id, id), isNotNull(messages.sending_since)),
    )
  return messageId
}
