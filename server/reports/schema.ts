import { type Static, Type } from 'typebox'
import { Day, Id, nullable, oneOf } from '#platform/shapes.ts'

export const periodUnits = ['day', 'week', 'month', 'quarter', 'year'] as const
export const outcomeGroups = [...periodUnits, 'reason', 'source', 'owner', 'pipeline'] as const
export const activityGroups = [...periodUnits, 'user'] as const

const days = {
  from: Type.Optional({
    ...Day,
    description: 'The first day, in the account’s time zone. Thirty days unless said, two years at most.',
    examples: ['2026-06-01'],
  }),
  to: Type.Optional({
    ...Day,
    description: 'The last day, itself included. Today unless said.',
    examples: ['2026-06-30'],
  }),
}
const whose = {
  assigned_to: Type.Optional(Type.Integer({ description: 'The owner: a user’s id.', examples: [12] })),
  source: Type.Optional(Type.String({ examples: ['site'] })),
}
const pipeline_id = Type.Optional(Type.Integer({ examples: [1] }))

export const FunnelQuery = Type.Object({
  pipeline_id: Type.Optional({ ...pipeline_id, description: 'The default pipeline unless said.' }),
  ...days,
  ...whose,
})
export const OutcomesQuery = Type.Object({
  ...days,
  group_by: Type.Optional(oneOf(outcomeGroups, { description: 'By month unless said.' })),
  pipeline_id,
  ...whose,
})
export const ActivityQuery = Type.Object({
  ...days,
  group_by: Type.Optional(oneOf(activityGroups, { description: 'By day unless said.' })),
})
export type Asked = Static<typeof FunnelQuery>
export type OutcomesAsked = Static<typeof OutcomesQuery>
export type ActivityAsked = Static<typeof ActivityQuery>

export const Period = Type.Object(
  { from: Day, to: Day, time_zone: Type.String() },
  { 'x-name': 'ReportPeriod' },
)
const Count = Type.Integer({ minimum: 0 })
const Value = Type.Number({ minimum: 0, description: 'In the account’s currency, two decimals.' })
const ratio = (description: string) =>
  nullable(
    Type.Number({ minimum: 0, maximum: 1, description: `${description} Null when there was nothing.` }),
  )
const seconds = (description: string) => nullable(Type.Integer({ minimum: 0, description }))

export const FunnelStage = Type.Object(
  {
    id: Id,
    name: Type.String(),
    color: Type.String(),
    is_won: Type.Boolean(),
    is_lost: Type.Boolean(),
    reached: {
      ...Count,
      description:
        'Leads that stood here; in a stage that is neither won nor lost also those that skipped it, and went on to a later one that is not lost.',
    },
    conversion_from_previous: ratio('Of those that reached the stage before; none for lost stages.'),
    conversion_from_first: ratio('Of all that came into the pipeline.'),
    standing: { ...Count, description: 'Those of them that stand here now.' },
    standing_value: { ...Value, description: 'What those are worth.' },
    average_seconds: seconds('Of the stays that have ended.'),
    median_seconds: seconds('Of the stays that have ended.'),
  },
  { 'x-name': 'FunnelStage' },
)
export type FunnelStage = Static<typeof FunnelStage>

const group = {
  id: nullable({ ...Id, description: 'Of the reason, owner, pipeline or user.' }),
  name: Type.Unsafe<string | null>({
    type: ['string', 'null'],
    description: 'Its name, the source, or the first day of the day, week, month, quarter or year.',
  }),
}
const outcomeCounts = {
  won_count: Count,
  won_value: Value,
  lost_count: Count,
  lost_value: Value,
  win_rate: ratio('Won, of all that were won or lost.'),
}
const activityCounts = {
  leads_created: Count,
  stage_changes: Count,
  leads_won: Count,
  leads_lost: Count,
  tasks_created: Count,
  tasks_completed: Count,
}

export const OutcomeCounts = Type.Object(outcomeCounts, { 'x-name': 'OutcomeCounts' })
export const OutcomeGroup = Type.Object({ ...group, ...outcomeCounts }, { 'x-name': 'OutcomeGroup' })
export const ActivityCounts = Type.Object(activityCounts, { 'x-name': 'ActivityCounts' })
export const ActivityGroup = Type.Object({ ...group, ...activityCounts }, { 'x-name': 'ActivityGroup' })
export type OutcomeCounts = Static<typeof OutcomeCounts>
export type ActivityCounts = Static<typeof ActivityCounts>
