import type pg from 'pg'
import { sha256 } from '#platform/secrets.ts'

export type RateWindow = { limit: number; remaining: number; resetsInSeconds: number }
export type Verdict =
  | { outcome: 'unknown' | 'expired' | 'suspended' | 'forbidden' }
  | { outcome: 'limited'; window: RateWindow }
  | {
      outcome: 'passed'
      accountId: number
      keyId: number
      keyName: string
      scopes: string[]
      window: RateWindow
    }

type Asked = {
  hash: string
  permission: string
  settle: (verdict: Verdict) => void
  fail: (error: unknown) => void
}
type Known = {
  n: number
  account_id: number
  key_id: number
  name: string
  /** With spaces between: reading an array takes longer than all the rest of the row. */
  scopes: string
  expired: boolean
  status: string
  allowed: boolean
  quota: number
  used: number
  granted: number
  resets_in: number
}

/** Who is asking, may they, and is there room in their minute: one statement on the database's clock.
 *
 * Requests that arrive while a statement runs share the next one, so the cost for each falls as load rises,
 * and a revoked key is refused from the very next request on every process, since nothing is remembered.
 */
export function createGate(pool: pg.Pool) {
  const waiting: Asked[] = []
  let running = false

  async function run() {
    running = true
    while (waiting.length > 0) {
      const batch = waiting.splice(0, 500)
      await decide(pool, batch).catch((error) => {
        for (const asked of batch) asked.fail(error)
      })
    }
    running = false
  }

  return (key: string, permission: string) =>
    new Promise<Verdict>((settle, fail) => {
      waiting.push({ hash: sha256(key).toString('hex'), permission, settle, fail })
      // The next tick, so that requests of one turn of the event loop travel together.
      if (!running) {
        running = true
        setImmediate(run)
      }
    })
}

async function decide(pool: pg.Pool, batch: Asked[]) {
  const { rows } = await pool.query<Known>({
    name: 'authenticate',
    text: statement,
    values: [batch.map((asked) => asked.hash), batch.map((asked) => asked.permission)],
  })
  const byNumber = new Map(rows.map((row) => [row.n, row]))
  const taken = new Map<number, number>()
  for (const [index, asked] of batch.entries()) {
    asked.settle(verdictOn(byNumber.get(index + 1), taken))
  }
}

/** `taken` counts how many of this batch's requests each key has already used. */
function verdictOn(row: Known | undefined, taken: Map<number, number>): Verdict {
  if (!row) return { outcome: 'unknown' }
  if (row.expired) return { outcome: 'expired' }
  if (row.status !== 'active') return { outcome: 'suspended' }
  if (!row.allowed) return { outcome: 'forbidden' }
  const turn = (taken.get(row.key_id) ?? 0) + 1
  taken.set(row.key_id, turn)
  const passed = turn <= row.granted
  const remaining = passed ? row.quota - (row.used - row.granted + turn) : Math.max(row.quota - row.used, 0)
  const window = { limit: row.quota, remaining, resetsInSeconds: row.resets_in }
  if (!passed) return { outcome: 'limited', window }
  const { account_id: accountId, key_id: keyId, name: keyName } = row
  return { outcome: 'passed', accountId, keyId, keyName, scopes: row.scopes.split(' '), window }
}

// Checks in the contract's order: key, account, permission, rate; only what passes the first three counts.
// Windows are locked in key order, and the row itself says how many of this statement's requests it let through.
const statement = `-- across accounts: a key says which account it belongs to
with asked as (
  select n, decode(hash, 'hex') as hash, permission
  from unnest($1::text[], $2::text[]) with ordinality as a (hash, permission, n)
), known as (
  select asked.n, k.account_id, k.id as key_id, k.name, k.scopes, k.rate_limit, a.status,
    coalesce(k.expires_at <= now(), false) as expired,
    asked.permission = any (k.scopes) as allowed
  from asked
  join api_keys k on k.hash = asked.hash and k.revoked_at is null
  join accounts a on a.id = k.account_id
), hits as (
  select account_id, key_id, rate_limit, count(*)::int as hits from known
  where not expired and status = 'active' and allowed
  group by account_id, key_id, rate_limit
), windows as (
  insert into rate_windows as w (account_id, key_id, opened_at, quota, used, granted)
  select account_id, key_id, clock_timestamp(), rate_limit, least(hits, rate_limit), least(hits, rate_limit)
  from hits order by account_id, key_id
  on conflict (account_id, key_id) do update set
    quota = excluded.quota,
    opened_at = case when w.opened_at + interval '60 seconds' <= excluded.opened_at
      then excluded.opened_at else w.opened_at end,
    used = case when w.opened_at + interval '60 seconds' <= excluded.opened_at
      then excluded.used else w.used + least(excluded.used, greatest(excluded.quota - w.used, 0)) end,
    granted = case when w.opened_at + interval '60 seconds' <= excluded.opened_at
      then excluded.used else least(excluded.used, greatest(excluded.quota - w.used, 0)) end
  returning account_id, key_id, opened_at, quota, used, granted
), touched as (
  update api_keys k set last_used_at = now() from windows w
  where k.account_id = w.account_id and k.id = w.key_id and w.used = w.granted
)
select known.n::int, known.account_id, known.key_id, known.name, array_to_string(known.scopes, ' ') as scopes,
  known.expired, known.status, known.allowed, w.quota, w.used, w.granted,
  greatest(ceil(extract(epoch from w.opened_at + interval '60 seconds' - clock_timestamp())), 1)::int as resets_in
from known left join windows w on w.account_id = known.account_id and w.key_id = known.key_id
`
