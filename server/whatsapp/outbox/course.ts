import { and, eq, ne, sql } from 'drizzle-orm'
import { findMessage, type MessageRow } from '#conversations/queries.ts'
import type { Message } from '#conversations/schema.ts'
import { type MessageFailure, messages } from '#conversations/tables.ts'
import { type Happening, record } from '#events/record.ts'
import type { Scope } from '#platform/scope.ts'
import { optOut } from '#whatsapp/inbox/opt-outs.ts'
import type { Pricing } from '#whatsapp/provider.ts'

/** The course of a message of ours. What was told once is never taken back: a later state stands higher.
 *
 * With several phones a message can be delivered after it failed; nothing fails that was delivered.
 */
export const rank = { received: 0, queued: 0, unknown: 1, sent: 2, failed: 3, delivered: 4, read: 5 } as const

export type Fact = {
  state: 'sent' | 'delivered' | 'read' | 'failed' | 'unknown'
  at: Date | null
  providerId: string | null
  failure?: MessageFailure | null
  isPlayed?: boolean
  pricing?: Pricing | null
}

/** Adds what is known now, records what came of it, and gives the message; null where nothing is new. */
export async function settle(scope: Scope, id: number, fact: Fact): Promise<Message | null> {
  const before = await lockMessage(scope, id)
  if (!before) return null
  const twin = fact.providerId === null ? null : await takeTwin(scope, before, fact.providerId)
  const after = { ...joined(before, twin), ...changesBy(joined(before, twin), fact) }
  const isSame = !twin && shownFields.every((field) => String(before[field]) === String(after[field]))
  if (isSame) return null
  await scope.db
    .update(messages)
    .set({ ...pick(after), ...(isWaiting(after) ? {} : { send_after: null, sending_since: null }) })
    .where(and(eq(messages.account_id, scope.accountId), eq(messages.id, id)))
  if (after.state === 'failed' && before.state !== 'failed') await heed(scope, before, after.failure)
  const message = await findMessage(scope, id)
  await record(scope, ...happenings(message, before, twin))
  return message
}

const shownFields = [
  'state',
  'provider_id',
  'failure',
  'pricing',
  'is_played',
  'sent_at',
  'delivered_at',
  'read_at',
  'failed_at',
] as const
type Course = Pick<MessageRow, (typeof shownFields)[number]>

const pick = (row: Course): Course =>
  Object.fromEntries(shownFields.map((field) => [field, row[field]])) as Course

const isWaiting = ({ state }: Course) => state === 'queued'

async function lockMessage(scope: Scope, id: number) {
  const [row] = await scope.db
    .select()
    .from(messages)
    .where(and(eq(messages.account_id, scope.accountId), eq(messages.id, id)))
    .for('update')
  return row
}

/** What this fact adds to what was known before it, in whatever order the two came. */
function changesBy(before: MessageRow, fact: Fact): Partial<Course> {
  const at = new Date(Math.max((fact.at ?? new Date()).getTime(), before.created_at.getTime()))
  const state = rank[fact.state] > rank[before.state] ? fact.state : before.state
  const reached = (least: 'sent' | 'delivered' | 'read') =>
    fact.state !== 'failed' && rank[fact.state] >= rank[least]
  return {
    state,
    provider_id: fact.providerId ?? before.provider_id,
    failure: failureAt(state, before, fact),
    pricing: fact.pricing ?? before.pricing,
    is_played: before.is_played || fact.isPlayed === true,
    sent_at: reached('sent') ? earlier(before.sent_at, at) : before.sent_at,
    delivered_at: reached('delivered') ? earlier(before.delivered_at, at) : before.delivered_at,
    read_at: reached('read') ? earlier(before.read_at, at) : before.read_at,
    failed_at:
      state !== 'failed' ? null : fact.state === 'failed' ? earlier(before.failed_at, at) : before.failed_at,
  }
}

const earlier = (known: Date | null, at: Date) => (known && known < at ? known : at)

function failureAt(state: MessageRow['state'], before: MessageRow, fact: Fact) {
  if (state !== 'failed' && state !== 'unknown' && state !== 'queued') return null
  return state === before.state ? before.failure : (fact.failure ?? null)
}

/** An echo or a status may have been kept as a message of its own before the answer came: the two are one. */
async function takeTwin(scope: Scope, { id, instance_id, provider_id }: MessageRow, providerId: string) {
  if (provider_id === providerId) return null
  const [twin] = await scope.db
    .delete(messages)
    .where(
      and(
        eq(messages.account_id, scope.accountId),
        eq(messages.instance_id, instance_id),
        eq(messages.provider_id, providerId),
        eq(messages.direction, 'out'),
        ne(messages.id, id),
      ),
    )
    .returning()
  if (!twin) return null
  await scope.db.execute(sql`
    update conversations set last_message_id = ${id}
    where account_id = ${scope.accountId} and id = ${twin.conversation_id} and last_message_id = ${twin.id}`)
  return twin
}

function joined(message: MessageRow, twin: MessageRow | null): MessageRow {
  if (!twin) return message
  const state = rank[twin.state] > rank[message.state] ? twin.state : message.state
  const { failure, sent_at, delivered_at, read_at, failed_at, is_played } = twin
  const times = {
    sent_at: message.sent_at ?? sent_at,
    delivered_at: message.delivered_at ?? delivered_at,
    read_at: message.read_at ?? read_at,
    failed_at: message.failed_at ?? failed_at,
  }
  return { ...message, ...times, state, failure: message.failure ?? failure, is_played }
}

/** Two refusals say something about the person, whenever they come. */
async function heed(scope: Scope, message: MessageRow, failure: MessageFailure | null) {
  const { conversation_id: id } = message
  if (failure?.reason === 'window_closed') {
    // Unless the customer has written since.
    await scope.db.execute(sql`
      update conversations set window_until = null
      where account_id = ${scope.accountId} and id = ${id}
        and coalesce(last_inbound_at <= ${message.created_at.toISOString()}::timestamptz, true)`)
  }
  if (failure?.reason !== 'opted_out') return
  const { rows } = await scope.db.execute<{ lead_id: number | null; identities: Contact['identities'] }>(sql`
    select lead_id, identities from conversations where account_id = ${scope.accountId} and id = ${id}`)
  const [{ lead_id: leadId, identities }] = rows as [Contact]
  await optOut(scope, { leadId, identities }, { reach: 'marketing', source: 'provider' })
}
type Contact = { lead_id: number | null; identities: { kind: string; value: string }[] }

function happenings(message: Message, before: MessageRow, twin: MessageRow | null): Happening[] {
  const leadId = message.lead_id
  const data = { message }
  const hasLeft = message.sent_at !== null && before.sent_at === null && !twin?.sent_at
  const sent: Happening[] = hasLeft ? [{ type: 'message.sent', leadId, data }] : []
  if (message.state === before.state || message.state === 'sent') return sent
  const previous = { state: before.state }
  return [...sent, { type: 'message.status', leadId, data, previous }]
}
