import { and, eq, isNull } from 'drizzle-orm'
import { type MessageFailure, messages } from '#conversations/tables.ts'
import type { Handle } from '#platform/database.ts'
import { inAccount, type Scope } from '#platform/scope.ts'
import { settle } from '#whatsapp/outbox/course.ts'
import { abandoned, type Due, isAbandoned, overdue } from '#whatsapp/outbox/due.ts'
import { failureShown } from '#whatsapp/outbox/failures.ts'
import { failed } from '#whatsapp/reasons.ts'

export const outbox = { type: 'system', id: null, name: 'whatsapp' } as const
const atOnce = 100

/** A message whose sender died may have gone out: nobody knows, and it is not sent again. */
export const giveUpAbandoned = (db: Handle) =>
  giveUp(db, abandoned, (scope, { id }) => {
    const failure = failureShown(failed('no_answer', { detail: 'the sender died' }))
    return settle(scope, id, { state: 'unknown', at: null, providerId: null, failure })
  })

export const giveUpOverdue = (db: Handle) =>
  giveUp(db, overdue, (scope, { id }, last) => {
    const failure = last ?? failureShown(failed('instance_disconnected'))
    return settle(scope, id, { state: 'failed', at: null, providerId: null, failure })
  })

type Work = (scope: Scope, due: Due, last: MessageFailure | null) => Promise<unknown>

/** True when there was something. Each is looked at again under its lock: it may have been sent meanwhile. */
async function giveUp(db: Handle, which: typeof abandoned, work: Work) {
  const found = await which(db, atOnce)
  let trouble: unknown
  for (const due of found) {
    try {
      await inAccount(db, due.accountId, outbox, (scope) => giveUpOne(scope, due, which, work))
    } catch (error) {
      // Whoever stands behind one that fails is not to wait for it.
      trouble ??= error
    }
  }
  if (trouble) throw trouble
  return found.length > 0
}

async function giveUpOne(scope: Scope, due: Due, which: typeof abandoned, work: Work) {
  const [row] = await scope.db
    .select({ failure: messages.failure })
    .from(messages)
    .where(
      and(
        eq(messages.account_id, scope.accountId),
        eq(messages.id, due.id),
        eq(messages.state, 'queued'),
        which === abandoned ? isAbandoned : isNull(messages.sending_since),
      ),
    )
    .for('update')
  if (row) await work(scope, due, row.failure)
}
