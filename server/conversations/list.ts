import { and, desc, eq, gt, inArray, type SQL, sql } from 'drizzle-orm'
import { mostCounted, newestFirst } from '#conversations/pages.ts'
import { messagesById } from '#conversations/queries.ts'
import type { Conversation, ConversationFilters } from '#conversations/schema.ts'
import { conversations, instances } from '#conversations/tables.ts'
import { searchTerms } from '#leads/list/search.ts'
import { leads } from '#leads/tables.ts'
import { notFound } from '#platform/errors.ts'
import type { Scope } from '#platform/scope.ts'

/** Does this number have the 24-hour rule? What providers can do is known further on. */
export type HasWindow = (instance: typeof instances.$inferSelect) => boolean

/** One page of conversations, the one that was last written in first. */
export async function listConversations(scope: Scope, filters: ConversationFilters, hasWindow: HasWindow) {
  const restricted = await restrictedNumbers(scope, hasWindow)
  const where = and(...conditionsOf(scope, filters, restricted))
  const page = await newestFirst(filters, {
    read: ({ after, limit, offset }) => {
      const beyond =
        after &&
        sql`(${conversations.last_message_at}, ${conversations.id}) < (${after.at}::timestamptz, ${after.id}::bigint)`
      // Ids first, rows after: a deep page then touches only the rows that it shows.
      const ids = scope.db
        .select({ id: conversations.id })
        .from(conversations)
        .where(and(where, beyond ?? undefined))
        .orderBy(...newest)
        .limit(limit)
        .offset(offset)
        .as('page')
      return shownFrom(scope, inArray(conversations.id, sql`(select id from ${ids})`)).orderBy(...newest)
    },
    count: () => countAsFarAs(scope, where),
    at: (row) => row.last_message_at,
  })
  return { data: await withLastMessages(scope, page.data, restricted), meta: page.meta }
}

export async function findConversation(
  scope: Scope,
  id: number,
  hasWindow: HasWindow,
): Promise<Conversation> {
  const rows = await shownFrom(scope, eq(conversations.id, id))
  if (rows.length === 0) throw notFound('conversation')
  const [found] = await withLastMessages(scope, rows, await restrictedNumbers(scope, hasWindow))
  return found!
}

const newest = [desc(conversations.last_message_at), desc(conversations.id)]

/** The ids of the account's numbers that have the 24-hour rule: they are few. */
export async function restrictedNumbers(scope: Scope, hasWindow: HasWindow): Promise<number[]> {
  const numbers = await scope.db.select().from(instances).where(eq(instances.account_id, scope.accountId))
  return numbers.filter(hasWindow).map(({ id }) => id)
}

function conditionsOf(scope: Scope, filters: ConversationFilters, restricted: number[]): SQL[] {
  const conditions = [eq(conversations.account_id, scope.accountId)]
  const { unread, instance_id, lead_id, assigned_to, window, q } = filters
  if (unread != null)
    conditions.push(unread ? gt(conversations.unread_count, 0) : eq(conversations.unread_count, 0))
  if (instance_id) conditions.push(eq(conversations.instance_id, instance_id))
  if (lead_id) conditions.push(eq(conversations.lead_id, lead_id))
  if (assigned_to) conditions.push(assignedTo(scope, assigned_to))
  if (window) conditions.push(isWindow(window, restricted))
  if (q) conditions.push(matching(scope, q))
  return conditions
}

function assignedTo(scope: Scope, owner: string): SQL {
  const mine = sql`select id from leads where account_id = ${scope.accountId}`
  return owner === 'none'
    ? sql`(${conversations.lead_id} is null or ${conversations.lead_id} in (${mine} and assigned_to is null))`
    : sql`${conversations.lead_id} in (${mine} and assigned_to = ${Number(owner)})`
}

function isWindow(window: 'open' | 'closed', restricted: number[]): SQL {
  const isOpen = sql`(${conversations.instance_id} <> all (${sql.param(restricted)}::bigint[])
    or coalesce(${conversations.window_until} > now(), false))`
  return window === 'open' ? isOpen : sql`not ${isOpen}`
}

/** Every word, in what the lead or what the contact is known by. An array is looked up first, and only once. */
function matching(scope: Scope, question: string): SQL {
  const terms = searchTerms(question)
  if (terms.length === 0) return sql`false`
  const all = (column: SQL) =>
    sql.join(
      terms.map((term) => sql`${column} like ${`%${term}%`}`),
      sql` and `,
    )
  return sql`${conversations.id} = any (array(
    select c.id from conversations c where c.account_id = ${scope.accountId} and ${all(sql`c.search`)}
    union
    select c.id from conversations c
    where c.account_id = ${scope.accountId} and c.lead_id in (
      select l.id from leads l where l.account_id = ${scope.accountId} and ${all(sql`l.search`)})
  ))`
}

async function countAsFarAs(scope: Scope, where: SQL | undefined): Promise<number> {
  const some = scope.db
    .select({ one: sql`1`.as('one') })
    .from(conversations)
    .where(where)
    .limit(mostCounted + 1)
  const [row] = await scope.db.select({ total: sql<number>`count(*)` }).from(some.as('some'))
  return row!.total
}

const shownFrom = (scope: Scope, which: SQL) =>
  scope.db
    .select({
      id: conversations.id,
      instance_id: conversations.instance_id,
      lead_id: conversations.lead_id,
      lead: { id: leads.id, name: leads.name, assigned_to: leads.assigned_to },
      contact_name: conversations.contact_name,
      contact_phone: conversations.contact_phone,
      contact_username: conversations.contact_username,
      window_until: conversations.window_until,
      is_within: sql<boolean>`coalesce(${conversations.window_until} > now(), false)`,
      unread_count: conversations.unread_count,
      last_message_id: conversations.last_message_id,
      last_message_at: conversations.last_message_at,
      created_at: conversations.created_at,
    })
    .from(conversations)
    .leftJoin(leads, and(eq(leads.account_id, conversations.account_id), eq(leads.id, conversations.lead_id)))
    .where(and(eq(conversations.account_id, scope.accountId), which))

type Row = Awaited<ReturnType<typeof shownFrom>>[number]

async function withLastMessages(scope: Scope, rows: Row[], restricted: number[]): Promise<Conversation[]> {
  const found = await messagesById(
    scope,
    rows.flatMap((row) => row.last_message_id ?? []),
  )
  const lastMessages = new Map(found.map((message) => [message.id, message]))
  return rows.map(
    ({
      contact_name,
      contact_phone,
      contact_username,
      window_until,
      is_within,
      last_message_id,
      ...row
    }) => ({
      ...row,
      contact: { name: contact_name, phone: contact_phone, username: contact_username },
      window: windowOf({ instance_id: row.instance_id, window_until, is_within }, restricted),
      last_message: lastMessages.get(last_message_id ?? 0) ?? null,
    }),
  )
}

type Windowed = Pick<Row, 'instance_id' | 'window_until' | 'is_within'>

/** Without the rule it is always open; with it, until 24 hours after the customer last wrote. */
export function windowOf({ instance_id, window_until, is_within }: Windowed, restricted: number[]) {
  const is_restricted = restricted.includes(instance_id)
  return {
    is_restricted,
    is_open: !is_restricted || is_within,
    open_until: is_restricted ? window_until : null,
  }
}
