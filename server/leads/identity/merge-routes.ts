import { type Static, Type } from 'typebox'
import { answerTo, writeBatch } from '#leads/batch.ts'
import type { Belonging } from '#leads/identity/belongings.ts'
import { listDuplicates } from '#leads/identity/duplicates.ts'
import { mergeLeads, unmergeLeads } from '#leads/identity/merge.ts'
import { Lead, LeadChanges, LeadId, leadExample, NewLead } from '#leads/schema.ts'
import { identityKinds } from '#leads/tables.ts'
import { invalid } from '#platform/errors.ts'
import { linksOf, Meta, Paging } from '#platform/pages.ts'
import { Answer, route, tagged } from '#platform/route.ts'
import { Id, oneOf, ref } from '#platform/shapes.ts'

const Pair = Type.Object(
  {
    lead: Lead,
    duplicate: Lead,
    reasons: Type.Array(oneOf(identityKinds), {
      description: 'What they share: `name_company` and `name_birthday` are a name together with it.',
    }),
  },
  { 'x-name': 'DuplicatePair' },
)

const BatchResult = Type.Object(
  {
    status: Type.Integer({ description: 'What the single call would have answered.', examples: [201] }),
    created: Type.Optional(Type.Boolean({ description: 'With `mode: upsert`.' })),
    lead: Type.Optional(Lead),
    success: Type.Optional(Type.Literal(false)),
    message: Type.Optional(Type.String()),
    errors: Type.Optional(
      Type.Unsafe<Record<string, string[]>>({
        type: 'object',
        additionalProperties: { type: 'array', items: { type: 'string' } },
      }),
    ),
    limit_reached: Type.Optional(Type.Literal(true)),
    blocked: Type.Optional(Type.Literal(true)),
    pending_tasks: Type.Optional(
      Type.Array(Type.Object({ id: Id, subject: Type.String(), type: Type.String() })),
    ),
  },
  { 'x-name': 'BatchResult' },
)

const batchExample = [
  { name: 'João Silva', phone: '(11) 99988-7766' },
  { name: 'Ana Souza', email: 'ana@example.com' },
]
const duplicateExample = { ...leadExample, id: 124, phone: null, company: null }
const one = (lead: Static<typeof Lead>) => ({ lead })

/** With what later folders know to hang on a lead. */
export const mergeRoutes = (belongings: Belonging[]) =>
  tagged('Leads', [
    route(
      'writeLeadBatch',
      'POST /leads/batch',
      {
        permission: 'leads:write',
        summary: 'Create or upsert up to 100 leads at once',
        description:
          'Each lead as in `POST /leads` or, with `mode: upsert`, in `POST /leads/upsert`, under the same rules. One that is refused harms none of the others: `results` stand in order, each with the status and body that the single call would have answered. It is one request of the limit and one transaction: an `Idempotency-Key` covers it whole.',
        body: Type.Object({
          mode: oneOf(['create', 'upsert'], { examples: ['upsert'] }),
          // Beside `items`, so that each lead is read on its own and one that is wrong is answered on its own.
          leads: Type.Unsafe<unknown[]>({
            type: 'array',
            minItems: 1,
            maxItems: 100,
            allOf: [{ items: { anyOf: [NewLead, LeadChanges] } }],
            examples: [batchExample],
          }),
        }),
        bodyExample: { mode: 'upsert', leads: batchExample },
        answer: { results: Type.Array(BatchResult) },
        example: {
          results: [
            { status: 201, created: true, lead: leadExample },
            answerTo({ refused: invalid({ name: ['The name field is required.'] }) }),
          ],
        },
      },
      async ({ scope, body }) => ({ results: await writeBatch(scope, body.mode, body.leads) }),
    ),
    route(
      'listDuplicateLeads',
      'GET /leads/duplicates',
      {
        permission: 'leads:read',
        summary: 'Pairs of leads that are probably one person, newest first',
        description:
          'They share a phone, an e-mail or another identity, or a name together with a company or a birthday. `lead` is the one that holds it, and that is found by it: `POST /leads/{lead.id}/merge` with `duplicate_id` makes them one.',
        query: Type.Object({
          lead_id: Type.Optional(
            Type.Integer({ description: 'Only those that this lead is one of.', examples: [123] }),
          ),
          page: Paging.page,
          per_page: Paging.per_page,
        }),
        answer: { data: Type.Array(Pair), meta: Meta },
        example: {
          data: [{ lead: leadExample, duplicate: duplicateExample, reasons: ['email'] }],
          meta: { total: 1, per_page: 50, current_page: 1, last_page: 1, has_more: false },
        },
      },
      async ({ scope, query, url }) => {
        const { data, meta } = await listDuplicates(scope, query)
        return new Answer({ data, meta }, { headers: linksOf(url, meta) })
      },
    ),
    route(
      'mergeLeads',
      'POST /leads/{id}/merge',
      {
        permission: 'leads:write',
        summary: 'Make a duplicate part of this lead',
        description:
          'This lead keeps its values and place, and takes what it lacks: fields, tags, notes, and whatever finds the duplicate finds it from now on. Tasks, outcomes and timeline come along; of a mandatory task that both have, the completed one counts and a second pending one goes. Mandatory tasks do not hold a duplicate back: it does not move on, it ceases. Its id answers `GET` with this lead and `merged_from`; writes to it find nothing. `unmerge` undoes it.',
        params: LeadId,
        body: Type.Object({ duplicate_id: ref('leads', { examples: [124] }) }),
        bodyExample: { duplicate_id: 124 },
        answer: { lead: Lead },
        rules: ['merge_with_itself'],
        example: one(leadExample),
      },
      async ({ scope, params, body }) =>
        one(await mergeLeads(scope, params.id, body.duplicate_id, belongings)),
    ),
    route(
      'unmergeLeads',
      'POST /leads/{id}/unmerge',
      {
        permission: 'leads:write',
        summary: 'Undo a merge',
        description:
          'The duplicate comes back under its own id, as it was; this lead gives back what it took, except what was changed since. Merges upon merges are undone from the last to the first. Told as `lead.updated` of the duplicate, with `previous.merged_into`, so that no automation greets it as new.',
        params: LeadId,
        body: Type.Object({ duplicate_id: Type.Integer({ minimum: 1, examples: [124] }) }),
        bodyExample: { duplicate_id: 124 },
        answer: { lead: Lead, duplicate: Lead },
        rules: ['limit_reached', 'not_merged'],
        example: { lead: leadExample, duplicate: duplicateExample },
      },
      async ({ scope, params, body }) => unmergeLeads(scope, params.id, body.duplicate_id, belongings),
    ),
  ])
