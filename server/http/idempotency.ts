import { hash } from 'node:crypto'
import { sql } from 'drizzle-orm'
import type { FastifyRequest } from 'fastify'
import { Failed, failures } from '#http/failures.ts'
import type { Handle } from '#platform/database.ts'
import { invalid } from '#platform/errors.ts'
import type { Route } from '#platform/route.ts'
import { inTransaction, type Scope } from '#platform/scope.ts'

export type Kept = { status: number; payload: string }

/** Longer than any provider is waited for. */
const longestPendingSeconds = 60
export type Claim = { key: string; route: string; fingerprint: string }

const longestKey = 255
const field = 'Idempotency-Key'

/** What the request is known by when it comes again, or null when it does not ask for that. */
export function claimOf(route: Route, request: FastifyRequest): Claim | null {
  const header = request.headers['idempotency-key']
  if (header === undefined || route.method === 'GET' || route.showsSecret) return null
  const key = unquoted(String(header).trim())
  if (key === '') throw invalid({ [field]: [`The ${field} field is required.`] })
  if (key.length > longestKey)
    throw invalid({ [field]: [`The ${field} field must not be greater than ${longestKey} characters.`] })
  return { key, route: `${route.method} ${route.path}`, fingerprint: fingerprintOf(request) }
}

// RFC 8941 writes it as a quoted string; most clients do not. Both mean the same key.
const unquoted = (text: string) =>
  /^".*"$/s.test(text) && text.length > 1 ? text.slice(1, -1).replace(/\\(["\\])/g, '$1') : text

function fingerprintOf({ method, url, body }: FastifyRequest) {
  const [path, query = ''] = url.split('?', 2)
  const sorted = JSON.stringify(body ?? null, (_, value) =>
    value && typeof value === 'object' && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  )
  return hash('sha256', JSON.stringify([method, path!.replace(/\/+$/, ''), query, sorted]), 'hex')
}

/** Takes the key for this transaction, or gives the answer that an earlier one left.
 *
 * The lock ends with the transaction, so the key of a process that died is free at once; the row commits together
 * with what was done, so nobody ever sees a key without its answer.
 */
export async function takeOrRecall(scope: Scope, claim: Claim): Promise<Kept | null> {
  const { key, route, fingerprint } = claim
  const taken = await scope.db.execute(sql`
    insert into idempotency_keys (account_id, key, route, fingerprint)
    select ${scope.accountId}::bigint, ${key}::text, ${route}::text, decode(${fingerprint}::text, 'hex')
    where pg_try_advisory_xact_lock(hashtextextended(concat_ws(' ', 'idempotency', ${scope.accountId}::bigint, ${route}::text, ${key}::text), 0))
    on conflict (account_id, key, route) do update
      set fingerprint = excluded.fingerprint, status = null, answer = null, pending_until = null, created_at = now_ms()
      where idempotency_keys.created_at < now() - interval '24 hours'
    returning 1`)
  return taken.rowCount === 1 ? null : recall(scope, claim)
}

async function recall(scope: Scope, { key, route, fingerprint }: Claim): Promise<Kept> {
  const { rows } = await scope.db.execute<{
    fingerprint: string
    status: number
    answer: string
    is_pending: boolean | null
  }>(sql`
    select encode(fingerprint, 'hex') as fingerprint, status, answer, pending_until > now() as is_pending
    from idempotency_keys
    where account_id = ${scope.accountId} and key = ${key} and route = ${route}
      and created_at >= now() - interval '24 hours'`)
  const [known] = rows
  if (!known) throw new Failed(failures.stillRunning())
  if (known.fingerprint !== fingerprint) throw new Failed(failures.keyReused())
  if (known.is_pending) throw new Failed(failures.stillRunning())
  return { status: known.status, payload: known.answer }
}

/** Leaves the answer for whoever asks again, in the transaction that took the key.
 *
 * A pending one is the answer only if no other has come by the time that the work must be over.
 */
export async function keep(
  scope: Scope,
  { key, route }: Claim,
  { status, payload }: Kept,
  { isPending = false } = {},
) {
  const seconds = isPending ? longestPendingSeconds : null
  await scope.db.execute(sql`
    update idempotency_keys set status = ${status}, answer = ${payload},
      pending_until = now() + ${seconds}::int * interval '1 second'
    where account_id = ${scope.accountId} and key = ${key} and route = ${route}`)
}

/** A rule's no undid its transaction: it is kept by one of its own, unless somebody else has the key by now. */
export async function keepRefusal(scope: Scope, claim: Claim, refusal: Kept) {
  try {
    await inTransaction(scope, async (within) => {
      if (!(await takeOrRecall(within, claim))) await keep(within, claim, refusal)
    })
  } catch (error) {
    if (!(error instanceof Failed)) throw error
  }
}

const forgottenAtOnce = 5_000

/** Forgets what is older than a day, a few thousand at a time so that nobody waits. */
export async function forgetIdempotencyKeys(db: Handle) {
  for (;;) {
    const { rowCount } = await db.execute(sql`-- across accounts: housekeeping
      delete from idempotency_keys where ctid = any (array(
        select ctid from idempotency_keys where created_at < now() - interval '24 hours'
        order by created_at limit ${forgottenAtOnce} for update skip locked
      ))`)
    if ((rowCount ?? 0) < forgottenAtOnce) return
  }
}
