import { Type } from 'typebox'
import { route, tagged } from '#platform/route.ts'
import { Id } from '#platform/shapes.ts'
import { reportActivity } from '#reports/activity.ts'
import { reportFunnel } from '#reports/funnel.ts'
import { reportOutcomes } from '#reports/outcomes.ts'
import {
  ActivityCounts,
  ActivityGroup,
  ActivityQuery,
  FunnelQuery,
  FunnelStage,
  OutcomeCounts,
  OutcomeGroup,
  OutcomesQuery,
  Period,
} from '#reports/schema.ts'

const period = { from: '2026-06-01', to: '2026-06-30', time_zone: 'America/Sao_Paulo' }
const stageExample = {
  id: 5,
  name: 'Proposta',
  color: '#f59e0b',
  is_won: false,
  is_lost: false,
  reached: 48,
  conversion_from_previous: 0.6,
  conversion_from_first: 0.4,
  standing: 9,
  standing_value: 45_000,
  average_seconds: 345_600,
  median_seconds: 259_200,
}
const outcomes = { won_count: 12, won_value: 60_000, lost_count: 8, lost_value: 31_500.5, win_rate: 0.6 }
const activity = {
  leads_created: 120,
  stage_changes: 260,
  leads_won: 12,
  leads_lost: 8,
  tasks_created: 140,
  tasks_completed: 125,
}

export const reportRoutes = tagged('Reports', [
  route(
    'reportFunnel',
    'GET /reports/funnel',
    {
      permission: 'reports:read',
      summary: 'How leads go through a pipeline',
      description:
        'Of the leads that came into the pipeline in the period, for the first time: how many have reached each stage up to now, where they stand, and how long they stay. Deleted leads are not in it.',
      query: FunnelQuery,
      answer: {
        period: Period,
        pipeline: Type.Object({ id: Id, name: Type.String() }),
        entered: Type.Integer({
          minimum: 0,
          description: 'Leads that came into the pipeline in the period.',
        }),
        stages: Type.Array(FunnelStage),
      },
      example: { period, pipeline: { id: 1, name: 'Vendas' }, entered: 120, stages: [stageExample] },
    },
    ({ scope, query }) => reportFunnel(scope, query),
  ),
  route(
    'reportOutcomes',
    'GET /reports/outcomes',
    {
      permission: 'reports:read',
      summary: 'What was won and lost',
      description:
        'Counted on the day on which a lead was won or lost, with the value, owner and source that it had then. An outcome that was undone since, because the lead was reopened, does not count. `id` and `name` are null for those without a reason, owner or source; a won lead has no reason.',
      query: OutcomesQuery,
      answer: { period: Period, totals: OutcomeCounts, data: Type.Array(OutcomeGroup) },
      example: { period, totals: outcomes, data: [{ id: null, name: '2026-06-01', ...outcomes }] },
    },
    ({ scope, query }) => reportOutcomes(scope, query),
  ),
  route(
    'reportActivity',
    'GET /reports/activity',
    {
      permission: 'reports:read',
      summary: 'What was done',
      description:
        'Counts what happened, whatever became of it later. By user: who did it; `id` is null for what API keys and the system did.',
      query: ActivityQuery,
      answer: { period: Period, totals: ActivityCounts, data: Type.Array(ActivityGroup) },
      example: { period, totals: activity, data: [{ id: 12, name: 'Ana', ...activity }] },
    },
    ({ scope, query }) => reportActivity(scope, query),
  ),
])
