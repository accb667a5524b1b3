import { sql } from 'drizzle-orm'
import type { Scope } from '#platform/scope.ts'

const fieldsLock = 4_216_003

/** Whoever writes values holds the account's definitions still; many may at once. */
export const holdDefinitions = (scope: Scope) =>
  scope.db.execute(
    sql`select pg_advisory_xact_lock_shared(${fieldsLock}, hashint8(${scope.accountId}::bigint))`,
  )

/** Whoever changes a definition waits for the writers, and they for it. */
export const lockDefinitions = (scope: Scope) =>
  scope.db.execute(sql`select pg_advisory_xact_lock(${fieldsLock}, hashint8(${scope.accountId}::bigint))`)
