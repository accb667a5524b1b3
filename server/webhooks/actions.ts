import { and, eq, sql } from 'drizzle-orm'
import { ensureWithinPlan, findAccount } from '#accounts/accounts.ts'
import { record } from '#events/record.ts'
import { invalid } from '#platform/errors.ts'
import { isPlainlyPrivate } from '#platform/outbound.ts'
import type { Operator } from '#platform/route.ts'
import type { Scope } from '#platform/scope.ts'
import { countWebhooks, findDelivery, findWebhook, lockWebhook } from '#webhooks/queries.ts'
import type { Delivery, NewWebhook, WebhookChanges } from '#webhooks/schema.ts'
import { vaultOf } from '#webhooks/secrets.ts'
import { isUsableSecret, newSecret } from '#webhooks/sign.ts'
import { webhookDeliveries, webhooks } from '#webhooks/tables.ts'

/** The secret is in this answer only; what is stored is encrypted. */
export async function createWebhook(
  scope: Scope,
  operator: Operator,
  { target_url, events, source = 'api', secret: given }: NewWebhook,
) {
  ensureReachable(operator, 'target_url', target_url)
  if (given && !isUsableSecret(given)) throw invalid({ secret: ['The secret field format is invalid.'] })
  await ensureWithinPlan(scope, await findAccount(scope), 'webhooks', 1, () => countWebhooks(scope))
  const secret = given ?? newSecret()
  const [row] = await scope.db
    .insert(webhooks)
    .values({
      account_id: scope.accountId,
      target_url,
      events: [...new Set(events)],
      source,
      secret: vaultOf(operator).seal(secret, scope.accountId),
    })
    .returning({ id: webhooks.id, events: webhooks.events })
  return { ...row!, secret }
}

export async function changeWebhook(scope: Scope, operator: Operator, id: number, input: WebhookChanges) {
  const { target_url = input.url, events, is_active } = input
  if (target_url) ensureReachable(operator, input.target_url ? 'target_url' : 'url', target_url)
  const before = await lockWebhook(scope, id)
  const isBack = is_active === true && !before.is_active
  await scope.db
    .update(webhooks)
    .set({
      target_url: target_url ?? before.target_url,
      events: events ? [...new Set(events)] : before.events,
      is_active: is_active ?? before.is_active,
      ...(isBack ? { failure_count: 0, failing_since: null, disabled_reason: null } : {}),
    })
    .where(and(eq(webhooks.account_id, scope.accountId), eq(webhooks.id, id)))
  return findWebhook(scope, id)
}

export async function deleteWebhook(scope: Scope, id: number) {
  await lockWebhook(scope, id)
  await scope.db.delete(webhooks).where(and(eq(webhooks.account_id, scope.accountId), eq(webhooks.id, id)))
}

/** A new secret; for a day the old one signs beside it, so that the receiver can change over in peace. */
export async function rotateSecret(scope: Scope, operator: Operator, id: number) {
  const { secret: before } = await lockWebhook(scope, id)
  const secret = newSecret()
  const [row] = await scope.db
    .update(webhooks)
    .set({
      secret: vaultOf(operator).seal(secret, scope.accountId),
      previous_secret: before,
      previous_secret_until: sql`now_ms() + interval '24 hours'`,
    })
    .where(and(eq(webhooks.account_id, scope.accountId), eq(webhooks.id, id)))
    .returning({ previous_secret_until: webhooks.previous_secret_until })
  return { id, secret, previous_secret_until: row!.previous_secret_until! }
}

/** An event for this subscription alone, whatever it wants to hear of; it goes the way of all others. */
export async function sendTest(scope: Scope, id: number): Promise<Delivery> {
  const { target_url } = await lockWebhook(scope, id)
  const [eventId] = await record(scope, {
    type: 'webhook.test',
    leadId: null,
    data: { webhook: { id, target_url } },
  })
  const [row] = await scope.db
    .insert(webhookDeliveries)
    .values({ account_id: scope.accountId, webhook_id: id, event_id: eventId!, event: 'webhook.test' })
    .returning({ id: webhookDeliveries.id })
  return findDelivery(scope, id, row!.id)
}

function ensureReachable({ allowPrivateWebhooks }: Operator, field: string, address: string) {
  if (allowPrivateWebhooks) return
  const name = field.replaceAll('_', ' ')
  const { protocol, hostname } = new URL(address)
  if (protocol !== 'https:')
    throw invalid({ [field]: [`The ${name} field must start with one of the following: https://.`] })
  if (isPlainlyPrivate(hostname))
    throw invalid({ [field]: [`The ${name} field must be an address that everybody can reach.`] })
}
