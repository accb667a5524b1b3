import { and, eq } from 'drizzle-orm'
import { findMessage, lockConversation, type MessageRow } from '#conversations/queries.ts'
import { messages, type Reaction } from '#conversations/tables.ts'
import { record } from '#events/record.ts'
import type { Heard, Hearing } from '#whatsapp/inbox/hearing.ts'
import { keptContent, textOf } from '#whatsapp/inbox/texts.ts'
import type { Content, Told } from '#whatsapp/provider.ts'

/** The message that the provider calls so, at this number. */
export async function messageByProviderId(
  { scope, instance }: Hearing,
  id: string,
): Promise<MessageRow | null> {
  const [row] = await scope.db
    .select()
    .from(messages)
    .where(
      and(
        eq(messages.account_id, scope.accountId),
        eq(messages.instance_id, instance.id),
        eq(messages.provider_id, id),
      ),
    )
  return row ?? null
}

type Edit = Extract<Told, { happening: 'edit' }>

/** Only whoever wrote it can change it; of two edits the later one stands. */
export const edit = (hearing: Hearing, { message_id, from_me, content }: Edit) =>
  change(hearing, message_id, (message) => {
    if (content.kind === 'reaction' || isFromUs(message) !== from_me) return null
    if (message.edited_at && message.edited_at > hearing.at) return null
    return {
      changes: { content: keptContent(content), text: textOf(content), edited_at: hearing.at },
      previous: { text: message.text },
    }
  })

type Revoke = Extract<Told, { happening: 'revoke' }>

/** Taken back: it says so, and what it said stays for the record. */
export const revoke = (hearing: Hearing, { message_id, from_me }: Revoke) =>
  change(hearing, message_id, (message) =>
    message.revoked_at || isFromUs(message) !== from_me
      ? null
      : { changes: { revoked_at: hearing.at }, previous: { revoked_at: null } },
  )

/** One reaction for each side: a new one replaces it, one without an emoji takes it away. */
export const react = (
  hearing: Hearing,
  { message_id, emoji }: Extract<Content, { kind: 'reaction' }>,
  from: Reaction['from'],
) =>
  change(hearing, message_id, ({ reactions, reacted_at }) => {
    const last = reacted_at[from]
    if (last && new Date(last) > hearing.at) return null
    const others = reactions.filter((each) => each.from !== from)
    const now = emoji === null ? others : [...others, { from, emoji }]
    const at = { ...reacted_at, [from]: hearing.at.toISOString() }
    return { changes: { reactions: now, reacted_at: at }, previous: { reactions } }
  })

const isFromUs = ({ direction }: MessageRow) => direction === 'out'

type Change = { changes: Partial<MessageRow>; previous: Record<string, unknown> }

/** What is about a message waits for it, for it may come before it. */
async function change(
  hearing: Hearing,
  providerId: string,
  decide: (message: MessageRow) => Change | null,
): Promise<Heard> {
  const { scope } = hearing
  const found = await messageByProviderId(hearing, providerId)
  if (!found) return hearing.isLastLook ? 'done' : 'not yet'
  const { lead_id: leadId } = await lockConversation(scope, found.conversation_id)
  const decided = decide((await messageByProviderId(hearing, providerId))!)
  if (!decided) return 'done'
  await scope.db
    .update(messages)
    .set(decided.changes)
    .where(and(eq(messages.account_id, scope.accountId), eq(messages.id, found.id)))
  const data = { message: await findMessage(scope, found.id) }
  await record(scope, { type: 'message.updated', leadId, data, previous: decided.previous })
  return 'done'
}
