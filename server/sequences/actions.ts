import { isDeepStrictEqual } from 'node:util'
import { and, eq, sql } from 'drizzle-orm'
import { ensureWithinPlan, findAccount } from '#accounts/accounts.ts'
import { endOf } from '#platform/calendar.ts'
import { invalid } from '#platform/errors.ts'
import type { Operator } from '#platform/route.ts'
import type { Scope } from '#platform/scope.ts'
import { countSequences, findSequence, lockSequence, stepsOf } from '#sequences/queries.ts'
import { moveRuns } from '#sequences/runs/versions.ts'
import type { NewSequence, SendingHours, Sequence, SequenceChanges, Step } from '#sequences/schema.ts'
import { readSteps } from '#sequences/steps.ts'
import { sequences, sequenceVersions } from '#sequences/tables.ts'

export async function createSequence(
  scope: Scope,
  operator: Pick<Operator, 'allowPrivateWebhooks'>,
  { steps: given, ...settings }: NewSequence,
): Promise<Sequence> {
  ensureHours(settings.sending_hours)
  const steps = await readSteps(scope, operator, given)
  await ensureWithinPlan(scope, await findAccount(scope), 'sequences', 1, () => countSequences(scope))
  const [row] = await scope.db
    .insert(sequences)
    .values({ ...settings, account_id: scope.accountId })
    .returning({ id: sequences.id })
  await keepVersion(scope, row!.id, 1, steps)
  return findSequence(scope, row!.id)
}

/** Settings hold at once, for all runs; steps are a new version, for those that begin. */
export async function changeSequence(
  scope: Scope,
  operator: Pick<Operator, 'allowPrivateWebhooks'>,
  id: number,
  { steps: given, apply_to_runs = 'finish', ...settings }: SequenceChanges,
): Promise<Sequence> {
  ensureHours(settings.sending_hours)
  const before = await lockSequence(scope, id)
  const steps = given ? await readSteps(scope, operator, given) : null
  const isNew = steps && !isDeepStrictEqual(steps, await stepsOf(scope, id, before.version))
  const version = isNew ? before.version + 1 : before.version
  if (isNew) await keepVersion(scope, id, version, steps)
  await scope.db
    .update(sequences)
    .set({ ...settings, version })
    .where(and(eq(sequences.account_id, scope.accountId), eq(sequences.id, id)))
  if (steps && apply_to_runs === 'move') await moveRuns(scope, id, version, steps)
  return findSequence(scope, id)
}

/** Its runs stand still where they are; what their leads do is still heard. */
export async function pauseSequence(scope: Scope, id: number, now: Date): Promise<Sequence> {
  const { status } = await lockSequence(scope, id)
  if (status === 'active') await setStatus(scope, id, { status: 'paused', paused_at: now })
  return findSequence(scope, id)
}

/** Its runs go on where they were: what was due in two days when it was paused is due in two days. */
export async function resumeSequence(scope: Scope, id: number, now: Date): Promise<Sequence> {
  const { status, paused_at, paused_ms } = await lockSequence(scope, id)
  if (status === 'paused') {
    const stoodMs = Math.max(now.getTime() - paused_at!.getTime(), 0)
    await setStatus(scope, id, { status: 'active', paused_at: null, paused_ms: paused_ms + stoodMs })
  }
  return findSequence(scope, id)
}

/** Nobody sees it any more; its runs are stopped in the background. */
export async function deleteSequence(scope: Scope, id: number): Promise<void> {
  await lockSequence(scope, id)
  await setStatus(scope, id, { status: 'deleted', paused_at: null })
  await scope.db.execute(sql`
    update sequence_enrollments set status = 'failed', failure = 'deleted', finished_at = now_ms()
    where account_id = ${scope.accountId} and sequence_id = ${id} and status = 'running'`)
}

const setStatus = (scope: Scope, id: number, changes: Partial<typeof sequences.$inferInsert>) =>
  scope.db
    .update(sequences)
    .set(changes)
    .where(and(eq(sequences.account_id, scope.accountId), eq(sequences.id, id)))

const keepVersion = (scope: Scope, id: number, version: number, steps: Step[]) =>
  scope.db.insert(sequenceVersions).values({ account_id: scope.accountId, sequence_id: id, version, steps })

function ensureHours(hours: SendingHours | null | undefined) {
  if (hours && hours.from >= endOf(hours))
    throw invalid({ 'sending_hours.to': ['The sending hours.to field must be a time after from.'] })
}
