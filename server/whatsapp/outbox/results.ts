import { sql } from 'drizzle-orm'
import { findMessage } from '#conversations/queries.ts'
import type { Message } from '#conversations/schema.ts'
import { inTransaction, type Scope } from '#platform/scope.ts'
import { noteChannelFailure, partial } from '#whatsapp/instances/state.ts'
import { settle } from '#whatsapp/outbox/course.ts'
import { failureShown } from '#whatsapp/outbox/failures.ts'
import type { Letter } from '#whatsapp/outbox/letters.ts'
import { identitiesAt, learnRecipient } from '#whatsapp/outbox/recipients.ts'
import { ms } from '#whatsapp/outbox/turns.ts'
import type { Sent } from '#whatsapp/provider.ts'
import { type Failure, type Reason, waitAfterFailure } from '#whatsapp/reasons.ts'

/** `request`: somebody waits for the answer, and decides. `queue`: nobody does, so it is tried again. */
export type Patience = 'request' | 'queue'

export type Delivered = { message: Message; failure: Failure | null }

const limits = new Set<Reason>(['number_limited', 'recipient_limited', 'app_limited', 'account_limited'])
const pausing = new Set<Reason>([
  'number_limited',
  'app_limited',
  'account_limited',
  'spam_limited',
  'messaging_limit_cut',
])
const mostTries = 8
const longWaitMs = 15 * 60_000
const attempts = 3

/** Keeps what the provider answered, in a transaction of its own. */
export async function keepResult(
  scope: Scope,
  letter: Letter,
  sent: Sent,
  patience: Patience,
): Promise<Delivered> {
  const failure = sent.outcome === 'sent' ? null : sent.failure
  const message = await again(() =>
    inTransaction(scope, async (within) => {
      const isBack =
        sent.outcome === 'failed' &&
        mayWait(letter, sent.failure, patience) &&
        (await putBack(within, letter, sent.failure))
      const settled = isBack ? null : await conclude(within, letter, sent)
      return settled ?? findMessage(within, letter.id)
    }),
  )
  if (failure) await noteChannelFailure(scope, letter.instance.id, failure)
  return { message, failure }
}

async function conclude(scope: Scope, letter: Letter, sent: Sent) {
  const { id } = letter
  switch (sent.outcome) {
    case 'sent': {
      const { address, message_id } = sent
      const identities = address === null ? [] : identitiesAt(address)
      await learnRecipient(scope, letter, { address, identities })
      return settle(scope, id, { state: 'sent', at: null, providerId: message_id })
    }
    case 'unknown': {
      const failure = failureShown(sent.failure)
      return settle(scope, id, { state: 'unknown', at: null, providerId: sent.message_id, failure })
    }
    case 'failed': {
      const failure = failureShown(sent.failure)
      return settle(scope, id, { state: 'failed', at: null, providerId: null, failure })
    }
  }
}

/** Limits are waited for, whoever asks. What else may pass is tried again where nobody waits for an answer. */
function mayWait({ tries }: Letter, { reason, action }: Failure, patience: Patience) {
  if (limits.has(reason)) return true
  // The number goes on with everything else, and so nothing would keep this from being asked at once.
  if (partial.has(reason)) return false
  return patience === 'queue' && tries < mostTries && ['retry', 'wait', 'stop-channel'].includes(action)
}

/** It certainly did not go out: it waits for its next turn, and so does whoever the provider spoke of. */
async function putBack(scope: Scope, { id, tries, instance, sending_since }: Letter, failure: Failure) {
  const waitMs = failure.action === 'retry' ? waitAfterFailure(failure, tries) : longWaitMs
  // A number that is out of order is waited for as such.
  const afterMs = failure.action === 'stop-channel' || failure.reason === 'instance_disconnected' ? 0 : waitMs
  const { rowCount } = await scope.db.execute(sql`
    update messages set send_after = now_ms() + ${ms(afterMs)}, sending_since = null,
      failure = ${JSON.stringify(failureShown(failure))}::jsonb
    where account_id = ${scope.accountId} and id = ${id} and state = 'queued'
      and sending_since = ${sending_since.toISOString()}::timestamptz`)
  if (pausing.has(failure.reason))
    await scope.db.execute(sql`
      update instances set paused_until = greatest(paused_until, now_ms() + ${ms(waitMs)})
      where account_id = ${scope.accountId} and id = ${instance.id}`)
  return rowCount === 1
}

/** Two at the same row, or an echo that was kept in the same moment: once more, and the other one is seen. */
async function again<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work()
    } catch (error) {
      const { code } = ((error as Error).cause ?? {}) as { code?: string }
      if (attempt === attempts || (code !== '40P01' && code !== '23505')) throw error
    }
  }
}
