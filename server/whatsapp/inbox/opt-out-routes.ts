import { Type } from 'typebox'
import { lockLead } from '#leads/queries.ts'
import { LeadId } from '#leads/schema.ts'
import { route, tagged } from '#platform/route.ts'
import { oneOf } from '#platform/shapes.ts'
import { optIn, optOut, optOutOf } from '#whatsapp/inbox/opt-outs.ts'

const reaches = ['all', 'marketing'] as const
const OptOut = Type.Object({
  reach: Type.Optional(
    oneOf(reaches, { default: 'all', description: '`marketing`: only templates of that category.' }),
  ),
})
const answer = {
  lead_id: LeadId.properties.id,
  opted_out: Type.Unsafe<(typeof reaches)[number] | null>({
    type: ['string', 'null'],
    enum: [...reaches, null],
    description: 'What is not sent any more; null when everything may be.',
  }),
}
const person = (leadId: number) => ({ leadId, identities: [] })

/** Customers opt out by a word or at Meta; what they say elsewhere, people note here. */
export const optOutRoutes = tagged('WhatsApp', [
  route(
    'optOutLead',
    'PUT /leads/{id}/opt-out',
    {
      permission: 'whatsapp:write',
      summary: 'Stop writing to a lead',
      description:
        'Sending is then refused with `opted_out`. It holds for the person, even when the lead is deleted. `all` stays `all` until it is taken back.',
      params: LeadId,
      body: OptOut,
      bodyExample: { reach: 'all' },
      answer,
      example: { lead_id: 123, opted_out: 'all' },
    },
    async ({ scope, params: { id }, body: { reach = 'all' } }) => {
      await lockLead(scope, id)
      await optOut(scope, person(id), { reach, source: 'person' })
      return { lead_id: id, opted_out: await optOutOf(scope, person(id)) }
    },
  ),
  route(
    'optInLead',
    'DELETE /leads/{id}/opt-out',
    {
      permission: 'whatsapp:write',
      summary: 'Write to a lead again',
      params: LeadId,
      answer,
      example: { lead_id: 123, opted_out: null },
    },
    async ({ scope, params: { id } }) => {
      await lockLead(scope, id)
      await optIn(scope, person(id), { reach: 'all', source: 'person' })
      return { lead_id: id, opted_out: await optOutOf(scope, person(id)) }
    },
  ),
])
