import { sql } from 'drizzle-orm'
import type { Handle } from '#platform/database.ts'
import type { Outbound } from '#platform/outbound.ts'
import { inAccount, type Scope } from '#platform/scope.ts'
import { note } from '#sequences/engine/history.ts'
import { findSequenceName } from '#sequences/queries.ts'
import { findRunRow } from '#sequences/runs/queries.ts'
import type { StepReason } from '#sequences/states.ts'

const atOnce = 20
/** Longer than a call may take: whoever has it by then is dead. */
const leaseMs = 60_000
const minuteMs = 60_000
const waitsMs = [1, 5, 30, 2 * 60, 6 * 60, 24 * 60].map((minutes) => minutes * minuteMs)

type Call = {
  account_id: number
  id: number
  run_id: number
  step_id: string
  url: string
  body: string
  tries: number
}

/** Makes the calls that are due. Each has the same `webhook-id` at every try, so a receiver can tell. */
export async function makeCalls(db: Handle, outbound: Outbound, now: Date): Promise<number> {
  const calls = await takeCalls(db, now)
  await Promise.all(
    calls.map(async (call) => {
      const reason = await failureOf(call, outbound)
      const actor = { type: 'system' as const, id: null, name: 'sequences' }
      await inAccount(db, call.account_id, actor, (scope) => settle(scope, call, reason, now))
    }),
  )
  return calls.length
}

async function takeCalls(db: Handle, now: Date): Promise<Call[]> {
  const { rows } = await db.execute<Call>(sql`-- across accounts: sequences are run for all
    update sequence_calls set tries = tries + 1, due_at = ${new Date(now.getTime() + leaseMs).toISOString()}
    where (account_id, id) in (
      select account_id, id from sequence_calls where due_at <= ${now.toISOString()}::timestamptz
      order by due_at limit ${atOnce} for update skip locked)
    returning account_id, id, run_id, step_id, url, body, tries`)
  return rows
}

/** Why it failed; null when it was answered with a 2xx. */
async function failureOf(
  { url, body, run_id, step_id }: Call,
  outbound: Outbound,
): Promise<StepReason | null> {
  const headers = {
    'content-type': 'application/json',
    'user-agent': 'Funil-Sequences/1',
    'webhook-id': `run-${run_id}-${step_id}`,
  }
  try {
    const { status } = await outbound.post(url, headers, body)
    return status >= 200 && status < 300 ? null : `HTTP ${status}`
  } catch {
    return 'no_answer'
  }
}

async function settle(scope: Scope, call: Call, reason: StepReason | null, now: Date) {
  const wait = reason === null ? undefined : waitsMs[call.tries - 1]
  if (wait !== undefined) {
    const due_at = new Date(now.getTime() + wait).toISOString()
    await scope.db.execute(sql`
      update sequence_calls set due_at = ${due_at} where account_id = ${scope.accountId} and id = ${call.id}`)
    return
  }
  const { rowCount } = await scope.db.execute(sql`
    delete from sequence_calls where account_id = ${scope.accountId} and id = ${call.id}`)
  if (!rowCount) return
  const run = await findRunRow(scope, call.run_id)
  const sequence = { id: run.sequence_id, name: await findSequenceName(scope, run.sequence_id) }
  const outcome = reason === null ? 'done' : 'failed'
  await note(scope, { run, sequence }, { step_id: call.step_id, type: 'webhook', outcome, reason, at: now })
}
