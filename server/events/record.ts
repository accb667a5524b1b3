import type { Catalog, EventType } from '#events/catalog.ts'
import { events } from '#events/tables.ts'
import type { Scope } from '#platform/scope.ts'

export type Happening<T extends EventType = EventType> = {
  [K in T]: { type: K; leadId: number | null; data: Catalog[K]; previous?: Record<string, unknown> }
}[T]

/** Writes down what happened, in the transaction that made it true, and gives the events' ids.
 *
 * The timeline is simply this table; and in the same statement the database queues each event for the webhooks
 * that want it (migrations/0008_webhooks.sql).
 */
export async function record(scope: Scope, ...happenings: Happening[]): Promise<number[]> {
  if (happenings.length === 0) return []
  const rows = await scope.db
    .insert(events)
    .values(
      happenings.map(({ type, leadId, data, previous = null }) => ({
        account_id: scope.accountId,
        type,
        lead_id: leadId,
        actor: scope.actor,
        data,
        previous,
        request_id: scope.requestId,
      })),
    )
    .returning({ id: events.id })
  return rows.map(({ id }) => id)
}
