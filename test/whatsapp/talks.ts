import { sql } from 'drizzle-orm'
import { conversationWith } from '#conversations/opening.ts'
import { instances, messages } from '#conversations/tables.ts'
import type { Scope } from '#platform/scope.ts'

let counter = 0

/** A number without anybody behind it, for what needs no provider. */
export async function silentNumber(scope: Scope, provider: 'cloud_api' | 'waha' = 'cloud_api') {
  const [row] = await scope.db
    .insert(instances)
    .values({
      account_id: scope.accountId,
      provider,
      display_name: `Vendas ${++counter}`,
      phone_number: '+551140001234',
      number_key: `silent-${counter}`,
      status: 'disconnected',
    })
    .returning({ id: instances.id })
  return row!.id
}

type Talk = {
  leadId?: number | null
  name?: string | null
  phone?: string
  identities?: { kind: string; value: string }[]
}

export async function newTalk(scope: Scope, instanceId: number, talk: Talk = {}) {
  const {
    leadId = null,
    name = 'Ana',
    phone = `+55119${String(80_000_000 + ++counter)}`,
    identities = [],
  } = talk
  const contact = { name, phone, username: null, identities }
  const { id } = await conversationWith(scope, { instanceId, leadId, address: phone.slice(1), contact })
  return id
}

type Said = { text?: string; direction?: 'in' | 'out'; at?: Date; kind?: 'text' | 'image' | 'document' }

/** As the inbox writes it down: the message, and what it means for its conversation. */
export async function say(scope: Scope, conversationId: number, said: Said = {}): Promise<number> {
  const { text = 'Oi', direction = 'in', at = new Date(), kind = 'text' } = said
  return scope.db.transaction(async (db) => {
    const { rows } = await db.execute<{ instance_id: number }>(sql`
      select instance_id from conversations
      where account_id = ${scope.accountId} and id = ${conversationId} for no key update`)
    const [row] = await db
      .insert(messages)
      .values({
        account_id: scope.accountId,
        conversation_id: conversationId,
        instance_id: rows[0]!.instance_id,
        direction,
        state: direction === 'in' ? 'received' : 'sent',
        provider_id: `wamid.${++counter}`,
        kind,
        content: { kind, text },
        text,
        happened_at: at,
      })
      .returning({ id: messages.id })
    const isInbound = direction === 'in'
    await db.execute(sql`
      update conversations set
        unread_count = unread_count + ${isInbound ? 1 : 0},
        window_until = case when ${isInbound} then ${at.toISOString()}::timestamptz + interval '24 hours' else window_until end,
        last_message_id = case when ${at.toISOString()}::timestamptz >= last_message_at or last_message_id is null then ${row!.id} else last_message_id end,
        last_message_at = case when last_message_id is null then ${at.toISOString()}::timestamptz
          else greatest(last_message_at, ${at.toISOString()}::timestamptz) end
      where account_id = ${scope.accountId} and id = ${conversationId}`)
    return row!.id
  })
}
