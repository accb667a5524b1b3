import { type Static, Type } from 'typebox'
import { archiveLead, unarchiveLead } from '#leads/archive.ts'
import { findLead } from '#leads/queries.ts'
import { LeadId, leadExample, OneLead } from '#leads/schema.ts'
import { listOutcomes } from '#leads/stages/history.ts'
import { route, tagged } from '#platform/route.ts'
import { Id, nullable, oneOf, Timestamp } from '#platform/shapes.ts'

const Reason = Type.Object({ id: Id, name: Type.String() })
const Outcome = Type.Object(
  {
    id: Id,
    outcome: oneOf(['won', 'lost']),
    value: Type.Number(),
    reason: Type.Unsafe<Static<typeof Reason> | null>({ ...Reason, type: ['object', 'null'] }),
    pipeline_id: Id,
    stage_id: Id,
    from_stage_id: nullable(Id),
    actor: Type.Object({ type: Type.String(), id: nullable(Id), name: Type.String() }),
    occurred_at: Timestamp,
    reopened_at: nullable(Timestamp),
  },
  { 'x-name': 'Outcome' },
)

/** What becomes of a lead beside being moved. */
export const lifeRoutes = tagged('Leads', [
  route(
    'listLeadOutcomes',
    'GET /leads/{id}/outcomes',
    {
      permission: 'leads:read',
      summary: 'Every time a lead was won or lost, newest first',
      description: '`reopened_at` says when that was undone: the lead went on, or ended otherwise.',
      params: LeadId,
      answer: { data: Type.Array(Outcome) },
      example: {
        data: [
          {
            id: 31,
            outcome: 'lost',
            value: 5000,
            reason: { id: 2, name: 'Preço' },
            pipeline_id: 1,
            stage_id: 7,
            from_stage_id: 5,
            actor: { type: 'user', id: 12, name: 'Ana' },
            occurred_at: '2026-06-30T10:00:00.000Z' as unknown as Date,
            reopened_at: null,
          },
        ],
      },
    },
    async ({ scope, params }) => {
      await findLead(scope, params.id)
      return { data: await listOutcomes(scope, params.id) }
    },
  ),
  route(
    'archiveLead',
    'PUT /leads/{id}/archive',
    {
      permission: 'leads:write',
      summary: 'Put a lead away where it stands',
      description: 'Its `status` is `archived` until it is moved or taken out again.',
      params: LeadId,
      answer: OneLead,
      example: { lead: { ...leadExample, status: 'archived' } },
    },
    async ({ scope, params }) => ({ lead: await archiveLead(scope, params.id) }),
  ),
  route(
    'unarchiveLead',
    'PUT /leads/{id}/unarchive',
    {
      permission: 'leads:write',
      summary: 'Take a lead out again',
      description: 'It is what its stage says: open, won or lost.',
      params: LeadId,
      answer: OneLead,
      example: { lead: leadExample },
    },
    async ({ scope, params }) => ({ lead: await unarchiveLead(scope, params.id) }),
  ),
])
