import { sql } from 'drizzle-orm'
import { messagesById } from '#conversations/queries.ts'
import { record } from '#events/record.ts'
import type { Database } from '#platform/database.ts'
import { type Files, WrongFile } from '#platform/files.ts'
import { type Actor, inAccount, type Scope } from '#platform/scope.ts'
import type { Written } from '#platform/shelf.ts'
import { startWatch, type Watch } from '#platform/watch.ts'
import { channelOf, type Outside } from '#whatsapp/channels.ts'
import { instanceById } from '#whatsapp/instances/queries.ts'
import { noteChannelFailure } from '#whatsapp/instances/state.ts'
import { MediaTooLarge } from '#whatsapp/media.ts'
import type { Media } from '#whatsapp/provider.ts'
import { type Failure, failed } from '#whatsapp/reasons.ts'

export type MediaOptions = {
  database: Database
  outside: Omit<Outside, 'db'>
  files: Files
  onTrouble: (error: unknown) => void
  afterWrite?: () => void
}
type Due = {
  account_id: number
  message_id: number
  instance_id: number
  source: Media
  storage_key: string
  tries: number
}
type Fetched = { written: Written; mimeType: string | null } | { failure: Failure }

const actor: Actor = { type: 'system', id: null, name: 'WhatsApp' }
const atOnce = 12
/** What is called an image may as well come as a document, so one limit holds for all: the largest that Meta passes on. */
const longestBytes = 100 * 1024 * 1024
// Longer than any fetch may take: whoever began it has died.
const leaseMinutes = 10
// Meta forgets after seven days; not every refusal is final, because addresses go stale.
const mostDays = 7
const mostRefusals = 6
const longestWaitSeconds = 6 * 60 * 60

/** Fetches what is due, a few at a time, beside any number of other processes; what failed goes after what is new. */
export function startMedia(options: MediaOptions): Watch {
  const { database, onTrouble, afterWrite = () => {} } = options
  const running = new Set<Promise<void>>()
  const watch = startWatch(database.pool, {
    onTrouble,
    async look() {
      for (const due of await takeDue(database, atOnce - running.size)) {
        const work = fetchOne(options, due)
          .catch(onTrouble)
          .finally(() => running.delete(work))
          // Also the sign that there is room for another.
          .then(afterWrite)
        running.add(work)
      }
      return false
    },
  })
  return {
    async stop() {
      await watch.stop()
      await Promise.all(running)
    },
  }
}

async function takeDue({ db }: Database, room: number): Promise<Due[]> {
  if (room <= 0) return []
  const { rows } = await db.execute<Due>(sql`
    -- across accounts: media is fetched for all
    update message_media m set tries = m.tries + 1, due_at = now() + ${leaseMinutes}::int * interval '1 minute'
    from messages
    where messages.account_id = m.account_id and messages.id = m.message_id and (m.account_id, m.message_id) in (
      select account_id, message_id from message_media where due_at <= now()
      order by tries, due_at limit ${room} for update skip locked)
    returning m.account_id, m.message_id, messages.instance_id, m.source, m.storage_key, m.tries`)
  return rows
}

async function fetchOne(options: MediaOptions, due: Due) {
  const { db } = options.database
  const fetched = await fetchFile(options, due)
  await inAccount(db, due.account_id, actor, async (within) => {
    if ('written' in fetched) return noteKept(within, due, fetched)
    await noteChannelFailure(within, due.instance_id, fetched.failure)
    await noteFailure(within, due, fetched.failure)
  })
}

async function fetchFile({ database, outside, files, onTrouble }: MediaOptions, due: Due): Promise<Fetched> {
  const { db } = database
  const scope: Scope = { accountId: due.account_id, actor, db, requestId: null }
  const instance = await instanceById(scope, due.instance_id)
  const opened = await channelOf(instance!, { ...outside, db }).openMedia(due.source, longestBytes)
  if ('failure' in opened) return opened
  const { bytes, sha256, mime_type } = opened.found
  try {
    return { written: await files.put(due.storage_key, bytes, sha256), mimeType: mime_type }
  } catch (error) {
    const detail = (error as Error).message
    if (error instanceof MediaTooLarge) return { failure: failed('media_refused', { detail }) }
    // Cut off on the way, or no room here: both pass, but of one the operator must hear.
    if (!(error instanceof WrongFile)) onTrouble(error)
    return { failure: failed('provider_unreachable', { detail }) }
  }
}

async function noteKept(
  scope: Scope,
  { message_id }: Due,
  { written, mimeType }: Extract<Fetched, { written: Written }>,
) {
  await scope.db.execute(sql`
    update message_media set state = 'kept', due_at = null, problem = null,
      mime_type = coalesce(${mimeType}::text, mime_type), size_bytes = ${written.size_bytes}, sha256 = ${written.sha256}
    where account_id = ${scope.accountId} and message_id = ${message_id} and state = 'waiting'`)
  await tell(scope, message_id)
}

async function noteFailure(scope: Scope, { message_id, tries }: Due, failure: Failure) {
  const mayPass = failure.retryable || failure.action === 'stop-channel'
  const isFinal = failure.reason === 'media_refused' || (!mayPass && tries >= mostRefusals)
  const waitSeconds = Math.min(2 ** (2 * tries - 1), longestWaitSeconds)
  const isAgain = sql`(not ${isFinal} and created_at > now() - ${mostDays}::int * interval '1 day')`
  const { rows } = await scope.db.execute<{ state: string }>(sql`
    update message_media set
      state = case when ${isAgain} then 'waiting' else 'failed' end,
      due_at = case when ${isAgain} then now() + ${waitSeconds}::int * interval '1 second' end,
      problem = case when ${isAgain} then null else ${failure.message} end
    where account_id = ${scope.accountId} and message_id = ${message_id} and state = 'waiting'
    returning state`)
  if (rows[0]?.state === 'failed') await tell(scope, message_id)
}

/** The message shows its file now, or why there is none; it may have gone meanwhile. */
async function tell(scope: Scope, messageId: number) {
  const [message] = await messagesById(scope, [messageId])
  if (message) await record(scope, { type: 'message.updated', leadId: message.lead_id, data: { message } })
}
