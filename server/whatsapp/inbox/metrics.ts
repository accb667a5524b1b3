import { sql } from 'drizzle-orm'
import { Counter, Gauge, type Metric } from 'prom-client'
import type { Handle } from '#platform/database.ts'

/** What an operator watches: what comes in, what it is, what waits, and what could not be understood. */
export function inboxMetrics(db: Handle) {
  const hooks = new Counter({
    name: 'funil_whatsapp_hooks_total',
    help: 'Webhooks of WhatsApp’s providers, by this process: stored, or refused without a valid signature.',
    labelNames: ['provider', 'outcome'],
    registers: [],
  })
  const heard = new Counter({
    name: 'funil_whatsapp_heard_total',
    help: 'What they told, each thing once, by this process; groups and stories are ignored.',
    labelNames: ['what'],
    registers: [],
  })
  const waiting = new Gauge({
    name: 'funil_whatsapp_hooks',
    help: 'Webhooks that are not read, of all processes. Those in trouble were given up.',
    labelNames: ['state'],
    registers: [],
    async collect() {
      const { due, later, troubled } = await hooksOf(db)
      waiting.set({ state: 'due' }, due)
      waiting.set({ state: 'later' }, later)
      waiting.set({ state: 'trouble' }, troubled)
    },
  })
  return {
    metrics: [hooks, heard, waiting] as Metric[],
    countHook: (provider: string, outcome: string) => hooks.inc({ provider, outcome }),
    countHeard: (what: string) => heard.inc({ what }),
  }
}

const stuckSeconds = 60

/** Why messages are late, if they are, and what could not be read. */
export async function explainInbox(db: Handle): Promise<{ ok: boolean; what: string }[]> {
  const { due, later, troubled, oldest_due } = await hooksOf(db)
  const findings = [{ ok: true, what: `WhatsApp: ${due} webhooks due now, ${later} wait to be read again.` }]
  if (due > 0 && oldest_due > stuckSeconds) {
    const what = `WhatsApp: ${due} webhooks are not read, the oldest for ${Math.round(oldest_due)} seconds. Is a worker running? Start one: bin/funil serve --role worker`
    findings[0] = { ok: false, what }
  }
  if (troubled === 0) return findings
  const { rows } = await db.execute<{
    account_id: number
    id: number
    trouble: string
  }>(sql`-- across accounts: hooks are read for all
    select account_id, id, trouble from whatsapp_hooks where due_at is null and trouble is not null
    order by id desc limit 5`)
  const last = rows.map(({ account_id, id, trouble }) => ({
    ok: false,
    what: `WhatsApp webhook ${id} of account ${account_id} was given up: ${trouble}`,
  }))
  return [...findings, ...last]
}

type Waiting = { due: number; later: number; troubled: number; oldest_due: number }

async function hooksOf(db: Handle): Promise<Waiting> {
  const { rows } = await db.execute<Waiting>(sql`-- across accounts: hooks are read for all
    select
      count(*) filter (where due_at <= now()) as due,
      count(*) filter (where due_at > now()) as later,
      count(*) filter (where due_at is null) as troubled,
      coalesce(extract(epoch from now() - min(due_at) filter (where due_at <= now())), 0)::float8 as oldest_due
    from whatsapp_hooks where due_at is not null or (due_at is null and trouble is not null)`)
  return rows[0]!
}
