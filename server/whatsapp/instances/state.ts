import { and, eq, sql } from 'drizzle-orm'
import { instances } from '#conversations/tables.ts'
import { record } from '#events/record.ts'
import type { Scope } from '#platform/scope.ts'
import type { Instance } from '#whatsapp/channels.ts'
import { lockedInstance } from '#whatsapp/instances/queries.ts'
import { shownInstance } from '#whatsapp/instances/shown.ts'
import type { Found, InstanceState, InstanceStatus } from '#whatsapp/provider.ts'
import type { Failure, Reason } from '#whatsapp/reasons.ts'

/** Only a part of what a number does is refused: it goes on with the rest, and says so. */
export const partial = new Set<Reason>(['marketing_disabled', 'cold_contacts_limited'])

const seenByAsking = new Set([
  'token_invalid',
  'permission_missing',
  'number_missing',
  'provider_unreachable',
  'instance_disconnected',
  'silent',
])
const beforeAnotherTryMs = 3_600_000

export type Condition = { status: InstanceStatus; reason: string | null; detail: string | null }

/** What the provider says of the number: by a webhook, or asked. */
export async function noteState(scope: Scope, instance: Pick<Instance, 'id'>, state: InstanceState) {
  const { status, detail, phone } = state
  await noteCondition(scope, instance.id, (before) => {
    if (isHeldBack(before, status)) return null
    const isSame = before.status === status && status !== 'connected'
    return { status, detail, reason: isSame ? before.status_reason : null, phone }
  })
}

/** Who switched it off switches it on again; and what only sends are refused for, asking does not show. */
function isHeldBack({ status_reason: reason, status_since }: Instance, status: InstanceStatus) {
  if (reason === 'switched_off') return true
  if (status !== 'connected' || reason === null || seenByAsking.has(reason)) return false
  return Date.now() - status_since.getTime() < beforeAnotherTryMs
}

/** A refusal that concerns the whole number, whoever met it. Others are not taken notice of. */
export async function noteChannelFailure(scope: Scope, instanceId: number, failure: Failure) {
  const { reason, detail } = failure
  if (!stopsNumber(failure)) return
  await noteCondition(scope, instanceId, (before) => {
    if (before.status_reason === 'switched_off') return null
    const status = reason === 'instance_disconnected' ? 'disconnected' : 'failed'
    return { status: partial.has(reason) ? before.status : status, reason, detail }
  })
}

/** What came of asking: a state, or that the number cannot be asked. While it connects, any failure is one of its own. */
export function noteAnswer(scope: Scope, instance: Pick<Instance, 'id'>, answer: Found<InstanceState>) {
  if ('found' in answer) return noteState(scope, instance, answer.found)
  const { failure } = answer
  if (stopsNumber(failure)) return noteChannelFailure(scope, instance.id, failure)
  return noteCondition(scope, instance.id, (before) => {
    const isConnecting = before.status === 'connecting'
    if (!isConnecting && failure.reason !== 'provider_unreachable') return null
    const { reason, detail } = failure
    return { status: isConnecting ? 'failed' : before.status, reason, detail }
  })
}

const stopsNumber = ({ action, reason }: Failure) =>
  action === 'stop-channel' || reason === 'instance_disconnected'

/** Keeps how it is with a number, and tells when that is news. */
export async function noteCondition(
  scope: Scope,
  id: number,
  decide: (before: Instance) => (Condition & { phone?: string | null }) | null,
) {
  const before = await lockedInstance(scope, id)
  const now = before && decide(before)
  if (!before || !now) return
  const isNews = now.status !== before.status || now.reason !== before.status_reason
  const [row] = await scope.db
    .update(instances)
    .set({
      status: now.status,
      status_reason: now.reason,
      status_detail: now.detail,
      phone_number: now.phone ?? before.phone_number,
      ...(isNews ? { status_since: sql`now_ms()` } : {}),
    })
    .where(and(eq(instances.account_id, scope.accountId), eq(instances.id, id)))
    .returning()
  if (!isNews) return
  const previous = { status: before.status, status_reason: before.status_reason }
  const instance = shownInstance(row!)
  await record(scope, { type: 'instance.status', leadId: null, data: { instance }, previous })
}
