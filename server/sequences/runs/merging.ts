import { and, eq, sql } from 'drizzle-orm'
import type { Belonging } from '#leads/identity/belongings.ts'
import { leadsById } from '#leads/queries.ts'
import type { Scope } from '#platform/scope.ts'
import { endRuns } from '#sequences/runs/rows.ts'
import { sequenceRuns, sequences } from '#sequences/tables.ts'

/** A merge carries runs to the survivor, unless that is in the same sequence, or already won, lost or archived. */
export const runsOfLead: Belonging = {
  name: 'sequence_runs',
  async move(scope, from, to) {
    await endMerged(scope, { from, to, now: new Date() })
    const { rows } = await scope.db.execute<{ id: number }>(sql`
      update sequence_runs set lead_id = ${to} where account_id = ${scope.accountId} and lead_id = ${from}
      returning id`)
    return rows.map(({ id }) => id)
  },
  giveBack: (scope, moved, from, to) =>
    scope.db.execute(sql`
      update sequence_runs set lead_id = ${to}
      where account_id = ${scope.accountId} and lead_id = ${from}
        and id = any (${sql.param(moved as number[])}::bigint[])`),
}

async function endMerged(scope: Scope, { from, to, now }: { from: number; to: number; now: Date }) {
  const both = await leadsById(scope, [from, to])
  const [lead, survivor] = [from, to].map((id) => both.find((each) => each.id === id)!)
  const isOver = survivor!.status !== 'open' && survivor!.status !== lead!.status
  const isDouble = sql`exists (
    select 1 from sequence_runs other
    where other.account_id = ${scope.accountId} and other.sequence_id = ${sequenceRuns.sequence_id}
      and other.lead_id = ${to} and other.status = 'active')`
  const ends = await scope.db
    .select({ run: sequenceRuns, sequence: { id: sequences.id, name: sequences.name } })
    .from(sequenceRuns)
    .innerJoin(
      sequences,
      and(eq(sequences.account_id, sequenceRuns.account_id), eq(sequences.id, sequenceRuns.sequence_id)),
    )
    .where(
      and(
        eq(sequenceRuns.account_id, scope.accountId),
        eq(sequenceRuns.lead_id, from),
        eq(sequenceRuns.status, 'active'),
        isOver ? undefined : isDouble,
      ),
    )
    .for('no key update', { of: sequenceRuns })
  for (const { run, sequence } of ends) {
    await endRuns(scope, { sequence, runs: [run], status: 'merged', now }, [lead!])
  }
}
