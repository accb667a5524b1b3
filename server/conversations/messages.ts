import { and, asc, desc, eq, gt, type SQL, sql } from 'drizzle-orm'
import { mostCounted, newestFirst } from '#conversations/pages.ts'
import { shownMessages } from '#conversations/queries.ts'
import type { Message, MessageFilters } from '#conversations/schema.ts'
import { messages } from '#conversations/tables.ts'
import { type Meta, metaOf, perPageOf } from '#platform/pages.ts'
import type { Scope } from '#platform/scope.ts'

/** One page of a conversation's messages, newest first; or what came after one of them, oldest first. */
export function listMessages(
  scope: Scope,
  conversationId: number,
  filters: MessageFilters,
): Promise<{ data: Message[]; meta: Meta }> {
  const where = and(eq(messages.account_id, scope.accountId), eq(messages.conversation_id, conversationId))!
  if (filters.after_id != null) return cameAfter(scope, where, filters, filters.after_id)
  return newestFirst<Message>(filters, {
    read: ({ after, limit, offset }) => {
      const beyond =
        after &&
        sql`(${messages.happened_at}, ${messages.id}) < (${after.at}::timestamptz, ${after.id}::bigint)`
      return shownMessages(scope)
        .where(and(where, beyond ?? undefined))
        .orderBy(desc(messages.happened_at), desc(messages.id))
        .limit(limit)
        .offset(offset)
    },
    count: () => countAsFarAs(scope, where),
    at: (message) => message.happened_at,
  })
}

/** By id: a conversation's messages are written one after another, so what is written later has a greater one. */
async function cameAfter(scope: Scope, where: SQL, filters: MessageFilters, afterId: number) {
  const later = and(where, gt(messages.id, afterId))!
  const limit = perPageOf(filters)
  const [found, counted] = await Promise.all([
    shownMessages(scope)
      .where(later)
      .orderBy(asc(messages.id))
      .limit(limit + 1),
    countAsFarAs(scope, later),
  ])
  const total = Math.min(counted, mostCounted)
  const meta = { ...metaOf({ ...filters, page: 1 }, total), has_more: found.length > limit }
  return { data: found.slice(0, limit) as Message[], meta }
}

async function countAsFarAs(scope: Scope, where: SQL): Promise<number> {
  const some = scope.db
    .select({ one: sql`1`.as('one') })
    .from(messages)
    .where(where)
    .limit(mostCounted + 1)
  const [row] = await scope.db.select({ total: sql<number>`count(*)` }).from(some.as('some'))
  return row!.total
}
