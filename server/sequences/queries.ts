import { and, asc, count, eq, gt, inArray, ne, sql } from 'drizzle-orm'
import { invalid, notFound, selectedInvalid } from '#platform/errors.ts'
import {
  decodeCursor,
  encodeCursor,
  type Meta,
  metaOf,
  offsetOf,
  type PageQuery,
  perPageOf,
} from '#platform/pages.ts'
import type { Scope } from '#platform/scope.ts'
import type { Counts, Sequence, Step } from '#sequences/schema.ts'
import { runStatuses } from '#sequences/states.ts'
import { sequenceCounts, sequences, sequenceVersions } from '#sequences/tables.ts'

export type SequenceRow = typeof sequences.$inferSelect

const there = (scope: Scope, id?: number) =>
  and(
    eq(sequences.account_id, scope.accountId),
    ne(sequences.status, 'deleted'),
    id === undefined ? undefined : eq(sequences.id, id),
  )

export async function findSequenceRow(scope: Scope, id: number): Promise<SequenceRow> {
  const [row] = await scope.db.select().from(sequences).where(there(scope, id))
  if (!row) throw notFound('sequence')
  return row
}

/** The sequence, held until the transaction ends. */
export async function lockSequence(scope: Scope, id: number): Promise<SequenceRow> {
  const [row] = await scope.db.select().from(sequences).where(there(scope, id)).for('no key update')
  if (!row) throw notFound('sequence')
  return row
}

export async function countSequences(scope: Scope): Promise<number> {
  const [row] = await scope.db.select({ total: count() }).from(sequences).where(there(scope))
  return row!.total
}

export async function findSequence(scope: Scope, id: number): Promise<Sequence> {
  const [sequence] = await shown(scope, [await findSequenceRow(scope, id)])
  return sequence!
}

/** One page of sequences, oldest first. */
export async function listSequences(
  scope: Scope,
  query: PageQuery,
): Promise<{ data: Sequence[]; meta: Meta }> {
  const position = positionIn(query)
  const rows = await scope.db
    .select()
    .from(sequences)
    .where(and(there(scope), position ? gt(sequences.id, position.id) : undefined))
    .orderBy(asc(sequences.id))
    .limit(perPageOf(query) + 1)
    .offset(position ? 0 : offsetOf(query))
  return pageOf(query, { found: await shown(scope, rows), position, total: await countSequences(scope) })
}

type Position = { id: number; page: number }

/** Where a list goes on that is paged by cursor; null when it is paged by number. */
export const positionIn = ({ cursor }: PageQuery) => (cursor === undefined ? null : positionOf(cursor))

/** One page, of which one more was looked for than it holds. */
export function pageOf<T extends { id: number }>(
  query: PageQuery,
  { found, position, total }: { found: T[]; position: Position | null; total: number },
): { data: T[]; meta: Meta } {
  const data = found.slice(0, perPageOf(query))
  if (!position) return { data, meta: metaOf(query, total) }
  const has_more = found.length > data.length
  const next = has_more ? { id: data.at(-1)!.id, page: position.page + 1 } : null
  const meta = metaOf({ ...query, page: position.page }, total)
  return { data, meta: { ...meta, has_more, next_cursor: next && encodeCursor(next) } }
}

function positionOf(cursor: string): Position {
  if (cursor === '') return { id: 0, page: 1 }
  const held = decodeCursor(cursor)
  if (![held?.id, held?.page].every(Number.isSafeInteger)) {
    throw invalid({ cursor: [selectedInvalid('cursor')] })
  }
  return held as Position
}

async function shown(scope: Scope, rows: SequenceRow[]): Promise<Sequence[]> {
  if (rows.length === 0) return []
  const ids = rows.map(({ id }) => id)
  const steps = await currentSteps(scope, ids)
  const counts = await countsOf(scope, ids)
  return rows.map(({ account_id: _, paused_ms: __, ...row }) => ({
    ...row,
    status: row.status as Sequence['status'],
    steps: steps.get(row.id)!,
    runs: counts(row.id),
  }))
}

async function currentSteps(scope: Scope, ids: number[]): Promise<Map<number, Step[]>> {
  const rows = await scope.db
    .select({ id: sequences.id, steps: sequenceVersions.steps })
    .from(sequences)
    .innerJoin(
      sequenceVersions,
      and(
        eq(sequenceVersions.account_id, sequences.account_id),
        eq(sequenceVersions.sequence_id, sequences.id),
        eq(sequenceVersions.version, sequences.version),
      ),
    )
    .where(and(eq(sequences.account_id, scope.accountId), inArray(sequences.id, ids)))
  return new Map(rows.map(({ id, steps }) => [id, steps]))
}

async function countsOf(scope: Scope, ids: number[]): Promise<(id: number) => Counts> {
  const rows = await scope.db
    .select({ id: sequenceCounts.sequence_id, status: sequenceCounts.status, runs: sequenceCounts.runs })
    .from(sequenceCounts)
    .where(and(eq(sequenceCounts.account_id, scope.accountId), inArray(sequenceCounts.sequence_id, ids)))
  return (id) => {
    const of = (status: string) => rows.find((row) => row.id === id && row.status === status)?.runs ?? 0
    const finished = Object.fromEntries(runStatuses.slice(1).map((status) => [status, of(status)]))
    const total = runStatuses.reduce((sum, status) => sum + of(status), 0)
    const replied = of('answered')
    const reply_rate = total === 0 ? 0 : Math.round((replied / total) * 10_000) / 10_000
    return { active: of('active'), finished: finished as Counts['finished'], replied, reply_rate }
  }
}

/** The steps of one version, which never change. */
export async function stepsOf(scope: Scope, id: number, version: number): Promise<Step[]> {
  const { rows } = await scope.db.execute<{ steps: Step[] }>(sql`
    select steps from sequence_versions
    where account_id = ${scope.accountId} and sequence_id = ${id} and version = ${version}`)
  return rows[0]!.steps
}

/** Also of one that was deleted. */
export async function findSequenceName(scope: Scope, id: number): Promise<string> {
  const [row] = await scope.db
    .select({ name: sequences.name })
    .from(sequences)
    .where(and(eq(sequences.account_id, scope.accountId), eq(sequences.id, id)))
  if (!row) throw notFound('sequence')
  return row.name
}
