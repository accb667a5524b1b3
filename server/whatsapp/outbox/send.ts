import { findMessage } from '#conversations/queries.ts'
import type { Message } from '#conversations/schema.ts'
import { flagged, providerFailed } from '#platform/errors.ts'
import { messages } from '#platform/messages.ts'
import { Afterwards, type Operator } from '#platform/route.ts'
import type { Scope } from '#platform/scope.ts'
import { deliver } from '#whatsapp/outbox/deliver.ts'
import { failureShown } from '#whatsapp/outbox/failures.ts'
import { findLetter } from '#whatsapp/outbox/letters.ts'
import { type Order, writeOrRefuse } from '#whatsapp/outbox/queue.ts'
import { takeTurn } from '#whatsapp/outbox/turns.ts'
import { type Failure, failed } from '#whatsapp/reasons.ts'

/** Sends while the client waits; what must wait its turn is answered as queued, and the outbox sends it. */
export async function send(
  scope: Scope,
  operator: Operator,
  order: Order,
): Promise<{ message: Message } | Afterwards> {
  const written = await writeOrRefuse(scope, order)
  const { message } = written
  if (!written.isNew) return { message }
  const { id } = message
  if (!(await takeTurn(scope, message, written.way.instance)))
    return { message: await findMessage(scope, id) }
  const letter = await findLetter(scope, id)
  return new Afterwards({ message: withoutAnswer(message) }, async (after) => {
    const delivered = await deliver(after, operator, letter, 'request')
    if (delivered.message.state === 'failed') throw refusalOf(delivered.message, delivered.failure)
    return { message: delivered.message }
  })
}

/** What is true of it if this process dies before the provider has answered. */
const withoutAnswer = (message: Message): Message => ({
  ...message,
  state: 'unknown',
  send_after: null,
  failure: failureShown(failed('no_answer')),
})

/** Refused by the provider for what our own rule refuses, it is the same refusal. */
function refusalOf({ id, failure: shown }: Message, failure: Failure | null) {
  const { reason, message, retryable } = shown!
  if (reason === 'window_closed') return flagged(messages.notSent.window_closed, { skip_reason: reason })
  return providerFailed(message, { raw: rawOf(failure), reason, retryable, message_id: id })
}

function rawOf(failure: Failure | null): object {
  const raw = failure?.raw ?? {}
  return typeof raw === 'object' ? raw : { answer: raw }
}
