import { listFields } from '#fields/queries.ts'
import { type FieldErrors, invalid, selectedInvalid } from '#platform/errors.ts'
import { isPlainlyPrivate } from '#platform/outbound.ts'
import type { Operator } from '#platform/route.ts'
import type { Scope } from '#platform/scope.ts'
import type { GivenStep, Step } from '#sequences/schema.ts'
import { unknownVariables } from '#sequences/variables.ts'
import { templateOrNull, wrongVariables } from '#whatsapp/outbox/rules.ts'

type Field = keyof GivenStep
type Around = Pick<Operator, 'allowPrivateWebhooks'>
/** What each type must say, and what else it may. */
const parts: Record<GivenStep['type'], { needs: Field[]; takes: Field[] }> = {
  message: { needs: ['text'], takes: ['when_window_closed', 'fallback'] },
  template: { needs: ['template_id'], takes: ['variables'] },
  wait_reply: { needs: ['timeout'], takes: ['on_reply', 'on_timeout'] },
  add_tag: { needs: ['tag'], takes: [] },
  remove_tag: { needs: ['tag'], takes: [] },
  move_stage: { needs: ['stage_id'], takes: [] },
  create_task: { needs: ['task'], takes: [] },
  webhook: { needs: ['url'], takes: [] },
}

/** The steps as they are kept: each with its id and only what its type takes. What is wrong is a 422 at its place. */
export async function readSteps(scope: Scope, operator: Around, given: GivenStep[]): Promise<Step[]> {
  const fields = new Set((await listFields(scope)).map(({ name }) => name))
  const steps = withIds(given)
  const errors: FieldErrors = {}
  for (const [index, step] of steps.entries()) {
    const written = [
      ...missingIn(step),
      ...takenId(steps, index),
      ...branchesOf(steps, index),
      ...textsOf(step).flatMap(([path, text]) => unknownIn(path, text, fields)),
      ...addressOf(step, operator),
    ]
    const mistakes = written.length > 0 ? written : await valuesOf(scope, step)
    for (const [path, message] of mistakes) {
      const field = `steps.${index}.${path}`
      errors[field] = [...(errors[field] ?? []), message.replace(':a', field)]
    }
  }
  if (Object.keys(errors).length > 0) throw invalid(errors)
  return steps.map(trimmed)
}

type Mistake = [path: string, message: string]

function withIds(given: GivenStep[]): Step[] {
  const taken = new Set(given.flatMap(({ id }) => id ?? []))
  let next = 1
  return given.map((step) => {
    if (step.id) return { ...step, id: step.id }
    while (taken.has(`step_${next}`)) next++
    return { ...step, id: `step_${next++}` }
  })
}

function trimmed(step: Step): Step {
  const { needs, takes } = parts[step.type]
  const kept = ['id', 'type', 'delay', ...needs, ...takes] as Field[]
  return Object.fromEntries(kept.flatMap((field) => (field in step ? [[field, step[field]]] : []))) as Step
}

function missingIn(step: Step): Mistake[] {
  const needs = [...parts[step.type].needs]
  if (step.type === 'message' && step.when_window_closed === 'template') needs.push('fallback')
  return needs
    .filter((field) => step[field] === undefined)
    .map((field) => [field, 'The :a field is required.'])
}

const takenId = (steps: Step[], index: number): Mistake[] =>
  steps.findIndex(({ id }) => id === steps[index]!.id) < index
    ? [['id', 'The :a has already been taken.']]
    : []

/** Only forwards, so that every run comes to an end. */
function branchesOf(steps: Step[], index: number): Mistake[] {
  const ahead = new Set(['next', 'end', ...steps.slice(index + 1).map(({ id }) => id)])
  const step = steps[index]!
  return (['on_reply', 'on_timeout'] as const)
    .filter((field) => step[field] !== undefined && !ahead.has(step[field]))
    .map((field) => [field, selectedInvalid(':a')])
}

/** Every text of a step that may use variables, with its place. */
function textsOf({ text, variables, fallback, task }: Step): [string, unknown][] {
  return [
    ['text', text],
    ['variables', variables],
    ['fallback.variables', fallback?.variables],
    ['task.subject', task?.subject],
    ['task.description', task?.description],
  ]
}

function unknownIn(path: string, text: unknown, fields: Set<string>): Mistake[] {
  if (text === undefined) return []
  const isList = typeof text === 'object' && text !== null
  const texts = isList ? Object.values(text) : [text]
  if (path.endsWith('variables') && !isList) return [[path, 'The :a field must be an array.']]
  if (!texts.every(isStorable)) return [[path, 'The :a field must be a string.']]
  const unknown = texts.flatMap((each) => unknownVariables(each as string, fields))
  return unknown.map((variable) => [path, `The :a field has an unknown variable: ${variable}.`])
}

// PostgreSQL keeps neither a NUL nor half of a surrogate pair.
const isStorable = (text: unknown) => typeof text === 'string' && text.isWellFormed() && !text.includes('\0')

/** Whether each template gets the variables that it asks for, when all else is right. */
async function valuesOf(scope: Scope, { template_id, variables, fallback }: Step): Promise<Mistake[]> {
  const mistakes: Mistake[] = []
  const fillings = [
    { path: 'variables', template_id, variables },
    { path: 'fallback.variables', ...fallback },
  ]
  for (const { path, template_id: id, variables: given = [] } of fillings) {
    const template = id === undefined ? null : await templateOrNull(scope, id)
    const wrong = template ? wrongVariables(template, given) : []
    mistakes.push(...wrong.map((message): Mistake => [path, message]))
  }
  return mistakes
}

function addressOf({ url }: Step, { allowPrivateWebhooks }: Around): Mistake[] {
  if (url === undefined || allowPrivateWebhooks) return []
  const { protocol, hostname } = new URL(url)
  if (protocol !== 'https:') return [['url', 'The :a field must start with one of the following: https://.']]
  return isPlainlyPrivate(hostname)
    ? [['url', 'The :a field must be an address that everybody can reach.']]
    : []
}
