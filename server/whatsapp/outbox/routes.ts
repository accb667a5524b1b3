import { findConversationRow } from '#conversations/queries.ts'
import { ConversationId, Message, messageExample } from '#conversations/schema.ts'
import { findLead } from '#leads/queries.ts'
import { LeadId } from '#leads/schema.ts'
import { invalid } from '#platform/errors.ts'
import { type RuleName, route, tagged } from '#platform/route.ts'
import { checkSending } from '#whatsapp/outbox/check.ts'
import type { Draft } from '#whatsapp/outbox/rules.ts'
import {
  Check,
  CheckFilters,
  checkExample,
  NewReply,
  NewTemplateMessage,
  NewText,
} from '#whatsapp/outbox/schema.ts'
import { send } from '#whatsapp/outbox/send.ts'
import { readVariables } from '#whatsapp/outbox/variables.ts'

const sending = {
  permission: 'whatsapp:write',
  answer: { message: Message },
  example: { message: messageExample },
  rules: ['window_closed', 'not_sent'] satisfies RuleName[] as RuleName[],
  asksProvider: true,
} as const
const states =
  'Answered when the provider has taken it (`sent`), when it must wait its turn (`queued`; it is sent by itself), or when nobody knows (`unknown`; it is not sent again). Nothing is kept of what our own rules refuse.'

export const outboxRoutes = tagged('WhatsApp', [
  route(
    'sendWhatsapp',
    'POST /leads/{id}/send-whatsapp',
    {
      ...sending,
      summary: 'Send a text to a lead',
      description: states,
      params: LeadId,
      body: NewText,
      bodyExample: { message: 'Bom dia, segue a proposta.' },
    },
    ({ scope, operator, params, body }) =>
      send(scope, operator, {
        leadId: params.id,
        instanceId: body.instance_id,
        content: { text: body.message },
      }),
  ),
  route(
    'sendWhatsappTemplate',
    'POST /leads/{id}/send-whatsapp-template',
    {
      ...sending,
      summary: 'Send a template to a lead',
      description: `${states} Sent from the template’s own number.`,
      params: LeadId,
      body: NewTemplateMessage,
      bodyExample: { template_id: 9, variables: ['Ana', '1234'] },
    },
    async ({ scope, operator, params, body }) => {
      // Of a lead that is not there nothing is said, not even what is wrong with the input for it.
      await findLead(scope, params.id)
      const content = { templateId: body.template_id, variables: readVariables(body.variables) }
      return send(scope, operator, { leadId: params.id, instanceId: body.instance_id, content })
    },
  ),
  route(
    'checkWhatsapp',
    'GET /leads/{id}/whatsapp-check',
    {
      permission: 'whatsapp:read',
      summary: 'Can this lead be written to, from which number, and for how long with free text?',
      description: 'Judged by the rules of sending.',
      params: LeadId,
      query: CheckFilters,
      answer: Check,
      example: checkExample as never,
    },
    ({ scope, params, query }) =>
      checkSending(scope, {
        leadId: params.id,
        instanceId: query.instance_id ?? null,
        templateId: query.template_id ?? null,
        variables: query.variables ?? [],
      }) as never,
  ),
  route(
    'sendToConversation',
    'POST /conversations/{id}/messages',
    {
      ...sending,
      summary: 'Write into a conversation',
      description: `${states} A text in \`message\`, or a template.`,
      params: ConversationId,
      body: NewReply,
      bodyExample: { message: 'Bom dia, segue a proposta.' },
    },
    async ({ scope, operator, params, body }) => {
      await findConversationRow(scope, params.id)
      const content = contentOf(body)
      return send(scope, operator, { conversationId: params.id, content, replyTo: body.reply_to })
    },
  ),
])

function contentOf({ message, template_id, variables }: NewReply): Draft {
  if (template_id !== undefined) return { templateId: template_id, variables: readVariables(variables) }
  if (message === undefined) throw invalid({ message: ['The message field is required.'] })
  return { text: message }
}
