import { and, desc, eq, inArray, sql } from 'drizzle-orm'
import { type HasWindow, restrictedNumbers, windowOf } from '#conversations/list.ts'
import { conversations, instances, messages } from '#conversations/tables.ts'
import type { Relation } from '#leads/list/include.ts'
import type { Scope } from '#platform/scope.ts'

const shownMessages = 10

/** Of each lead the conversation last written in, with its newest messages: three statements, however many leads. */
export const conversationRelation = (hasWindow: HasWindow): Relation => ({
  permission: 'whatsapp:read',
  async load(scope, leads) {
    const [rows, restricted] = await Promise.all([
      newestOf(
        scope,
        leads.map(({ id }) => id),
      ),
      restrictedNumbers(scope, hasWindow),
    ])
    const written = Map.groupBy(
      await newestMessages(
        scope,
        rows.map(({ id }) => id),
      ),
      (message) => message.conversation_id,
    )
    const shown = rows.map(({ lead_id, window_until, is_within, ...row }) => ({
      lead_id,
      ...row,
      window: windowOf({ instance_id: row.instance_id, window_until, is_within }, restricted),
      messages: written.get(row.id) ?? [],
    }))
    const byLead = new Map(shown.map(({ lead_id, ...conversation }) => [lead_id, conversation]))
    return (lead) => ({ conversation: byLead.get(lead.id) ?? null })
  },
})

const newestOf = (scope: Scope, leadIds: number[]) =>
  scope.db
    .selectDistinctOn([conversations.lead_id], {
      lead_id: conversations.lead_id,
      id: conversations.id,
      instance_id: conversations.instance_id,
      number: { name: instances.display_name, phone: instances.phone_number },
      window_until: conversations.window_until,
      is_within: sql<boolean>`coalesce(${conversations.window_until} > now(), false)`,
      unread_count: conversations.unread_count,
      last_message_at: conversations.last_message_at,
    })
    .from(conversations)
    .innerJoin(
      instances,
      and(eq(instances.account_id, conversations.account_id), eq(instances.id, conversations.instance_id)),
    )
    .where(and(eq(conversations.account_id, scope.accountId), inArray(conversations.lead_id, leadIds)))
    .orderBy(conversations.lead_id, desc(conversations.last_message_at), desc(conversations.id))

const newestMessages = (scope: Scope, conversationIds: number[]) =>
  scope.db
    .select({
      conversation_id: messages.conversation_id,
      id: messages.id,
      direction: messages.direction,
      state: messages.state,
      kind: messages.kind,
      text: messages.text,
      happened_at: messages.happened_at,
    })
    .from(messages)
    .where(
      and(
        eq(messages.account_id, scope.accountId),
        sql`${messages.id} = any (array(
          select newest.id from unnest(${sql.param(conversationIds)}::bigint[]) as shown (id)
          cross join lateral (
            select m.id from messages m where m.account_id = ${scope.accountId} and m.conversation_id = shown.id
            order by m.happened_at desc, m.id desc limit ${shownMessages}
          ) newest))`,
      ),
    )
    .orderBy(desc(messages.happened_at), desc(messages.id))
