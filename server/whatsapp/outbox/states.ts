import { and, eq, type SQL, sql } from 'drizzle-orm'
import type { MessageRow } from '#conversations/queries.ts'
import { conversations, messages } from '#conversations/tables.ts'
import type { Scope } from '#platform/scope.ts'
import { settle } from '#whatsapp/outbox/course.ts'
import { failureShown } from '#whatsapp/outbox/failures.ts'
import { type Addressee, learnRecipient } from '#whatsapp/outbox/recipients.ts'
import type { StatusChange } from '#whatsapp/provider.ts'

export type Applied = 'applied' | 'unchanged' | 'no such message'

/** What a provider tells of a message of ours: in any order, and as often as it likes. */
export async function applyStatus(
  scope: Scope,
  instanceId: number,
  change: StatusChange,
  at: Date | null,
): Promise<Applied> {
  const told = await findTold(scope, instanceId, change)
  if (!told) return 'no such message'
  const { recipient, is_played, pricing, failure } = change
  // Whoever wrote is answered where they wrote from; until then, where the provider says that it went.
  const address = told.has_written ? null : recipient.address
  await learnRecipient(scope, told, { address, identities: recipient.identities })
  const settled = await settle(scope, told.id, {
    state: change.status,
    at,
    providerId: told.provider_id ?? change.message_id,
    isPlayed: is_played,
    pricing,
    failure: failure && failureShown(failure),
  })
  return settled ? 'applied' : 'unchanged'
}

type Told = Addressee & Pick<MessageRow, 'id' | 'provider_id'> & { has_written: boolean }

/** By the provider's id; else by our own reference, where the answer to the send never came. */
async function findTold(scope: Scope, instanceId: number, { message_id, reference }: StatusChange) {
  const byId = await lookFor(scope, instanceId, sql`${messages.provider_id} = ${message_id}`)
  if (byId || !/^\d{1,15}$/.test(reference ?? '')) return byId
  return lookFor(scope, instanceId, sql`${messages.id} = ${reference} and ${messages.provider_id} is null`)
}

async function lookFor(scope: Scope, instanceId: number, which: SQL): Promise<Told | undefined> {
  const [found] = await scope.db
    .select({
      id: messages.id,
      provider_id: messages.provider_id,
      conversation_id: messages.conversation_id,
      lead_id: conversations.lead_id,
      address: conversations.address,
      identities: conversations.identities,
      has_written: sql<boolean>`${conversations.last_inbound_at} is not null`,
    })
    .from(messages)
    .innerJoin(
      conversations,
      and(eq(conversations.account_id, messages.account_id), eq(conversations.id, messages.conversation_id)),
    )
    .where(
      and(
        eq(messages.account_id, scope.accountId),
        eq(messages.instance_id, instanceId),
        eq(messages.direction, 'out'),
        which,
      ),
    )
  return found
}
