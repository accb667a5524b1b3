import { and, desc, eq, inArray, isNull, or, sql } from 'drizzle-orm'
import type { ConversationRow } from '#conversations/queries.ts'
import { conversations, instances } from '#conversations/tables.ts'
import { readPhone } from '#leads/identity/phone.ts'
import type { Lead } from '#leads/schema.ts'
import { messages } from '#platform/messages.ts'
import type { Scope } from '#platform/scope.ts'
import type { Instance } from '#whatsapp/channels.ts'

export type SkipReason = keyof typeof messages.notSent
export type Refusal = { skip_reason: SkipReason; message: string }
/** Whom to write to: a lead, wherever it is best reached, or whoever this conversation is with. */
export type To = { lead: Lead | null; conversation: ConversationRow | null }
/** From which of our numbers, and where to. */
export type Way = {
  instance: Instance
  lead: Lead | null
  conversation: ConversationRow | null
  address: string
  phone: string | null
}

export const refused = (skip_reason: SkipReason): { refused: Refusal } => ({
  refused: { skip_reason, message: messages.notSent[skip_reason] },
})

const dayMs = 24 * 60 * 60 * 1000
const mostConversations = 50

/** The number that was asked for, else the conversation's, else the primary; connected ones only. */
export async function findWay(
  scope: Scope,
  to: To,
  asked: number | null,
): Promise<{ way: Way } | { refused: Refusal; instance?: Instance }> {
  const talks = to.conversation ? [to.conversation] : await talksOf(scope, to.lead!)
  const numbers = await numbersFor(scope, talks, asked)
  const wished = asked === null ? preferred(numbers, talks) : numbers.filter(({ id }) => id === asked)
  const instance = wished.find(({ status }) => status === 'connected')
  if (!instance) {
    const [first] = wished
    return first ? { ...refused('instance_disconnected'), instance: first } : refused('no_instance')
  }
  const phone = to.lead?.phone ? readPhone(to.lead.phone, 'BR') : null
  const conversation = to.conversation ?? chosen(talks, instance.id, phone)
  const address = conversation?.address ?? phone
  if (!address) return { ...refused('no_phone'), instance }
  return { way: { instance, lead: to.lead, conversation, address, phone } }
}

const talksOf = (scope: Scope, lead: Lead): Promise<ConversationRow[]> =>
  scope.db
    .select()
    .from(conversations)
    .where(and(eq(conversations.account_id, scope.accountId), eq(conversations.lead_id, lead.id)))
    .orderBy(desc(conversations.last_message_at), desc(conversations.id))
    .limit(mostConversations)

function numbersFor(scope: Scope, talks: ConversationRow[], asked: number | null): Promise<Instance[]> {
  const known = asked === null ? talks.map(({ instance_id }) => instance_id) : [asked]
  return scope.db
    .select()
    .from(instances)
    .where(
      and(
        eq(instances.account_id, scope.accountId),
        isNull(instances.removed_at),
        or(
          inArray(instances.id, [...known, 0]),
          asked === null ? eq(instances.is_primary, true) : sql`false`,
        ),
      ),
    )
}

/** Where they talked last stands first. */
function preferred(numbers: Instance[], talks: ConversationRow[]) {
  const order = [...new Set(talks.map(({ instance_id }) => instance_id))]
  const place = ({ id }: Instance) => (order.includes(id) ? order.indexOf(id) : order.length)
  return numbers.toSorted((a, b) => place(a) - place(b))
}

/** Whoever wrote within the day is answered there. Else it must not be a phone that the lead no longer has. */
function chosen(talks: ConversationRow[], instanceId: number, phone: string | null) {
  const here = talks.filter(({ instance_id }) => instance_id === instanceId)
  const lively = here
    .filter(({ last_inbound_at }) => last_inbound_at && last_inbound_at.getTime() > Date.now() - dayMs)
    .toSorted((a, b) => b.last_inbound_at!.getTime() - a.last_inbound_at!.getTime())
  const isTheirs = ({ contact_phone }: ConversationRow) =>
    phone === null || contact_phone === null || contact_phone === phone
  return lively[0] ?? here.find(isTheirs) ?? null
}
