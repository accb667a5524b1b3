import { and, eq, sql } from 'drizzle-orm'
import type { Belonging } from '#leads/identity/belongings.ts'
import { leadsById } from '#leads/queries.ts'
import type { Scope } from '#platform/scope.ts'
import { endRuns } from '#sequences/runs/rows.ts'
import { sequenceRuns, sequences } from '#sequences/tables.ts'

/** A merge carries runs to the survivor; of two in one sequence the survivor's goes on, the other ends. */
export const runsOfLead: Belonging = {
  name: 'sequence_runs',
  async move(scope, from, to) {
    await endDoubles(scope, { from, to, now: new Date() })
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

async function endDoubles(scope: Scope, { from, to, now }: { from: number; to: number; now: Date }) {
  const doubles = await scope.db
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
        sql`exists (
          select 1 from sequence_runs other
          where other.account_id = ${scope.accountId} and other.sequence_id = ${sequenceRuns.sequence_id}
            and other.lead_id = ${to} and other.status = 'active')`,
      ),
    )
    .for('no key update', { of: sequenceRuns })
  const leads = await leadsById(scope, [from])
  for (const { run, sequence } of doubles) {
    await endRuns(scope, { sequence, runs: [run], status: 'merged', now }, leads)
  }
}
