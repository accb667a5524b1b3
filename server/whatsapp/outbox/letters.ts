import { and, eq } from 'drizzle-orm'
import { conversations, instances, messages } from '#conversations/tables.ts'
import type { Scope } from '#platform/scope.ts'
import type { Instance } from '#whatsapp/channels.ts'
import type { OurTemplate } from '#whatsapp/outbox/rules.ts'
import type { ReplyTo, TemplateValues } from '#whatsapp/provider.ts'
import { findTemplate } from '#whatsapp/templates/queries.ts'

/** A message of ours with all that its sending needs, read before the network is asked. */
export type Letter = {
  id: number
  conversation_id: number
  lead_id: number | null
  address: string
  identities: { kind: string; value: string }[]
  provider_id: string | null
  sending_since: Date
  tries: number
  created_at: Date
  instance: Instance
  reply_to: ReplyTo | null
  content: { text: string } | { template: OurTemplate; variables: TemplateValues }
}

export async function findLetter(scope: Scope, id: number): Promise<Letter> {
  const [row] = await scope.db
    .select({ message: messages, conversation: conversations, instance: instances })
    .from(messages)
    .innerJoin(
      conversations,
      and(eq(conversations.account_id, messages.account_id), eq(conversations.id, messages.conversation_id)),
    )
    .innerJoin(
      instances,
      and(eq(instances.account_id, messages.account_id), eq(instances.id, messages.instance_id)),
    )
    .where(and(eq(messages.account_id, scope.accountId), eq(messages.id, id)))
  const { message, conversation, instance } = row!
  const { provider_id, sending_since, tries, created_at, content, template_id } = message
  return {
    id,
    conversation_id: conversation.id,
    lead_id: conversation.lead_id,
    address: conversation.address,
    identities: conversation.identities,
    provider_id,
    sending_since: sending_since!,
    tries,
    created_at,
    instance,
    reply_to: message.reply_to === null ? null : await quoted(scope, instance.id, message.reply_to),
    content:
      template_id === null
        ? { text: message.text ?? '' }
        : {
            template: await findTemplate(scope, template_id),
            variables: content.variables as TemplateValues,
          },
  }
}

async function quoted(scope: Scope, instanceId: number, providerId: string): Promise<ReplyTo> {
  const [row] = await scope.db
    .select({ direction: messages.direction })
    .from(messages)
    .where(
      and(
        eq(messages.account_id, scope.accountId),
        eq(messages.instance_id, instanceId),
        eq(messages.provider_id, providerId),
      ),
    )
  return { message_id: providerId, from_me: row?.direction === 'out' }
}
