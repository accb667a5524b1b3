import { sql } from 'drizzle-orm'
import type { Scope } from '#platform/scope.ts'
import type { Step } from '#sequences/schema.ts'

/** However many there are, no statement lasts so long that it is cut off. */
const atOnce = 20_000

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
    with move as (
      select * from jsonb_to_recordset(${JSON.stringify(moves)}::jsonb)
        as move (version integer, "from" text, "to" text, stays boolean)
    ), moving as (
      select r.id, move."to", move.stays from sequence_runs r
      join move on move.version = r.version and move."from" = r.step_id
      where r.account_id = ${scope.accountId} and r.sequence_id = ${sequenceId} and r.status = 'active'
      limit ${atOnce} for no key update of r
    )
    update sequence_runs r set version = ${version}, step_id = moving."to",
      waiting_for = case when moving.stays then r.waiting_for end,
      waiting_since = case when moving.stays then r.waiting_since end
    from moving where r.account_id = ${scope.accountId} and r.id = moving.id`)
  return rowCount! > 0
}

function stillThere(ahead: Step[], steps: Step[]): Step | undefined {
  const kept = ahead.find(({ id }) => steps.some((step) => step.id === id))
  return steps.find(({ id }) => id === kept?.id)
}

const isSame = (before: Step, now: Step) => before.id === now.id && before.type === now.type
