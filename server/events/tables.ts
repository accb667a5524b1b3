import { sql } from 'drizzle-orm'
import { jsonb, pgTable, text } from 'drizzle-orm/pg-core'
import { accountId, bigId, id, instant } from '#platform/columns.ts'
import type { Actor } from '#platform/scope.ts'

export const events = pgTable('events', {
  account_id: accountId(),
  id: id(),
  type: text('type').notNull(),
  lead_id: bigId('lead_id'),
  actor: jsonb('actor').$type<Actor>().notNull(),
  data: jsonb('data').$type<Record<string, unknown>>().notNull(),
  previous: jsonb('previous').$type<Record<string, unknown>>(),
  request_id: text('request_id'),
  occurred_at: instant('occurred_at').notNull().default(sql`now_ms()`),
  /** Which of the people did it; the database reads it from the actor. */
  user_id: bigId('user_id').generatedAlwaysAs(
    sql`case when actor ->> 'type' = 'user' then (actor ->> 'id')::bigint end`,
  ),
})
