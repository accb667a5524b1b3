import { sql } from 'drizzle-orm'
import { record } from '#events/record.ts'
import type { Handle } from '#platform/database.ts'
import { type Actor, inAccount, type Scope } from '#platform/scope.ts'
import type { Result } from '#webhooks/attempt.ts'
import { failingForMs } from '#webhooks/schedule.ts'

export type Subscription = { accountId: number; id: number }

const deliverer: Actor = { type: 'system', id: null, name: 'webhooks' }
const keptAttempts = 20

/** Writes what became of these attempts, and what it says of their subscription. */
export async function writeResults(db: Handle, { accountId, id }: Subscription, results: Result[]) {
  // A failure may switch it off: the two commit together. Successes need no transaction of their own.
  if (results.every(({ status }) => status === 'delivered'))
    return write({ accountId, actor: deliverer, db, requestId: null }, id, results)
  await inAccount(db, accountId, deliverer, (scope) => write(scope, id, results))
}

async function write(scope: Scope, id: number, results: Result[]) {
  const { accountId, db } = scope
  const written = results.map(({ id, status, wait_ms, attempt }) => ({ id, status, wait_ms, attempt }))
  const wins = results.filter(({ status }) => status === 'delivered').length
  const lastFailure = results.findLast(({ reason }) => reason !== null)
  const failures = results.length - wins
  const { rows } = await db.execute<{ is_active: boolean; target_url: string; failing_for: number }>(sql`
    with written as (
      update webhook_deliveries d set
        status = r.status,
        due_at = case when r.status = 'pending' then now_ms() + r.wait_ms * interval '1 millisecond' end,
        tries = d.tries + 1,
        attempts = case when jsonb_array_length(d.attempts) < ${keptAttempts} then d.attempts else d.attempts - 0 end
          || jsonb_build_array(r.attempt)
      from jsonb_to_recordset(${JSON.stringify(written)}::jsonb)
        as r (id bigint, status text, wait_ms bigint, attempt jsonb)
      where d.account_id = ${accountId} and d.webhook_id = ${id} and d.id = r.id
    )
    update webhooks w set
      failure_count = case when ${wins}::int > 0 then 0 else w.failure_count + ${failures}::int end,
      failing_since = case when ${wins}::int > 0 then null else coalesce(w.failing_since, now_ms()) end,
      last_success_at = case when ${wins}::int > 0 then now_ms() else w.last_success_at end,
      last_failure_at = case when ${failures}::int > 0 then now_ms() else w.last_failure_at end,
      last_failure_reason = coalesce(${lastFailure?.reason ?? null}::text, w.last_failure_reason)
    where w.account_id = ${accountId} and w.id = ${id}
    returning w.is_active, w.target_url,
      coalesce(extract(epoch from now_ms() - w.failing_since) * 1000, 0)::float8 as failing_for`)
  const [webhook] = rows
  if (!webhook?.is_active) return
  const reason = results.some(({ isGone }) => isGone)
    ? 'The receiver answered that it is gone for good.'
    : webhook.failing_for >= failingForMs
      ? `Nothing but failures for five days; the last: ${lastFailure?.reason}`
      : null
  if (reason) await switchOff(scope, id, reason)
}

/** Nothing more goes there until somebody switches it on again; what waits is kept. */
async function switchOff(scope: Scope, id: number, reason: string) {
  const { rows } = await scope.db.execute<{ target_url: string }>(sql`
    update webhooks set is_active = false, disabled_reason = ${reason}
    where account_id = ${scope.accountId} and id = ${id} and is_active
    returning target_url`)
  if (!rows[0]) return
  const { target_url } = rows[0]
  await record(scope, {
    type: 'webhook.disabled',
    leadId: null,
    data: { webhook: { id, target_url }, reason },
  })
}
