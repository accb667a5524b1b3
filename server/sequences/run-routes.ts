import { Type } from 'typebox'
import type { Relation } from '#leads/list/include.ts'
import { findLead } from '#leads/queries.ts'
import { LeadId } from '#leads/schema.ts'
import { linksOf, Meta } from '#platform/pages.ts'
import { Answer, type Permission, route, tagged } from '#platform/route.ts'
import type { Scope } from '#platform/scope.ts'
import { ref } from '#platform/shapes.ts'
import { runExample, runStepExample, sequenceExample } from '#sequences/examples.ts'
import { startRun, stopRun } from '#sequences/runs/actions.ts'
import { listRuns, runsOfLeads } from '#sequences/runs/queries.ts'
import { findRun } from '#sequences/runs/story.ts'
import { Run, RunFilters, RunWithSteps, SequenceId } from '#sequences/schema.ts'

const OneRun = { run: RunWithSteps }
const begun = { run: { ...runExample, steps: [], version_steps: sequenceExample.steps } }
const RunId = Type.Object({ id: ref('sequences'), run_id: ref('sequence_runs') })
const LeadInSequence = Type.Object({ id: ref('leads'), sequence_id: ref('sequences') })

/** `include=sequences`: all that a lead is or was in. */
export const sequencesRelation: Relation = {
  permission: 'sequences:read',
  async load(scope, leads) {
    const ids = leads.map(({ id }) => id)
    const runs = Map.groupBy(await runsOfLeads(scope, ids), ({ lead_id }) => lead_id)
    return ({ id }) => ({ sequences: runs.get(id) ?? [] })
  },
}

const one = async (scope: Scope, can: Can, id: number, sequenceId?: number) => ({
  run: forWhom(can, await findRun(scope, { id, sequenceId, mayReadMessages: can('whatsapp:read') })),
})
type Can = (permission: Permission) => boolean

/** Whose it is, is told to whoever may read leads. */
const forWhom = <R extends Run>(can: Can, run: R): R => (can('leads:read') ? run : { ...run, lead: null })

export const runRoutes = tagged('Sequences', [
  route(
    'listSequenceRuns',
    'GET /sequences/{id}/runs',
    {
      permission: 'sequences:read',
      summary: 'Who is or was in a sequence, newest first',
      params: SequenceId,
      query: RunFilters,
      answer: { data: Type.Array(Run), meta: Meta },
      example: {
        data: [runExample],
        meta: { total: 1, per_page: 50, current_page: 1, last_page: 1, has_more: false },
      },
    },
    async ({ scope, params, query, url, can }) => {
      const { data: runs, meta } = await listRuns(scope, params.id, query)
      const data = runs.map((run) => forWhom(can, run))
      return new Answer({ data, meta }, { headers: linksOf(url, meta) })
    },
  ),
  route(
    'getSequenceRun',
    'GET /sequences/{id}/runs/{run_id}',
    {
      permission: 'sequences:read',
      summary: 'One run: what it sent, did, and left out, and why',
      params: RunId,
      answer: OneRun,
      example: { run: { ...begun.run, steps: [runStepExample] } },
    },
    ({ scope, params, can }) => one(scope, can, params.run_id, params.id),
  ),
  route(
    'listLeadSequences',
    'GET /leads/{id}/sequences',
    {
      permission: 'sequences:read',
      summary: 'What a lead is or was in, newest first',
      params: LeadId,
      answer: { data: Type.Array(Run) },
      example: { data: [runExample] },
    },
    async ({ scope, params, can }) => {
      await findLead(scope, params.id)
      const runs = await runsOfLeads(scope, [params.id])
      return { data: runs.map((run) => forWhom(can, run)) }
    },
  ),
  route(
    'startSequence',
    'POST /leads/{id}/sequences',
    {
      permission: 'sequences:write',
      summary: 'Put a lead into a sequence',
      description: 'Starting twice is one run: the second answer is 200, with the run that is there.',
      params: LeadId,
      body: Type.Object({ sequence_id: ref('sequences') }),
      bodyExample: { sequence_id: 9 },
      answer: OneRun,
      status: 201,
      alsoStatus: 200,
      example: begun,
    },
    async ({ scope, params, body, can }) => {
      const start = { sequenceId: body.sequence_id, leadId: params.id, now: new Date() }
      const { id, isNew } = await startRun(scope, start)
      return new Answer(await one(scope, can, id), { status: isNew ? 201 : 200 })
    },
  ),
  route(
    'stopSequence',
    'DELETE /leads/{id}/sequences/{sequence_id}',
    {
      permission: 'sequences:write',
      summary: 'Take a lead out of a sequence',
      params: LeadInSequence,
      answer: OneRun,
      example: {
        run: { ...begun.run, status: 'stopped', step_id: null, next_at: null, waiting_for: null },
      },
    },
    async ({ scope, params, can }) => {
      const stop = { sequenceId: params.sequence_id, leadId: params.id, now: new Date() }
      return one(scope, can, await stopRun(scope, stop))
    },
  ),
])
