import type { Catalog, EventType } from '#events/catalog.ts'
import { events } from '#events/tables.ts'
import type { Scope } from '#platform/scope.ts'

export type Happening<T extends EventType = EventType> = {
  [K in T]: { type: K; leadId: number | null; data: Catalog[K]; previous?: Record<string, unknown> }
}[T]

/** Writes down what happened, in the transaction that made it true. The timeline is simply this table. */
export async function record(scope: Scope, ...happenings: Happening[]) {
  if (happenings.length === 0) return
  await scope.db.insert(events).values(
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
}
