import { sql } from 'drizzle-orm'
import type { Database, Handle } from '#platform/database.ts'
import type { Permission } from '#platform/route.ts'
import { startWatch, type Watch } from '#platform/watch.ts'
import { settledUntil } from '#platform/watermark.ts'

/** That something changed, and where: who wants to know more asks for it. */
export type Change = {
  id: number
  type: string
  lead_id: number | null
  stage_id?: number
  from_stage_id?: number
  task_id?: number
  conversation_id?: number
  message_id?: number
}
/** Everything that was stamped before `until` has been told. */
export type News = { changes: Change[]; until: string }
type Hear = (news: News) => void

// Whoever missed more than this reads everything again, which is less work for both.
const mostChanges = 500
const everything: Change = { id: 0, type: 'everything', lead_id: null }

/** Tells whoever listens what happens in their account: one look for all of this process, when the bell rings. */
export function createFeed({ pool, db }: Database, onTrouble: (error: unknown) => void) {
  const listeners = new Map<number, Set<Hear>>()
  let watch: Watch | null = null
  let since = ''
  let told = new Set<number>()

  /** From what was open at the look before: a commit that came late is seen now, and what was told is left out. */
  async function look() {
    const accountIds = [...listeners.keys()]
    if (accountIds.length === 0) return false
    const until = await settledUntil(db)
    const limit = mostChanges * accountIds.length
    const rows = await changesSince(db, accountIds, since, limit)
    const fresh = Map.groupBy(
      rows.filter(({ id }) => !told.has(id)),
      (row) => row.account_id,
    )
    told = new Set(rows.filter(({ at }) => at >= until).map(({ id }) => id))
    since = until
    for (const accountId of accountIds) {
      const changes = rows.length >= limit ? [everything] : shown(fresh.get(accountId) ?? [])
      const news = { changes, until }
      for (const hear of listeners.get(accountId) ?? []) hear(news)
    }
    return false
  }

  return {
    /** Hears from now on, and first what it missed since `after`; gives the way to stop. */
    async listen(accountId: number, hear: Hear, after?: string): Promise<() => void> {
      const until = await settledUntil(db)
      if (listeners.size === 0) since = until
      const here = listeners.get(accountId) ?? new Set()
      listeners.set(accountId, here.add(hear))
      watch ??= startWatch(pool, { look, onTrouble })
      const missed = after ? await changesSince(db, [accountId], after, mostChanges) : []
      hear({ changes: shown(missed), until })
      return () => {
        here.delete(hear)
        if (here.size === 0 && listeners.get(accountId) === here) listeners.delete(accountId)
      }
    },
    listening: (accountId: number) => listeners.get(accountId)?.size ?? 0,
    close: async () => watch?.stop(),
  }
}
export type Feed = ReturnType<typeof createFeed>

/** What one must be allowed to read to be told that it changed. */
export const readerOf = (type: string): Permission => {
  const noun = type.split('.', 1)[0]!
  return permissions[noun] ?? 'events:read'
}
const permissions: Record<string, Permission> = {
  lead: 'leads:read',
  task: 'tasks:read',
  message: 'whatsapp:read',
  conversation: 'whatsapp:read',
  instance: 'whatsapp:read',
  template: 'whatsapp:read',
  sequence: 'sequences:read',
  webhook: 'webhooks:read',
}

type Row = Change & { account_id: number; at: string }

async function changesSince(db: Handle, accountIds: number[], since: string, limit: number) {
  const { rows } = await db.execute<Row>(sql`
    -- across accounts: panels are told for all
    select account_id, id, type, lead_id,
      to_char(occurred_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at,
      coalesce(data -> 'to' ->> 'id', data -> 'lead' ->> 'stage_id')::bigint as stage_id,
      (data -> 'from' ->> 'id')::bigint as from_stage_id,
      (data -> 'task' ->> 'id')::bigint as task_id,
      coalesce(data -> 'message' ->> 'conversation_id', data -> 'conversation' ->> 'id')::bigint as conversation_id,
      (data -> 'message' ->> 'id')::bigint as message_id
    from events
    where account_id = any (${sql.param(accountIds)}::bigint[]) and occurred_at >= ${since}::timestamptz
    order by occurred_at, id limit ${limit}`)
  return rows
}

function shown(rows: Row[]): Change[] {
  if (rows.length >= mostChanges) return [everything]
  return rows.map(({ account_id: _, at: __, ...change }) => {
    const known = Object.entries(change).filter(([key, value]) => value !== null || key === 'lead_id')
    return Object.fromEntries(known) as Change
  })
}
