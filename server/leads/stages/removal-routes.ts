import { Type } from 'typebox'
import { deletePipeline, deleteStage } from '#leads/stages/removal.ts'
import { PipelineId, StageId } from '#pipelines/schema.ts'
import { route, tagged } from '#platform/route.ts'
import { ref } from '#platform/shapes.ts'

const Destination = Type.Object({
  move_to_stage_id: Type.Optional(
    ref('stages', { description: 'Where its leads go; needed if it has any.' }),
  ),
})

/** They stand here because what they delete may hold leads. */
export const removalRoutes = tagged('Pipelines', [
  route(
    'deletePipeline',
    'DELETE /pipelines/{id}',
    {
      permission: 'pipelines:write',
      summary: 'Delete a pipeline with its stages',
      description: 'The account keeps at least one; leads go to `move_to_stage_id`.',
      params: PipelineId,
      query: Destination,
      answer: {},
      rules: ['last_pipeline', 'stage_has_leads', 'destination_goes_too'],
      example: {},
    },
    async ({ scope, params, query }) => {
      await deletePipeline(scope, params.id, query.move_to_stage_id ?? null)
      return {}
    },
  ),
  route(
    'deleteStage',
    'DELETE /stages/{id}',
    {
      permission: 'pipelines:write',
      summary: 'Delete a stage',
      description:
        'A pipeline keeps at least one; leads go to `move_to_stage_id`. What the stage demanded of them goes with it.',
      params: StageId,
      query: Destination,
      answer: {},
      rules: ['last_stage', 'stage_has_leads', 'destination_goes_too'],
      example: {},
    },
    async ({ scope, params, query }) => {
      await deleteStage(scope, params.id, query.move_to_stage_id ?? null)
      return {}
    },
  ),
])
