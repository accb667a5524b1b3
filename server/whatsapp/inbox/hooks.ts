import { sql } from 'drizzle-orm'
import type { Scope } from '#platform/scope.ts'

/** Keeps what a provider told this number, as it came, to be read at once or at `dueAt`. */
export async function storeHook(scope: Scope, instanceId: number, body: Buffer, dueAt: Date | null = null) {
  await scope.db.execute(sql`
    insert into whatsapp_hooks (account_id, instance_id, body, due_at)
    values (${scope.accountId}, ${instanceId}, ${body}, coalesce(${dueAt?.toISOString() ?? null}::timestamptz, now_ms()))`)
}
