import type { Seen } from '#conversations/actions.ts'
import type { Operator } from '#platform/route.ts'
import type { Scope } from '#platform/scope.ts'
import { channelOf } from '#whatsapp/channels.ts'
import { instanceById } from '#whatsapp/instances/queries.ts'

/** The customer sees blue ticks, if this can be told now. Nobody waits for it, and nothing is made of a refusal. */
export function tellRead(scope: Scope, operator: Operator, seen: Seen) {
  void tell(scope, operator, seen).catch(() => {})
}

async function tell(scope: Scope, operator: Operator, { instanceId, address, messageId }: Seen) {
  const instance = await instanceById(scope, instanceId)
  if (!instance || instance.removed_at || instance.status !== 'connected') return
  await channelOf(instance, { ...operator, db: scope.db }).markRead({ address, message_id: messageId })
}
