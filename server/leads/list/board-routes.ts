import { Type } from 'typebox'
import { readBoard } from '#leads/list/board.ts'
import { BoardFilters } from '#leads/schema.ts'
import { Pipeline, PipelineId, pipelineExample, Stage } from '#pipelines/schema.ts'
import { route, tagged } from '#platform/route.ts'

const Column = Type.Object(
  {
    ...Stage.properties,
    leads: Type.Integer({ description: 'How many stand here; what is archived does not count.' }),
    value_sum: Type.Number({ description: 'What they are worth together.' }),
  },
  { 'x-name': 'BoardColumn' },
)
const Board = Type.Object({ ...Pipeline.properties, stages: Type.Array(Column) }, { 'x-name': 'Board' })
const [stage] = pipelineExample.stages
const example = { ...pipelineExample, stages: [{ ...stage!, leads: 42, value_sum: 210_000.5 }] }

export const boardRoutes = tagged('Leads', [
  route(
    'getBoard',
    'GET /pipelines/{id}/board',
    {
      permission: 'leads:read',
      summary: 'The heads of a board’s columns: exact counts and sums',
      description:
        'The cards of a column are `GET /leads?stage_id=…&archived=false&cursor=&sort=-stage_changed_at&include=owner,next_task` with the same filters.',
      params: PipelineId,
      query: BoardFilters,
      answer: { board: Board },
      example: { board: example },
    },
    async ({ scope, params, query }) => ({ board: await readBoard(scope, params.id, query) }),
  ),
])
