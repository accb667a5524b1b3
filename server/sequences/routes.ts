import { type Static, Type } from 'typebox'
import { linksOf, Meta, Paging } from '#platform/pages.ts'
import { Answer, route, tagged } from '#platform/route.ts'
import {
  changeSequence,
  createSequence,
  deleteSequence,
  pauseSequence,
  resumeSequence,
} from '#sequences/actions.ts'
import { newSequenceExample, sequenceExample } from '#sequences/examples.ts'
import { findSequence, listSequences } from '#sequences/queries.ts'
import { NewSequence, Sequence, SequenceChanges, SequenceId } from '#sequences/schema.ts'

const OneSequence = { sequence: Sequence }
const one = (sequence: Static<typeof Sequence>) => ({ sequence })
const example = one(sequenceExample)

export const sequenceRoutes = tagged('Sequences', [
  route(
    'listSequences',
    'GET /sequences',
    {
      permission: 'sequences:read',
      summary: 'The account’s sequences, oldest first',
      query: Type.Object({ ...Paging }),
      answer: { data: Type.Array(Sequence), meta: Meta },
      example: {
        data: [sequenceExample],
        meta: { total: 1, per_page: 50, current_page: 1, last_page: 1, has_more: false },
      },
    },
    async ({ scope, query, url }) => {
      const { data, meta } = await listSequences(scope, query)
      return new Answer({ data, meta }, { headers: linksOf(url, meta) })
    },
  ),
  route(
    'createSequence',
    'POST /sequences',
    {
      permission: 'sequences:write',
      summary: 'Create a sequence',
      description:
        'Steps are done in order, each `delay` after the one before. Branches of `wait_reply` go forwards only, so every run ends. A variable that nobody knows is refused here.',
      body: NewSequence,
      bodyExample: newSequenceExample,
      answer: OneSequence,
      status: 201,
      rules: ['limit_reached'],
      example,
    },
    async ({ scope, operator, body }) => one(await createSequence(scope, operator, body)),
  ),
  route(
    'getSequence',
    'GET /sequences/{id}',
    {
      permission: 'sequences:read',
      summary: 'One sequence, with how its runs stand',
      params: SequenceId,
      answer: OneSequence,
      example,
    },
    async ({ scope, params }) => one(await findSequence(scope, params.id)),
  ),
  ...(['PUT', 'PATCH'] as const).map((method) =>
    route(
      method === 'PUT' ? 'updateSequence' : 'patchSequence',
      `${method} /sequences/{id}`,
      {
        permission: 'sequences:write',
        summary: 'Change any part of a sequence',
        description:
          'Settings hold at once, for all runs. New `steps` are a new version for runs that begin from now on; `apply_to_runs` says what becomes of the others.',
        params: SequenceId,
        body: SequenceChanges,
        bodyExample: { ...newSequenceExample, apply_to_runs: 'move' },
        answer: OneSequence,
        example,
      },
      async ({ scope, operator, params, body }) =>
        one(await changeSequence(scope, operator, params.id, body)),
    ),
  ),
  route(
    'deleteSequence',
    'DELETE /sequences/{id}',
    {
      permission: 'sequences:write',
      summary: 'Delete a sequence',
      description: 'Its runs are stopped in the background; what they did stays in their leads’ history.',
      params: SequenceId,
      answer: {},
      example: {},
    },
    async ({ scope, params }) => {
      await deleteSequence(scope, params.id)
      return {}
    },
  ),
  route(
    'pauseSequence',
    'PUT /sequences/{id}/pause',
    {
      permission: 'sequences:write',
      summary: 'Let all its runs stand still',
      description: 'Replies, moves and the like are still heard.',
      params: SequenceId,
      answer: OneSequence,
      example: one({ ...sequenceExample, status: 'paused', paused_at: sequenceExample.created_at }),
    },
    async ({ scope, params }) => one(await pauseSequence(scope, params.id, new Date())),
  ),
  route(
    'resumeSequence',
    'PUT /sequences/{id}/resume',
    {
      permission: 'sequences:write',
      summary: 'Let its runs go on where they were',
      description: 'What was due in two days when it was paused is due in two days.',
      params: SequenceId,
      answer: OneSequence,
      example,
    },
    async ({ scope, params }) => one(await resumeSequence(scope, params.id, new Date())),
  ),
])
