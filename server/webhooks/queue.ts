import { sql } from 'drizzle-orm'
import { Counter, Gauge, type Metric } from 'prom-client'
import type { Handle } from '#platform/database.ts'
import type { Result } from '#webhooks/attempt.ts'

/** What an operator watches: how much waits, since when, and how attempts end. */
export function deliveryMetrics(db: Handle): { metrics: Metric[]; count(result: Result): void } {
  const attempts = new Counter({
    name: 'funil_webhook_attempts_total',
    help: 'Attempts to deliver, by this process.',
    registers: [],
  })
  const failures = new Counter({
    name: 'funil_webhook_failures_total',
    help: 'Attempts that failed, by this process.',
    registers: [],
  })
  const seconds = new Gauge({
    name: 'funil_webhook_oldest_undelivered_seconds',
    help: 'How long the oldest delivery of a subscription that is on has been waiting.',
    registers: [],
  })
  const depth = new Gauge({
    name: 'funil_webhook_queue',
    help: 'Deliveries that are not done, of all processes.',
    labelNames: ['state'],
    registers: [],
    async collect() {
      const { due, later, held, oldest } = await queueOf(db)
      depth.set({ state: 'due' }, due)
      depth.set({ state: 'later' }, later)
      depth.set({ state: 'switched off' }, held)
      seconds.set(oldest)
    },
  })
  return {
    // The depth first: it fills in the age too.
    metrics: [depth, seconds, attempts, failures] as Metric[],
    count({ status }) {
      attempts.inc()
      if (status !== 'delivered') failures.inc()
    },
  }
}

const stuckSeconds = 60

export type Explained = { ok: boolean; what: string }

/** Why deliveries are late, if they are, and whose fault it is. */
export async function explainQueue(db: Handle): Promise<Explained[]> {
  const { due, later, held, oldest_due, workers } = await queueOf(db)
  const total = due + later + held
  if (total === 0) return [{ ok: true, what: 'Webhooks: nothing waits.' }]
  const findings: Explained[] = []
  if (due > 0 && workers === 0) {
    const what = `Webhooks: ${due} deliveries are due, and no worker runs. Start one: bin/funil serve --role worker`
    findings.push({ ok: false, what })
  } else if (due > 0 && oldest_due > stuckSeconds) {
    const what = `Webhooks: ${due} deliveries are due, the oldest for ${age(oldest_due)}. A receiver is slow, or the workers are too few.`
    findings.push({ ok: false, what })
  } else findings.push({ ok: true, what: `Webhooks: ${due} due now, ${later} wait for their next attempt.` })
  if (held > 0) {
    findings.push({ ok: true, what: `Webhooks: ${held} wait for subscriptions that are switched off.` })
  }
  return [...findings, ...(await failing(db))]
}

async function failing(db: Handle): Promise<Explained[]> {
  const { rows } = await db.execute<{
    account_id: number
    id: number
    failure_count: number
    is_active: boolean
    last_failure_reason: string
  }>(sql`-- across accounts: deliveries are made for all
    select account_id, id, failure_count, is_active, last_failure_reason from webhooks
    where failure_count > 0 order by failure_count desc, id limit 5`)
  return rows.map(({ account_id, id, failure_count, is_active, last_failure_reason }) => ({
    ok: true,
    what: `Webhook ${id} of account ${account_id}${is_active ? '' : ', switched off'}: ${failure_count} failures in a row; the last: ${last_failure_reason}`,
  }))
}

type Queue = { due: number; later: number; held: number; oldest: number; oldest_due: number; workers: number }

async function queueOf(db: Handle): Promise<Queue> {
  const { rows } = await db.execute<Queue>(sql`-- across accounts: deliveries are made for all
    select
      count(*) filter (where w.is_active and d.due_at <= now()) as due,
      count(*) filter (where w.is_active and d.due_at > now()) as later,
      count(*) filter (where not w.is_active) as held,
      coalesce(extract(epoch from now() - min(d.created_at) filter (where w.is_active)), 0)::float8 as oldest,
      coalesce(extract(epoch from now() - min(d.due_at) filter (where w.is_active)), 0)::float8 as oldest_due,
      (select count(*) from pg_stat_activity
        where datname = current_database() and application_name = 'funil deliveries') as workers
    from webhook_deliveries d join webhooks w on w.account_id = d.account_id and w.id = d.webhook_id
    where d.due_at is not null`)
  const { oldest, oldest_due, ...counts } = rows[0]!
  return { ...counts, oldest: Math.max(oldest, 0), oldest_due: Math.max(oldest_due, 0) }
}

const age = (seconds: number) =>
  seconds < 3600 ? `${Math.round(seconds / 60)} minutes` : `${Math.round(seconds / 3600)} hours`
