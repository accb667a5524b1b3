import { Type } from 'typebox'
import { listPipelines } from '#pipelines/queries.ts'
import { route, tagged } from '#platform/route.ts'
import { Id } from '#platform/shapes.ts'

const Stage = Type.Object({
  id: Id,
  name: Type.String(),
  color: Type.String({ examples: ['#16a34a'] }),
  is_won: Type.Boolean(),
  is_lost: Type.Boolean(),
})
const Pipeline = Type.Object({ id: Id, name: Type.String(), stages: Type.Array(Stage) })
const LostReason = Type.Object({ id: Id, name: Type.String() })

export const pipelineRoutes = tagged('Pipelines', [
  route(
    'listPipelines',
    'GET /pipelines',
    {
      permission: 'pipelines:read',
      summary: 'Pipelines with their stages in order, and the reasons to lose',
      answer: { pipelines: Type.Array(Pipeline), lost_reasons: Type.Array(LostReason) },
      example: {
        pipelines: [
          {
            id: 1,
            name: 'Vendas',
            stages: [{ id: 5, name: 'Proposta', color: '#f59e0b', is_won: false, is_lost: false }],
          },
        ],
        lost_reasons: [{ id: 2, name: 'Preço' }],
      },
    },
    ({ scope }) => listPipelines(scope),
  ),
])
