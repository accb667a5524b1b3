import { and, asc, eq } from 'drizzle-orm'
import { messagesById } from '#conversations/queries.ts'
import { notFound } from '#platform/errors.ts'
import type { Scope } from '#platform/scope.ts'
import { stepsOf } from '#sequences/queries.ts'
import { shownRuns } from '#sequences/runs/queries.ts'
import type { RunStep, RunWithSteps, Sent } from '#sequences/schema.ts'
import { sequenceRunSteps, sequenceRuns } from '#sequences/tables.ts'

type Wanted = { id: number; sequenceId?: number; mayReadMessages: boolean }

/** A run with all that it did, oldest first, and the steps of its version. */
export async function findRun(
  scope: Scope,
  { id, sequenceId, mayReadMessages }: Wanted,
): Promise<RunWithSteps> {
  const [run] = await shownRuns(scope, eq(sequenceRuns.id, id))
  if (!run || (sequenceId && run.sequence_id !== sequenceId)) throw notFound('run')
  const version_steps = await stepsOf(scope, run.sequence_id, run.version)
  const done = await stepsDone(scope, id)
  const sent = mayReadMessages ? await messagesOf(scope, done) : new Map<number, Sent>()
  const order = version_steps.map((step) => step.id)
  const steps = done
    .toSorted(
      (a, b) => a.at.getTime() - b.at.getTime() || order.indexOf(a.step_id) - order.indexOf(b.step_id),
    )
    .map((step) => ({ ...step, message: sent.get(step.message_id ?? 0) ?? null }))
  return { ...run, steps, version_steps }
}

const stepsDone = (scope: Scope, runId: number): Promise<RunStep[]> =>
  scope.db
    .select({
      step_id: sequenceRunSteps.step_id,
      type: sequenceRunSteps.type,
      outcome: sequenceRunSteps.outcome,
      reason: sequenceRunSteps.reason,
      detail: sequenceRunSteps.detail,
      message_id: sequenceRunSteps.message_id,
      at: sequenceRunSteps.at,
    })
    .from(sequenceRunSteps)
    .where(and(eq(sequenceRunSteps.account_id, scope.accountId), eq(sequenceRunSteps.run_id, runId)))
    .orderBy(asc(sequenceRunSteps.at))

async function messagesOf(scope: Scope, steps: RunStep[]): Promise<Map<number, Sent>> {
  const ids = steps.flatMap(({ message_id }) => message_id ?? [])
  const found = await messagesById(scope, ids)
  return new Map(
    found.map(({ id, conversation_id, state, text, failure }) => [
      id,
      { id, conversation_id, state, text, failure },
    ]),
  )
}
