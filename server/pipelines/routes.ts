import { Type } from 'typebox'
import { changePipeline, changeStageItself, createPipeline, createStage } from '#pipelines/actions.ts'
import { changeLostReason, createLostReason, deleteLostReason } from '#pipelines/lost-reasons.ts'
import { findPipeline, findStage, listPipelines } from '#pipelines/queries.ts'
import {
  changeRequiredTask,
  createRequiredTask,
  deleteRequiredTask,
  listRequiredTasks,
} from '#pipelines/requirements.ts'
import {
  LostReason,
  LostReasonId,
  NamedAndPlaced,
  NamedOrPlaced,
  NewPipeline,
  NewRequiredTask,
  NewStage,
  Pipeline,
  PipelineChanges,
  PipelineId,
  pipelineExample,
  RequiredTask,
  RequiredTaskChanges,
  RequiredTaskId,
  requiredTaskExample,
  Stage,
  StageChanges,
  StageId,
} from '#pipelines/schema.ts'
import { route, tagged } from '#platform/route.ts'

const write = { permission: 'pipelines:write' } as const
const read = { permission: 'pipelines:read' } as const
const [stageExample] = pipelineExample.stages
const reasonExample = { id: 2, name: 'Preço' }

export const pipelineRoutes = tagged('Pipelines', [
  route(
    'listPipelines',
    'GET /pipelines',
    {
      ...read,
      summary: 'Pipelines with their stages in order, and the reasons to lose',
      answer: { pipelines: Type.Array(Pipeline), lost_reasons: Type.Array(LostReason) },
      example: { pipelines: [pipelineExample], lost_reasons: [reasonExample] },
    },
    ({ scope }) => listPipelines(scope),
  ),
  route(
    'createPipeline',
    'POST /pipelines',
    {
      ...write,
      summary: 'Create a pipeline',
      description: 'With these stages, or with a first, a won and a lost one.',
      body: NewPipeline,
      bodyExample: { name: 'Pós-venda', stages: [{ name: 'Boas-vindas', color: '#0ea5e9' }] },
      answer: { pipeline: Pipeline },
      status: 201,
      rules: ['limit_reached', 'stage_both_outcomes'],
      example: { pipeline: pipelineExample },
    },
    async ({ scope, body }) => ({ pipeline: await findPipeline(scope, await createPipeline(scope, body)) }),
  ),
  route(
    'updatePipeline',
    'PUT /pipelines/{id}',
    {
      ...write,
      summary: 'Rename or reorder a pipeline',
      params: PipelineId,
      body: PipelineChanges,
      bodyExample: { name: 'Vendas B2B', position: 1 },
      answer: { pipeline: Pipeline },
      example: { pipeline: pipelineExample },
    },
    async ({ scope, params, body }) => {
      await changePipeline(scope, params.id, body)
      return { pipeline: await findPipeline(scope, params.id) }
    },
  ),
  route(
    'createStage',
    'POST /pipelines/{id}/stages',
    {
      ...write,
      summary: 'Add a stage to a pipeline',
      params: PipelineId,
      body: NewStage,
      bodyExample: { name: 'Proposta', color: '#f59e0b', position: 3 },
      answer: { stage: Stage },
      status: 201,
      rules: ['stage_both_outcomes'],
      example: { stage: stageExample! },
    },
    async ({ scope, params, body }) => ({
      stage: await findStage(scope, await createStage(scope, params.id, body)),
    }),
  ),
  route(
    'updateStage',
    'PUT /stages/{id}',
    {
      ...write,
      summary: 'Rename, recolour or reorder a stage',
      description: '`is_won` and `is_lost` change only while no lead stands in the stage.',
      params: StageId,
      body: StageChanges,
      bodyExample: { name: 'Proposta enviada', color: '#f59e0b' },
      answer: { stage: Stage },
      rules: ['stage_both_outcomes', 'stage_outcome_in_use'],
      example: { stage: stageExample! },
    },
    async ({ scope, params, body }) => {
      await changeStageItself(scope, params.id, body)
      return { stage: await findStage(scope, params.id) }
    },
  ),
  route(
    'listRequiredTasks',
    'GET /stages/{id}/required-tasks',
    {
      ...read,
      summary: 'What a stage demands of every lead that enters it',
      params: StageId,
      answer: { data: Type.Array(RequiredTask) },
      example: { data: [requiredTaskExample] },
    },
    async ({ scope, params }) => {
      await findStage(scope, params.id)
      return { data: await listRequiredTasks(scope, params.id) }
    },
  ),
  route(
    'createRequiredTask',
    'POST /stages/{id}/required-tasks',
    {
      ...write,
      summary: 'Demand a task of every lead in a stage',
      description:
        'Each lead gets it once, when it enters; leads that already stand in the stage get it now. A lead may leave when it is completed, and keeps it so when it comes back.',
      params: StageId,
      body: NewRequiredTask,
      bodyExample: { subject: 'Ligar para {{lead_name}}', type: 'call', priority: 'high', due_in_days: 2 },
      answer: { required_task: RequiredTask },
      status: 201,
      example: { required_task: requiredTaskExample },
    },
    async ({ scope, params, body }) => ({ required_task: await createRequiredTask(scope, params.id, body) }),
  ),
  route(
    'updateRequiredTask',
    'PUT /required-tasks/{id}',
    {
      ...write,
      summary: 'Change what a stage demands',
      description: 'From now on: tasks that leads already have stay as they are.',
      params: RequiredTaskId,
      body: RequiredTaskChanges,
      bodyExample: { due_in_days: 1 },
      answer: { required_task: RequiredTask },
      example: { required_task: requiredTaskExample },
    },
    async ({ scope, params, body }) => ({ required_task: await changeRequiredTask(scope, params.id, body) }),
  ),
  route(
    'deleteRequiredTask',
    'DELETE /required-tasks/{id}',
    {
      ...write,
      summary: 'Demand it no more',
      description: 'Tasks that leads already have become ordinary ones and hold nobody back.',
      params: RequiredTaskId,
      answer: {},
      example: {},
    },
    async ({ scope, params }) => {
      await deleteRequiredTask(scope, params.id)
      return {}
    },
  ),
  route(
    'createLostReason',
    'POST /lost-reasons',
    {
      ...write,
      summary: 'Add a reason to lose',
      body: NamedAndPlaced,
      bodyExample: { name: 'Preço' },
      answer: { lost_reason: LostReason },
      status: 201,
      example: { lost_reason: reasonExample },
    },
    async ({ scope, body }) => ({ lost_reason: await createLostReason(scope, body) }),
  ),
  route(
    'updateLostReason',
    'PUT /lost-reasons/{id}',
    {
      ...write,
      summary: 'Rename or reorder a reason to lose',
      params: LostReasonId,
      body: NamedOrPlaced,
      bodyExample: { name: 'Preço alto' },
      answer: { lost_reason: LostReason },
      example: { lost_reason: reasonExample },
    },
    async ({ scope, params, body }) => ({ lost_reason: await changeLostReason(scope, params.id, body) }),
  ),
  route(
    'deleteLostReason',
    'DELETE /lost-reasons/{id}',
    {
      ...write,
      summary: 'Delete a reason to lose',
      description: 'Leads that were lost for it stay lost, without a reason.',
      params: LostReasonId,
      answer: {},
      example: {},
    },
    async ({ scope, params }) => {
      await deleteLostReason(scope, params.id)
      return {}
    },
  ),
])
