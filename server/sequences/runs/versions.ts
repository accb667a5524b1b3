import { sql } from 'drizzle-orm'
import type { Scope } from '#platform/scope.ts'
import type { Step } from '#sequences/schema.ts'

/** Runs of older versions go on in the new one: at their step, or at the next of theirs that is still there.
 *
 * One of which no later step is left finishes what it began. When it is due does not change.
 */
export async function moveRuns(scope: Scope, sequenceId: number, version: number, steps: Step[]) {
  const { rows: before } = await scope.db.execute<{ version: number; steps: Step[] }>(sql`
    select version, steps from sequence_versions v
    where account_id = ${scope.accountId} and sequence_id = ${sequenceId} and version <> ${version}
      and exists (
        select 1 from sequence_runs r where r.account_id = ${scope.accountId} and r.sequence_id = ${sequenceId}
          and r.version = v.version and r.status = 'active')`)
  const moves = before.flatMap((each) =>
    each.steps.flatMap((step, index) => {
      const to = stillThere(each.steps.slice(index), steps)
      return to ? [{ version: each.version, from: step.id, to: to.id, stays: isSame(step, to) }] : []
    }),
  )
  // A run in the middle of a step stands elsewhere by the time that it can be had.
  while (await moveSome(scope, sequenceId, version, moves)) {}
}

type Move = { version: number; from: string; to: string; stays: boolean }

async function moveSome(scope: Scope, sequenceId: number, version: number, moves: Move[]): Promise<boolean> {
  const { rowCount } = await scope.db.execute(sql`
    update sequence_runs r set version = ${version}, step_id = move."to",
      waiting_for = case when move.stays then r.waiting_for end,
      waiting_since = case when move.stays then r.waiting_since end
    from jsonb_to_recordset(${JSON.stringify(moves)}::jsonb)
      as move (version integer, "from" text, "to" text, stays boolean)
    where r.account_id = ${scope.accountId} and r.sequence_id = ${sequenceId} and r.status = 'active'
      and r.version = move.version and r.step_id = move."from"`)
  return rowCount! > 0
}

function stillThere(ahead: Step[], steps: Step[]): Step | undefined {
  const kept = ahead.find(({ id }) => steps.some((step) => step.id === id))
  return steps.find(({ id }) => id === kept?.id)
}

const isSame = (before: Step, now: Step) => before.id === now.id && before.type === now.type
