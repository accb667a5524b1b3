import { sql } from 'drizzle-orm'
import { bigint, customType, timestamp } from 'drizzle-orm/pg-core'

/** Columns that most tables have. Names are the wire's, so a row needs no renaming on its way out. */
export const bigId = (name: string) => bigint(name, { mode: 'number' })
export const bytea = customType<{ data: Buffer }>({ dataType: () => 'bytea' })
export const instant = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' })

export const accountId = () => bigId('account_id').notNull()
export const id = () => bigId('id').generatedAlwaysAsIdentity()
export const createdAt = () => instant('created_at').notNull().default(sql`now_ms()`)
// Stamped by a trigger at every change.
export const updatedAt = () => instant('updated_at').notNull().default(sql`now_ms()`)
