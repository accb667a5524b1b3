import { and, asc, eq, lte, sql } from 'drizzle-orm'
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

type Outcome = { isWaiting: boolean; trouble: unknown }
/** After so many tries, for six hours, it is kept for somebody to look at. */
const mostTries = 12

/** Read, or to be read again: soon where it only waits, ever later where it fails. */
export async function finishHook(scope: Scope, { id, tries }: Hook, { isWaiting, trouble }: Outcome) {
  const isAgain = trouble ? tries + 1 < mostTries : isWaiting
  const waitSeconds = trouble ? Math.min(4 ** tries, 3600) : Math.min(2 ** tries, 128)
  await scope.db
    .update(whatsappHooks)
    .set({
      tries: tries + 1,
      trouble: trouble ? troubleOf(trouble) : null,
      due_at: isAgain ? sql`now_ms() + ${waitSeconds} * interval '1 second'` : null,
    })
    .where(and(eq(whatsappHooks.account_id, scope.accountId), eq(whatsappHooks.id, id)))
}

/** What went wrong, without what the statement held: that is people's. */
function troubleOf(error: unknown): string {
  const { cause, name, message } = error as Error & { cause?: { code?: string; message?: string } }
  const shown = cause?.message ? `${cause.code ?? ''} ${cause.message}` : `${name}: ${message}`
  return shown.trim().slice(0, 500)
}
