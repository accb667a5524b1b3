import { and, asc, eq, inArray, lte, type SQL, sql } from 'drizzle-orm'
import { isPassing } from '#platform/passing.ts'
import type { Scope } from '#platform/scope.ts'
import { whatsappHooks } from '#whatsapp/tables.ts'

export type Hook = Pick<typeof whatsappHooks.$inferSelect, 'id' | 'body' | 'tries' | 'received_at'>

/** Keeps what a provider told this number, as it came, to be read at once or at `dueAt`. */
export async function storeHook(scope: Scope, instanceId: number, body: Buffer, dueAt: Date | null = null) {
  await scope.db.execute(sql`
    insert into whatsapp_hooks (account_id, instance_id, body, due_at)
    values (${scope.accountId}, ${instanceId}, ${body}, coalesce(${dueAt?.toISOString() ?? null}::timestamptz, now_ms()))`)
}

/** What was due first; of several at the same moment, what came first. */
export const hooksDue = (scope: Scope, instanceId: number, most: number): Promise<Hook[]> => {
  const { id, body, tries, received_at } = whatsappHooks
  return scope.db
    .select({ id, body, tries, received_at })
    .from(whatsappHooks)
    .where(
      and(
        eq(whatsappHooks.account_id, scope.accountId),
        eq(whatsappHooks.instance_id, instanceId),
        lte(whatsappHooks.due_at, sql`now()`),
      ),
    )
    .orderBy(asc(whatsappHooks.due_at), asc(whatsappHooks.id))
    .limit(most)
}

/** What came of looking at a hook. */
export type Looked = { hook: Hook; isWaiting: boolean; trouble: unknown }
/** After so many tries, for six hours, it is kept for somebody to look at. */
const mostTries = 12

/** Read, or to be read again. */
export async function finishHooks(scope: Scope, looked: Looked[]) {
  const [left, done] = [looked.filter(isLeft), looked.filter((each) => !isLeft(each))]
  const isRead = { tries: sql`${whatsappHooks.tries} + 1`, trouble: null, due_at: null }
  if (done.length > 0) await change(scope, done, isRead)
  for (const each of left) await change(scope, [each], again(each))
}

const isLeft = ({ isWaiting, trouble }: Looked) => isWaiting || trouble !== null

/** Soon where it only waits, ever later where it fails. */
function again({ hook: { tries }, trouble }: Looked): Change {
  if (trouble === null) return { tries: tries + 1, trouble, due_at: inSeconds(Math.min(2 ** tries, 128)) }
  const said = troubleOf(trouble)
  // A database in distress says nothing of the hook: each of its moments would soon make the message hours late.
  if (isPassing(trouble)) return { trouble: said, due_at: inSeconds(1) }
  const isOver = tries + 1 === mostTries
  return { tries: tries + 1, trouble: said, due_at: isOver ? null : inSeconds(Math.min(4 ** tries, 3600)) }
}

type Change = { tries?: number | SQL; trouble: string | null; due_at: SQL | null }

const change = (scope: Scope, looked: Looked[], values: Change) =>
  scope.db
    .update(whatsappHooks)
    .set(values)
    .where(
      and(
        eq(whatsappHooks.account_id, scope.accountId),
        inArray(
          whatsappHooks.id,
          looked.map(({ hook }) => hook.id),
        ),
      ),
    )

const inSeconds = (seconds: number) => sql`now_ms() + ${seconds} * interval '1 second'`

/** What went wrong, without what the statement held: that is people's. */
function troubleOf(error: unknown): string {
  const { cause, name, message } = error as Error & { cause?: { code?: string; message?: string } }
  const shown = cause?.message ? `${cause.code ?? ''} ${cause.message}` : `${name}: ${message}`
  return shown.trim().slice(0, 500)
}
