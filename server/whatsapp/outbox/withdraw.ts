import { and, eq, inArray, isNull } from 'drizzle-orm'
import { messages } from '#conversations/tables.ts'
import type { Scope } from '#platform/scope.ts'
import { settle } from '#whatsapp/outbox/course.ts'
import { failureShown } from '#whatsapp/outbox/failures.ts'
import { failed, type Reason } from '#whatsapp/reasons.ts'

/** Of these, what nobody has begun to send is not sent, and says why. */
export async function withdraw(scope: Scope, ids: number[], reason: Reason) {
  if (ids.length === 0) return
  const waiting = await scope.db
    .select({ id: messages.id })
    .from(messages)
    .where(
      and(
        eq(messages.account_id, scope.accountId),
        inArray(messages.id, ids),
        eq(messages.state, 'queued'),
        isNull(messages.sending_since),
      ),
    )
    .orderBy(messages.id)
    .for('update', { skipLocked: true })
  const failure = failureShown(failed(reason))
  for (const { id } of waiting)
    await settle(scope, id, { state: 'failed', at: null, providerId: null, failure })
}
