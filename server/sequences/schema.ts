import { type Static, Type } from 'typebox'
import { Message } from '#conversations/schema.ts'
import { BriefLead } from '#leads/schema.ts'
import { taskPriorities, taskTypes } from '#pipelines/tables.ts'
import { weekdays } from '#platform/calendar.ts'
import { Paging } from '#platform/pages.ts'
import { Id, nullable, oneOf, ref, Timestamp, text } from '#platform/shapes.ts'
import { outcomes, runStatuses, type StepReason, stepReasons, waitingFor } from '#sequences/states.ts'

export const stepTypes = [
  'message',
  'template',
  'wait_reply',
  'add_tag',
  'remove_tag',
  'move_stage',
  'create_task',
  'webhook',
] as const

export const Duration = Type.Object({
  days: Type.Optional(
    Type.Integer({ minimum: 0, maximum: 366, description: 'By the calendar: the same time of day.' }),
  ),
  hours: Type.Optional(Type.Integer({ minimum: 0, maximum: 8784 })),
  minutes: Type.Optional(Type.Integer({ minimum: 0, maximum: 527_040 })),
})
export type Duration = Static<typeof Duration>

export type Variables = string[] | Record<string, string>
const Variables = Type.Unsafe<Variables>({
  description: 'In the order of `{{1}}`, `{{2}}`…, or by name. Each may use the lead’s variables.',
  examples: [['{{first_name}}']],
})
const FilledTemplate = Type.Object({
  template_id: ref('whatsapp_templates'),
  variables: Type.Optional(Variables),
})
const TaskOfStep = Type.Object({
  subject: text(255, { description: 'May use the lead’s variables.' }),
  type: oneOf(taskTypes),
  description: Type.Optional(text(65_535)),
  priority: Type.Optional(oneOf(taskPriorities)),
  due_in_days: Type.Optional(Type.Integer({ minimum: 0, maximum: 366 })),
  assigned_to: Type.Optional(ref('users', { description: 'Default: the lead’s owner.' })),
})
const Branch = text(40, {
  description: '`next`, `end`, or the id of a later step.',
  examples: ['next'],
})

/** A step as it is written; which of these a type needs is said by steps.ts. */
export const Step = Type.Object(
  {
    id: Type.Optional(
      text(40, {
        format: 'identifier',
        description: 'Yours, or made for you. Keep it when you change a step: runs are found by it.',
        examples: ['boas_vindas'],
      }),
    ),
    type: oneOf(stepTypes),
    delay: Type.Optional({ ...Duration, description: 'After the step before, or after the start.' }),
    text: Type.Optional(
      text(4096, {
        description:
          'Of `message`. Variables: `{{name}}`, `{{first_name}}`, `{{phone}}`, `{{email}}`, `{{company}}`, `{{owner}}`, `{{custom.<field>}}`; `{{name|amigo}}` has a fallback.',
        examples: ['Oi, {{first_name|amigo}}'],
      }),
    ),
    when_window_closed: Type.Optional(
      oneOf(['template', 'wait', 'skip'], {
        description:
          'Of `message`, on the official API more than 24 h after the customer wrote: send `fallback`, wait until they write (seven days at most), or leave it out. Default: `skip`.',
      }),
    ),
    fallback: Type.Optional({ ...FilledTemplate, description: 'The template for a closed window.' }),
    template_id: Type.Optional(ref('whatsapp_templates', { description: 'Of `template`.' })),
    variables: Type.Optional(Variables),
    timeout: Type.Optional({ ...Duration, description: 'Of `wait_reply`.' }),
    on_reply: Type.Optional(Branch),
    on_timeout: Type.Optional(Branch),
    tag: Type.Optional(text(50, { description: 'Of `add_tag` and `remove_tag`.' })),
    stage_id: Type.Optional(ref('stages', { description: 'Of `move_stage`.' })),
    task: Type.Optional({ ...TaskOfStep, description: 'Of `create_task`.' }),
    url: Type.Optional(
      Type.String({
        format: 'uri',
        maxLength: 2048,
        description: 'Of `webhook`: `https`, at an address that everybody can reach.',
      }),
    ),
  },
  { 'x-name': 'SequenceStep' },
)
export type GivenStep = Static<typeof Step>
/** As it is kept: with its id. */
export type Step = GivenStep & { id: string }

const time = (example: string) => Type.String({ format: 'time', examples: [example] })
export const SendingHours = Type.Object({
  days: Type.Array(oneOf(weekdays), { minItems: 1, maxItems: 7, examples: [['mon', 'tue']] }),
  from: time('08:00'),
  to: { ...time('20:00'), description: '`00:00` is midnight, the end of the day.' },
})
export type SendingHours = Static<typeof SendingHours>

const orNull = <S extends typeof SendingHours>(schema: S) =>
  Type.Unsafe<Static<S> | null>({
    ...schema,
    type: ['object', 'null'],
    description: 'When messages may go out, in the account’s time zone; null is always.',
  })

const name = text(255, { examples: ['Boas-vindas'] })
const settings = {
  instance_id: Type.Optional(
    nullable(ref('instances', { description: 'The number that it writes with; null: the primary.' })),
  ),
  stop_on_reply: Type.Optional(
    Type.Boolean({ description: 'A reply ends the run, unless it is waited for. Default: true.' }),
  ),
  stop_on_stage_change: Type.Optional(Type.Boolean({ description: 'Default: false.' })),
  sending_hours: Type.Optional(orNull(SendingHours)),
}
const steps = Type.Array(Step, { minItems: 1, maxItems: 100 })
export const NewSequence = Type.Object({ name, steps, ...settings })
export type NewSequence = Static<typeof NewSequence>
export const SequenceChanges = Type.Object({
  name: Type.Optional(name),
  steps: Type.Optional(steps),
  ...settings,
  apply_to_runs: Type.Optional(
    oneOf(['finish', 'move'], {
      description:
        'With new `steps`, what becomes of runs under way: they finish what they began (default), or go on in the new steps, at the step they stand at or the next one that is still there.',
    }),
  ),
})
export type SequenceChanges = Static<typeof SequenceChanges>

const Counts = Type.Object({
  active: Type.Integer(),
  finished: Type.Object(
    Object.fromEntries(runStatuses.slice(1).map((status) => [status, Type.Integer()])) as Record<
      Exclude<(typeof runStatuses)[number], 'active'>,
      ReturnType<typeof Type.Integer>
    >,
  ),
  replied: Type.Integer({ description: 'Runs whose lead wrote at least once.' }),
  reply_rate: Type.Number({ description: 'Of all runs, from 0 to 1.' }),
})
export type Counts = Static<typeof Counts>

const NullableInstant = nullable(Timestamp)
export const Sequence = Type.Object(
  {
    id: Id,
    name: Type.String(),
    status: oneOf(['active', 'paused']),
    version: Type.Integer({ description: 'Grows with every change of the steps.' }),
    steps: Type.Array(Step),
    instance_id: nullable(Id),
    stop_on_reply: Type.Boolean(),
    stop_on_stage_change: Type.Boolean(),
    sending_hours: orNull(SendingHours),
    paused_at: NullableInstant,
    runs: Counts,
    created_at: Timestamp,
    updated_at: Timestamp,
  },
  { 'x-name': 'Sequence' },
)
export type Sequence = Static<typeof Sequence>

export const Run = Type.Object(
  {
    id: Id,
    sequence_id: Id,
    sequence: Type.Object({ id: Id, name: Type.String() }),
    lead_id: { ...Id, description: 'Of one that was merged: the survivor.' },
    lead: { ...BriefLead, description: 'Null when it was deleted, and without `leads:read`.' },
    version: Type.Integer(),
    status: oneOf(runStatuses, { description: '`active`, or how it ended.' }),
    step_id: nullable(Type.String({ description: 'The step that comes next.' })),
    next_at: Type.Unsafe<Date | null>({
      ...NullableInstant,
      description: 'When; null while the sequence is paused.',
    }),
    waiting_for: nullable(oneOf(waitingFor)),
    replied_at: NullableInstant,
    started_at: Timestamp,
    finished_at: NullableInstant,
  },
  { 'x-name': 'SequenceRun' },
)
export type Run = Static<typeof Run>

const RunStep = Type.Object({
  step_id: Type.String(),
  type: Type.String(),
  outcome: oneOf(outcomes),
  reason: Type.Unsafe<StepReason | null>({
    type: ['string', 'null'],
    description: `Why it was skipped, waits or failed: ${stepReasons.map((each) => `\`${each}\``).join(', ')}; or \`HTTP 500\` and the like, of a \`webhook\`.`,
  }),
  detail: Type.Unsafe<Record<string, unknown> | null>({
    type: ['object', 'null'],
    additionalProperties: true,
  }),
  message_id: nullable(Id),
  at: Timestamp,
})
export type RunStep = Static<typeof RunStep>

const { id, conversation_id, state, failure } = Message.properties
const Sent = Type.Object({ id, conversation_id, state, text: Message.properties.text, failure })
export type Sent = Static<typeof Sent>
const ToldStep = Type.Object({
  ...RunStep.properties,
  message: Type.Unsafe<Sent | null>({
    ...Sent,
    type: ['object', 'null'],
    description: 'What was sent, and what became of it; null without `whatsapp:read`.',
  }),
})
export const RunWithSteps = Type.Object({
  ...Run.properties,
  steps: Type.Array(ToldStep, { description: 'What it did, oldest first.' }),
  version_steps: Type.Array(Step, { description: 'What its version says, in order: the way ahead too.' }),
})
export type RunWithSteps = Static<typeof RunWithSteps>

export const SequenceId = Type.Object({ id: ref('sequences') })
export const RunFilters = Type.Object({
  status: Type.Optional(oneOf([...runStatuses, 'finished'])),
  lead_id: Type.Optional(Type.Integer({ examples: [123] })),
  ...Paging,
})
export type RunFilters = Static<typeof RunFilters>
