import { type Static, Type } from 'typebox'
import { taskPriorities, taskTypes } from '#pipelines/tables.ts'
import { Id, nullable, oneOf, ref, text } from '#platform/shapes.ts'

const Color = Type.String({ format: 'color', description: 'Hexadecimal.', examples: ['#16a34a'] })
const Position = Type.Optional(
  Type.Integer({ minimum: 1, description: 'Its place in the order, from 1 on.', examples: [2] }),
)
const name = text(255, { examples: ['Proposta'] })

export const Stage = Type.Object(
  {
    id: Id,
    name: Type.String(),
    color: Type.String({ examples: ['#16a34a'] }),
    is_won: Type.Boolean(),
    is_lost: Type.Boolean(),
  },
  { 'x-name': 'Stage' },
)
export const Pipeline = Type.Object(
  { id: Id, name: Type.String(), stages: Type.Array(Stage) },
  { 'x-name': 'Pipeline' },
)
export const LostReason = Type.Object({ id: Id, name: Type.String() }, { 'x-name': 'LostReason' })

export const NewStage = Type.Object({
  name,
  color: Type.Optional(Color),
  is_won: Type.Optional(Type.Boolean()),
  is_lost: Type.Optional(Type.Boolean()),
  position: Position,
})
export type NewStage = Static<typeof NewStage>
export const StageChanges = Type.Object({ ...NewStage.properties, name: Type.Optional(name) })
export type StageChanges = Static<typeof StageChanges>

export const NewPipeline = Type.Object({
  name,
  position: Position,
  stages: Type.Optional(Type.Array(NewStage, { maxItems: 50 })),
})
export type NewPipeline = Static<typeof NewPipeline>
export const PipelineChanges = Type.Object({ name: Type.Optional(name), position: Position })

export const NamedAndPlaced = Type.Object({ name, position: Position })
export const NamedOrPlaced = Type.Object({ name: Type.Optional(name), position: Position })

const subject = text(255, {
  description: '`{{lead_name}}` and `{{stage_name}}` are filled in.',
  examples: ['Ligar para {{lead_name}}'],
})
const demand = {
  description: Type.Optional(nullable(text(5000))),
  priority: Type.Optional(oneOf(taskPriorities)),
  due_in_days: Type.Optional(
    Type.Integer({ minimum: 0, maximum: 365, description: 'Days from entering the stage.', examples: [2] }),
  ),
  position: Position,
}
export const NewRequiredTask = Type.Object({ subject, type: oneOf(taskTypes), ...demand })
export type NewRequiredTask = Static<typeof NewRequiredTask>
export const RequiredTaskChanges = Type.Object({
  subject: Type.Optional(subject),
  type: Type.Optional(oneOf(taskTypes)),
  ...demand,
})
export type RequiredTaskChanges = Static<typeof RequiredTaskChanges>
export const RequiredTask = Type.Object(
  {
    id: Id,
    stage_id: Id,
    subject: Type.String(),
    description: nullable(Type.String()),
    type: oneOf(taskTypes),
    priority: oneOf(taskPriorities),
    due_in_days: Type.Integer(),
    position: Type.Integer(),
  },
  { 'x-name': 'RequiredTask' },
)

export const PipelineId = Type.Object({ id: ref('pipelines') })
export const StageId = Type.Object({ id: ref('stages') })
export const RequiredTaskId = Type.Object({ id: ref('required_tasks') })
export const LostReasonId = Type.Object({ id: ref('lost_reasons') })

export const pipelineExample = {
  id: 1,
  name: 'Vendas',
  stages: [{ id: 5, name: 'Proposta', color: '#f59e0b', is_won: false, is_lost: false }],
}
export const requiredTaskExample = {
  id: 7,
  stage_id: 5,
  subject: 'Ligar para {{lead_name}}',
  description: null,
  type: 'call' as const,
  priority: 'high' as const,
  due_in_days: 2,
  position: 1,
}
