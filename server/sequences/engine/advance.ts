import { sql } from 'drizzle-orm'
import { type Account, findAccount } from '#accounts/accounts.ts'
import { leadsById } from '#leads/queries.ts'
import type { Lead } from '#leads/schema.ts'
import { later, nextOpening } from '#platform/calendar.ts'
import type { Handle } from '#platform/database.ts'
import { inAccount, type Scope } from '#platform/scope.ts'
import { onItsClock } from '#sequences/clock.ts'
import { type Doing, doStep, type Result, type Send } from '#sequences/engine/effects.ts'
import { forgetOwnMove, forgetTooLate, hear, takeSignals } from '#sequences/engine/hearing.ts'
import { note } from '#sequences/engine/history.ts'
import { laterTry } from '#sequences/engine/patience.ts'
import type { SequenceRow } from '#sequences/queries.ts'
import { leadOf } from '#sequences/runs/actions.ts'
import { changeRun, dueAt, endRuns, isMessage } from '#sequences/runs/rows.ts'
import type { Step } from '#sequences/schema.ts'
import type { RunRow } from '#sequences/tables.ts'

export type Taken = { accountId: number; id: number; sequence: string }
type At = { run: RunRow; sequence: SequenceRow; steps: Step[]; step: Step; account: Account; now: Date }

/** Lets a run hear what happened, or else do the one step that is due: all of it in one transaction.
 *
 * False when somebody else is at this run or its lead just now: it is found again at the next look.
 */
export function advance(
  db: Handle,
  taken: Taken,
  { now, send }: { now: Date; send: Send },
): Promise<boolean> {
  const actor = { type: 'system' as const, id: null, name: taken.sequence }
  return inAccount(db, taken.accountId, actor, async (scope) => {
    const at = await holdRun(scope, taken.id, now)
    if (!at) {
      await forgetTooLate(scope, taken.id)
      return false
    }
    // What happens to a lead waits for whoever holds it: from here on nothing is missed.
    const lead = await holdLead(scope, at.run.lead_id)
    if (lead === 'busy') return false
    const kinds = await takeSignals(scope, taken.id)
    return kinds.length > 0 ? listen(scope, at, kinds) : step(scope, { ...at, lead }, send)
  })
}

async function holdRun(scope: Scope, id: number, now: Date): Promise<At | null> {
  const { rows } = await scope.db.execute<{ run: RunRow; sequence: SequenceRow; steps: Step[] }>(sql`
    select to_jsonb(r) as run, to_jsonb(s) as sequence, v.steps
    from sequence_runs r
    join sequences s on s.account_id = ${scope.accountId} and s.id = r.sequence_id
    join sequence_versions v on v.account_id = ${scope.accountId} and v.sequence_id = s.id and v.version = r.version
    where r.account_id = ${scope.accountId} and r.id = ${id} and r.status = 'active'
    for no key update of r skip locked`)
  const [found] = rows
  if (!found) return null
  const run = withDates(found.run, ['due_at', 'waiting_since', 'replied_at', 'started_at', 'finished_at'])
  const sequence = withDates(found.sequence, ['paused_at'])
  const step = found.steps.find((each) => each.id === run.step_id)!
  return { run, sequence, steps: found.steps, step, account: await findAccount(scope), now }
}

/** What came as JSON tells instants as text. */
function withDates<T extends object>(row: T, names: (keyof T)[]): T {
  const dates = names.map((name) => [name, row[name] ? new Date(row[name] as string) : null])
  return { ...row, ...Object.fromEntries(dates) }
}

async function listen(scope: Scope, at: At, kinds: string[]): Promise<true> {
  const { run, sequence, step, now } = at
  const { hasReplied, next } = hear(kinds, at)
  if (hasReplied) {
    const replied = { is_answered: true, replied_at: run.replied_at ?? now }
    await changeRun(scope, run.id, replied)
    Object.assign(run, replied)
  }
  if (next === 'try now') await changeRun(scope, run.id, { due_at: onItsClock(sequence, now, now) })
  if (next === 'branch') await answered(scope, at, step)
  if (typeof next === 'object') await end(scope, at, next.end)
  return true
}

async function step(scope: Scope, at: At & { lead: Lead | null }, send: Send): Promise<boolean> {
  const { run, sequence, step, lead, account, now } = at
  if (sequence.status !== 'active' || account.status !== 'active') return false
  if (run.due_at! > onItsClock(sequence, now, now)) return false
  if (lead === null) return end(scope, at, 'deleted')
  if (step.type === 'wait_reply') return wait(scope, at)
  if (run.waiting_for === null && (await isDone(scope, at))) return goOn(scope, at, 'next')
  const opening = isMessage(step) ? nextOpening(now, sequence.sending_hours, account.time_zone) : now
  if (opening > now) return sleepUntil(scope, at, opening)
  const doing: Doing = { run, sequence, step, lead, account, now, send }
  const result = await doStep(scope, doing)
  if (step.type === 'move_stage') await forgetOwnMove(scope, run.id)
  return finishStep(scope, at, result)
}

/** The lead, held; a step never waits for it while it holds its run. */
async function holdLead(scope: Scope, id: number): Promise<Lead | null | 'busy'> {
  const { rows } = await scope.db.execute<{ is_held: boolean }>(sql`
    with held as (
      select id from leads where account_id = ${scope.accountId} and id = ${id} for no key update skip locked
    )
    select exists (select 1 from held) as is_held
    from leads where account_id = ${scope.accountId} and id = ${id}`)
  if (!rows[0]) return null
  return rows[0].is_held ? ((await leadsById(scope, [id]))[0] ?? null) : 'busy'
}

/** Only after its steps were put in another order does a run meet one again. What only waited is yet to be done. */
async function isDone(scope: Scope, { run, step }: At): Promise<boolean> {
  const { rows } = await scope.db.execute(sql`
    select 1 from sequence_run_steps
    where account_id = ${scope.accountId} and run_id = ${run.id} and step_id = ${step.id}
      and (outcome <> 'waiting' or type = 'webhook')`)
  return rows.length > 0
}

async function wait(scope: Scope, at: At): Promise<true> {
  const { run, sequence, step, account, now } = at
  if (run.is_answered) return answered(scope, at, step)
  const entry = { step_id: step.id, type: step.type, at: now }
  if (run.waiting_for === 'reply') {
    await note(scope, at, { ...entry, outcome: 'timed_out' })
    return goOn(scope, at, step.on_timeout ?? 'next')
  }
  await note(scope, at, { ...entry, outcome: 'waiting', reason: 'reply' })
  const until = later(now, step.timeout, account.time_zone)
  const [waiting_since, due_at] = [onItsClock(sequence, now, now), onItsClock(sequence, until, now)]
  await changeRun(scope, run.id, { waiting_for: 'reply', waiting_since, due_at, failures: 0 })
  return true
}

async function answered(scope: Scope, at: At, step: Step): Promise<true> {
  await note(scope, at, { step_id: step.id, type: step.type, outcome: 'replied', at: at.now })
  // One reply answers one wait.
  at.run.is_answered = false
  return goOn(scope, at, step.on_reply ?? 'next')
}

async function sleepUntil(scope: Scope, { run, sequence, now }: At, until: Date): Promise<true> {
  await changeRun(scope, run.id, { due_at: onItsClock(sequence, until, now) })
  return true
}

async function finishStep(scope: Scope, at: At, result: Result): Promise<true> {
  const { run, step, now } = at
  const { outcome, reason, detail, messageId, ends } = result
  const entry = { step_id: step.id, type: step.type, reason, detail, message_id: messageId, at: now }
  const patience = outcome === 'waiting' && step.type !== 'webhook' ? laterTry(at, reason!) : null
  if (patience) {
    if (run.waiting_for !== patience.waiting_for) await note(scope, at, { ...entry, outcome })
    await changeRun(scope, run.id, { ...patience, failures: 0 })
    return true
  }
  const isGivenUp = outcome === 'waiting' && step.type !== 'webhook'
  await note(scope, at, { ...entry, outcome: isGivenUp ? 'skipped' : outcome })
  if (ends) return end(scope, at, ends)
  if (outcome === 'sent') run.is_answered = false
  return goOn(scope, at, 'next')
}

/** On to the next step, to a later one, or to the end. */
async function goOn(scope: Scope, at: At, target: string): Promise<true> {
  const { run, sequence, steps, step, account, now } = at
  const next = target === 'next' ? steps[steps.indexOf(step) + 1] : steps.find(({ id }) => id === target)
  if (!next || target === 'end') return end(scope, at, 'done')
  await changeRun(scope, run.id, {
    step_id: next.id,
    due_at: onItsClock(sequence, dueAt({ sequence, zone: account.time_zone, now }, next), now),
    waiting_for: null,
    waiting_since: null,
    is_answered: run.is_answered,
    failures: 0,
  })
  return true
}

async function end(scope: Scope, { run, sequence, now }: At, status: RunRow['status']): Promise<true> {
  const lead = await leadOf(scope, run.lead_id)
  await endRuns(scope, { sequence, runs: [run], status, now }, lead ? [lead] : [])
  return true
}
