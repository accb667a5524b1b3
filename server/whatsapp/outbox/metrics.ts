import { sql } from 'drizzle-orm'
import { Gauge, type Metric } from 'prom-client'
import type { Handle } from '#platform/database.ts'

/** What an operator watches: how much waits to be sent, since when, and of how much nobody knows. */
export function outboxMetrics(db: Handle): Metric[] {
  const seconds = new Gauge({
    name: 'funil_whatsapp_oldest_unsent_seconds',
    help: 'How long the oldest message that could be sent now has been due.',
    registers: [],
  })
  const waiting = new Gauge({
    name: 'funil_whatsapp_outbox',
    help: 'Messages that are not sent, of all processes. Those held wait for a number that is down or at its limit.',
    labelNames: ['state'],
    registers: [],
    async collect() {
      const { due, later, held, sending, oldest_due } = await outboxOf(db)
      waiting.set({ state: 'due' }, due)
      waiting.set({ state: 'later' }, later)
      waiting.set({ state: 'held' }, held)
      waiting.set({ state: 'sending' }, sending)
      seconds.set(oldest_due)
    },
  })
  // The depth first: it fills in the age too.
  return [waiting, seconds]
}

const stuckSeconds = 60

/** Why messages do not go out, if they do not. */
export async function explainOutbox(db: Handle): Promise<{ ok: boolean; what: string }[]> {
  const { due, later, held, sending, oldest_due } = await outboxOf(db)
  if (due + later + held + sending === 0)
    return [{ ok: true, what: 'WhatsApp: no message waits to be sent.' }]
  const isStuck = due > 0 && oldest_due > stuckSeconds
  const advice = `the oldest for ${Math.round(oldest_due)} seconds. Is a worker running? Start one: bin/funil serve --role worker`
  const findings = [
    {
      ok: !isStuck,
      what: isStuck
        ? `WhatsApp: ${due} messages are due, ${advice}`
        : `WhatsApp: ${due} messages due now, ${sending} being sent, ${later} wait their turn.`,
    },
  ]
  if (held > 0) {
    const what = `WhatsApp: ${held} messages wait for numbers that are not connected or must pause; after a day they fail.`
    findings.push({ ok: true, what })
  }
  return findings
}

type Outbox = { due: number; later: number; held: number; sending: number; oldest_due: number }

/** In a conversation they go one after another, so only the first of it is due. */
async function outboxOf(db: Handle): Promise<Outbox> {
  const { rows } = await db.execute<Outbox>(sql`-- across accounts: messages are sent for all
    with waiting as (
      select m.send_after, m.sending_since is not null as is_sending,
        i.status = 'connected' and i.removed_at is null and coalesce(i.paused_until <= now(), true) as can_send,
        m.id = min(m.id) over (partition by m.account_id, m.conversation_id) as is_first
      from messages m join instances i on i.account_id = m.account_id and i.id = m.instance_id
      where m.send_after is not null)
    select
      count(*) filter (where is_sending) as sending,
      count(*) filter (where not is_sending and not can_send) as held,
      count(*) filter (where not is_sending and can_send and is_first and send_after <= now()) as due,
      count(*) filter (where not is_sending and can_send and not (is_first and send_after <= now())) as later,
      coalesce(extract(epoch from now() - min(send_after)
        filter (where not is_sending and can_send and is_first and send_after <= now())), 0)::float8 as oldest_due
    from waiting`)
  return rows[0]!
}
