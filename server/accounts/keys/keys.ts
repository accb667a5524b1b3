import { and, asc, eq, sql } from 'drizzle-orm'
import { scopes as allScopes } from '#accounts/keys/scopes.ts'
import { apiKeys } from '#accounts/tables.ts'
import type { Handle } from '#platform/database.ts'
import { invalid, notFound } from '#platform/errors.ts'
import { inAccount, type Scope } from '#platform/scope.ts'
import { checksummedToken, hasValidChecksum, sha256 } from '#platform/secrets.ts'

const keyPrefix = 'crm_'
const randomLength = 40
const shownLength = 12

/** Could this be one of our keys? Says no to a mistyped one without asking the database. */
export const looksLikeKey = (key: string) =>
  key.startsWith(keyPrefix) && key.length <= 200 && hasValidChecksum(key)

export type NewKey = { name: string; scopes?: string[]; expiresAt?: Date | null; rateLimit?: number }

/** The whole key is in this answer only; what is stored is its SHA-256. */
export async function createKey(scope: Scope, { name, scopes, expiresAt = null, rateLimit = 60 }: NewKey) {
  const hasUnknown = scopes?.some((each) => !(allScopes as readonly string[]).includes(each))
  if (hasUnknown) throw invalid({ scopes: [`The selected scopes is invalid.`] })
  const key = checksummedToken(keyPrefix, randomLength)
  const [row] = await scope.db
    .insert(apiKeys)
    .values({
      account_id: scope.accountId,
      name,
      prefix: key.slice(0, shownLength),
      hash: sha256(key),
      scopes: scopes?.length ? [...new Set(scopes)] : [...allScopes],
      rate_limit: rateLimit,
      expires_at: expiresAt,
    })
    .returning(shownColumns)
  return { ...row!, key }
}

export const listKeys = (scope: Scope) =>
  scope.db
    .select(shownColumns)
    .from(apiKeys)
    .where(eq(apiKeys.account_id, scope.accountId))
    .orderBy(asc(apiKeys.id))

/** Cuts access from the very next request, on every process. Revoking twice is once. */
export async function revokeKey(scope: Scope, id: number) {
  const [row] = await scope.db
    .update(apiKeys)
    .set({ revoked_at: sql`coalesce(${apiKeys.revoked_at}, now_ms())` })
    .where(and(eq(apiKeys.account_id, scope.accountId), eq(apiKeys.id, id)))
    .returning(shownColumns)
  if (!row) throw notFound('key')
  return row
}

/** The operator names a key by its id alone. */
export async function revokeKeyAnywhere(db: Handle, id: number) {
  const { rows } = await db.execute<{ account_id: number }>(sql`-- across accounts: the command line
    select account_id from api_keys where id = ${id}`)
  if (!rows[0]) throw notFound('key')
  return inAccount(db, rows[0].account_id, { type: 'system', id: null, name: 'command line' }, (scope) =>
    revokeKey(scope, id),
  )
}

/** What a key may do now; null when it is no longer good, or its account is not. */
export async function scopesOfKey(db: Handle, accountId: number, id: number): Promise<string[] | null> {
  const { rows } = await db.execute<{ scopes: string[] }>(sql`
    select k.scopes from api_keys k join accounts a on a.id = k.account_id
    where k.account_id = ${accountId} and k.id = ${id} and a.status = 'active'
      and k.revoked_at is null and coalesce(k.expires_at > now(), true)`)
  return rows[0]?.scopes ?? null
}

const shownColumns = {
  id: apiKeys.id,
  name: apiKeys.name,
  prefix: apiKeys.prefix,
  scopes: apiKeys.scopes,
  rate_limit: apiKeys.rate_limit,
  created_at: apiKeys.created_at,
  expires_at: apiKeys.expires_at,
  revoked_at: apiKeys.revoked_at,
  last_used_at: apiKeys.last_used_at,
}
