import { Type } from 'typebox'
import { assignConversation, giveLead, markRead, markUnread, type Seen } from '#conversations/actions.ts'
import { findConversation, type HasWindow, listConversations } from '#conversations/list.ts'
import { listMessages } from '#conversations/messages.ts'
import { findConversationRow } from '#conversations/queries.ts'
import {
  Conversation,
  ConversationFilters,
  ConversationId,
  conversationExample,
  Message,
  MessageFilters,
  messageExample,
} from '#conversations/schema.ts'
import { findLeadOrSurvivor } from '#leads/queries.ts'
import { LeadChanges, LeadId } from '#leads/schema.ts'
import { forbidden } from '#platform/errors.ts'
import { linksOf, Meta, Paging } from '#platform/pages.ts'
import { Afterwards, Answer, type Operator, type Permission, route, tagged } from '#platform/route.ts'
import type { Scope } from '#platform/scope.ts'
import { nullable, ref } from '#platform/shapes.ts'

/** What is known further on: the providers' rules, and the way to them. */
export type Further = {
  hasWindow: HasWindow
  /** Tells the customer that it was read, if that can be told; never an error. */
  tellRead: (scope: Scope, operator: Operator, seen: Seen) => void
}

const OneConversation = { conversation: Conversation }
const Listed = { data: Type.Array(Conversation), meta: Meta }
const meta = { total: 1, per_page: 50, current_page: 1, last_page: 1, has_more: false }
const example = { conversation: conversationExample }
const listExample = { data: [conversationExample], meta }

export function conversationRoutes({ hasWindow, tellRead }: Further) {
  const one = async (scope: Scope, id: number) => ({
    conversation: await findConversation(scope, id, hasWindow),
  })
  return tagged('Conversations', [
    route(
      'listConversations',
      'GET /conversations',
      {
        permission: 'whatsapp:read',
        summary: 'Conversations, the one last written in first',
        description:
          'Filters combine with “and”. A conversation in which somebody writes moves to the top, so show it from there when a change is told of.',
        query: ConversationFilters,
        answer: Listed,
        example: listExample,
      },
      async ({ scope, query, url }) => {
        const { data, meta } = await listConversations(scope, query, hasWindow)
        return new Answer({ data, meta }, { headers: linksOf(url, meta) })
      },
    ),
    route(
      'getConversation',
      'GET /conversations/{id}',
      {
        permission: 'whatsapp:read',
        summary: 'One conversation',
        params: ConversationId,
        answer: OneConversation,
        example,
      },
      ({ scope, params }) => one(scope, params.id),
    ),
    route(
      'listMessages',
      'GET /conversations/{id}/messages',
      {
        permission: 'whatsapp:read',
        summary: 'A conversation’s messages, newest first',
        description: 'By the instant that the provider gives them; of those that share one, by id.',
        params: ConversationId,
        query: MessageFilters,
        answer: { data: Type.Array(Message), meta: Meta },
        example: { data: [messageExample], meta },
      },
      async ({ scope, params, query, url }) => {
        const { id } = await findConversationRow(scope, params.id)
        const { data, meta } = await listMessages(scope, id, query)
        return new Answer({ data, meta }, { headers: linksOf(url, meta) })
      },
    ),
    route(
      'listLeadConversations',
      'GET /leads/{id}/conversations',
      {
        permission: 'whatsapp:read',
        summary: 'A lead’s conversations, the one last written in first',
        params: LeadId,
        query: Type.Object(Paging),
        answer: Listed,
        example: listExample,
      },
      async ({ scope, params, query, url }) => {
        const lead = await findLeadOrSurvivor(scope, params.id)
        const { data, meta } = await listConversations(scope, { ...query, lead_id: lead.id }, hasWindow)
        return new Answer({ data, meta }, { headers: linksOf(url, meta) })
      },
    ),
    route(
      'readConversation',
      'PUT /conversations/{id}/read',
      {
        permission: 'whatsapp:write',
        summary: 'Mark a conversation as read',
        description:
          'With `message_id`, the newest message that was seen, what came after it stays unread. The customer’s ticks turn blue where the provider can tell them.',
        params: ConversationId,
        body: Type.Object({ message_id: Type.Optional(nullable(ref('messages'))) }),
        bodyExample: { message_id: 88001 },
        answer: OneConversation,
        example,
      },
      async ({ scope, params, body, operator }) => {
        const seen = await markRead(scope, params.id, body.message_id ?? null)
        const answer = await one(scope, params.id)
        return new Afterwards(answer, async (afterwards) => {
          if (seen) tellRead(afterwards, operator, seen)
          return answer
        })
      },
    ),
    route(
      'unreadConversation',
      'PUT /conversations/{id}/unread',
      {
        permission: 'whatsapp:write',
        summary: 'Mark a conversation as unread, to come back to it',
        params: ConversationId,
        answer: OneConversation,
        example,
      },
      async ({ scope, params }) => {
        await markUnread(scope, params.id)
        return one(scope, params.id)
      },
    ),
    route(
      'assignConversation',
      'PUT /conversations/{id}/assign',
      {
        permission: 'whatsapp:write',
        summary: 'Choose who answers: the lead’s owner',
        description: 'Changes the lead, and so needs `leads:write` too.',
        params: ConversationId,
        body: Type.Object({ assigned_to: nullable(ref('users')) }),
        bodyExample: { assigned_to: 12 },
        answer: OneConversation,
        rules: ['no_lead'],
        example,
      },
      async ({ scope, params, body, can }) => {
        await mayChangeLead(scope, params.id, can)
        await assignConversation(scope, params.id, body.assigned_to)
        return one(scope, params.id)
      },
    ),
    route(
      'giveConversationLead',
      'POST /conversations/{id}/lead',
      {
        permission: 'whatsapp:write',
        summary: 'Make a lead of who writes, or say which one it is',
        description:
          'With `lead_id` that one, also in the place of another; without, the one that is known by this phone or contact, else a new one with these fields. One that has a lead keeps it. Changes leads, and so needs `leads:write` too.',
        params: ConversationId,
        body: Type.Object({ lead_id: Type.Optional(nullable(ref('leads'))), ...LeadChanges.properties }),
        bodyExample: { name: 'João Silva', source: 'whatsapp' },
        answer: OneConversation,
        alsoStatus: 201,
        rules: ['limit_reached'],
        example,
      },
      async ({ scope, params, body, can }) => {
        await mayChangeLead(scope, params.id, can)
        const { isNew } = await giveLead(scope, params.id, body)
        return new Answer(await one(scope, params.id), { status: isNew ? 201 : 200 })
      },
    ),
  ])
}

async function mayChangeLead(scope: Scope, id: number, can: (permission: Permission) => boolean) {
  await findConversationRow(scope, id)
  if (!can('leads:write')) throw forbidden('leads:write')
}
