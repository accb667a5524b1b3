import type { Handle } from '#platform/database.ts'

/** Who did it: written beside everything that happens. */
export type Actor = { type: 'key' | 'user' | 'system'; id: number | null; name: string }

/** One account, one actor, one handle: the only way to reach an account's data. */
export type Scope = { accountId: number; actor: Actor; db: Handle; requestId: string | null }

/** Runs `work` in one transaction of the account: its writes and their consequences commit together. */
export function inTransaction<T>(scope: Scope, work: (scope: Scope) => Promise<T>): Promise<T> {
  return scope.db.transaction((db) => work({ ...scope, db }))
}

/** A scope for work that no request asked for: jobs, the command line, the demo. */
export function inAccount<T>(
  db: Handle,
  accountId: number,
  actor: Actor,
  work: (scope: Scope) => Promise<T>,
): Promise<T> {
  return inTransaction({ accountId, actor, db, requestId: null }, work)
}
