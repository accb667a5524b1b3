import type { Input } from '../../api/call.ts'
import type { Sequence, SequenceStep } from '../../api/types.ts'

export type StepType = SequenceStep['type']
export const stepTypes: StepType[] = [
  'message',
  'template',
  'wait_reply',
  'create_task',
  'move_stage',
  'add_tag',
  'remove_tag',
  'webhook',
]
export const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const
export type Duration = NonNullable<SequenceStep['delay']>
type Task = NonNullable<SequenceStep['task']>

/** A step while it is written: everything has a value, and only what its type takes is sent. */
export type Draft = {
  id: string
  type: StepType
  delay: Duration
  text: string
  when_window_closed: NonNullable<SequenceStep['when_window_closed']>
  fallback: { template_id: string | null; variables: string[] }
  template_id: string | null
  variables: string[]
  timeout: Duration
  on_reply: string
  on_timeout: string
  tag: string
  stage_id: string | null
  task: Required<Pick<Task, 'subject' | 'type' | 'description' | 'due_in_days'>> & {
    assigned_to: string | null
  }
  url: string
}
export type Values = {
  name: string
  steps: Draft[]
  instance_id: string | null
  stop_on_reply: boolean
  stop_on_stage_change: boolean
  hasHours: boolean
  hours: { days: string[]; from: string; to: string }
  apply_to_runs: 'finish' | 'move'
}
type NewBody = Input<'POST /sequences'>['body']

/** A second message comes a day later; what is no message comes at once. */
export function emptyStep(type: StepType, others: Draft[]): Draft {
  const waits = others.length > 0 && (type === 'message' || type === 'template')
  return draftOf({ id: freeId(others), type, delay: waits ? { days: 1 } : {} })
}

function freeId(others: Draft[]) {
  const taken = new Set(others.map(({ id }) => id))
  let next = others.length + 1
  while (taken.has(`step_${next}`)) next++
  return `step_${next}`
}

const idText = (id: number | null | undefined) => (id ? String(id) : null)
const list = (variables: unknown) => (Array.isArray(variables) ? variables.map(String) : [])

export function draftOf(step: SequenceStep & { id: string }): Draft {
  const { fallback, task } = step
  return {
    id: step.id,
    type: step.type,
    delay: step.delay ?? {},
    text: step.text ?? '',
    when_window_closed: step.when_window_closed ?? 'skip',
    fallback: { template_id: idText(fallback?.template_id), variables: list(fallback?.variables) },
    template_id: idText(step.template_id),
    variables: list(step.variables),
    timeout: step.timeout ?? { days: 2 },
    on_reply: step.on_reply ?? 'next',
    on_timeout: step.on_timeout ?? 'next',
    tag: step.tag ?? '',
    stage_id: idText(step.stage_id),
    task: {
      subject: task?.subject ?? '',
      type: task?.type ?? 'call',
      description: task?.description ?? '',
      due_in_days: task?.due_in_days ?? 1,
      assigned_to: idText(task?.assigned_to),
    },
    url: step.url ?? '',
  }
}

const workHours = { days: ['mon', 'tue', 'wed', 'thu', 'fri'], from: '08:00', to: '20:00' }

export const emptyValues: Values = {
  name: '',
  steps: [],
  instance_id: null,
  stop_on_reply: true,
  stop_on_stage_change: false,
  hasHours: true,
  hours: workHours,
  apply_to_runs: 'finish',
}

export const valuesOf = (sequence: Sequence): Values => ({
  name: sequence.name,
  steps: sequence.steps.map((step, index) => draftOf({ ...step, id: step.id ?? `step_${index + 1}` })),
  instance_id: idText(sequence.instance_id),
  stop_on_reply: sequence.stop_on_reply,
  stop_on_stage_change: sequence.stop_on_stage_change,
  hasHours: sequence.sending_hours !== null,
  hours: sequence.sending_hours ?? workHours,
  apply_to_runs: 'finish',
})

export const bodyOf = ({ name, steps, instance_id, hasHours, hours, ...values }: Values) =>
  ({
    name,
    steps: steps.map(stepOf),
    instance_id: instance_id ? Number(instance_id) : null,
    stop_on_reply: values.stop_on_reply,
    stop_on_stage_change: values.stop_on_stage_change,
    sending_hours: hasHours ? hours : null,
  }) as NewBody

function stepOf(draft: Draft): SequenceStep {
  const { id, type, delay } = draft
  return { id, type, ...(lengthOf(delay) > 0 ? { delay } : {}), ...partsOf(draft) }
}

export const lengthOf = ({ days = 0, hours = 0, minutes = 0 }: Duration) => days + hours + minutes

const number = (id: string | null) => (id ? Number(id) : undefined)

/** What its type takes; what was left empty is not sent, and the API says that it is needed. */
function partsOf(draft: Draft): Partial<SequenceStep> {
  const { variables, fallback, task } = draft
  switch (draft.type) {
    case 'message':
      return {
        text: draft.text || undefined,
        when_window_closed: draft.when_window_closed,
        ...(draft.when_window_closed === 'template' && fallback.template_id
          ? { fallback: { template_id: Number(fallback.template_id), variables: fallback.variables } }
          : {}),
      }
    case 'template':
      return { template_id: number(draft.template_id), variables }
    case 'wait_reply':
      return { timeout: draft.timeout, on_reply: draft.on_reply, on_timeout: draft.on_timeout }
    case 'add_tag':
    case 'remove_tag':
      return { tag: draft.tag || undefined }
    case 'move_stage':
      return { stage_id: number(draft.stage_id) }
    case 'create_task': {
      const { assigned_to, description, ...rest } = task
      return {
        task: {
          ...rest,
          ...(description ? { description } : {}),
          ...(assigned_to ? { assigned_to: Number(assigned_to) } : {}),
        },
      }
    }
    case 'webhook':
      return { url: draft.url || undefined }
  }
}
