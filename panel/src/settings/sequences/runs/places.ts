import type { AnswerOf } from '../../../api/call.ts'
import type { SequenceStep } from '../../../api/types.ts'

export type RunTold = AnswerOf<'GET /sequences/{id}/runs/{run_id}'>['run']
export type StepTold = RunTold['steps'][number]
/** Where a step stands: done, the one that it is at, yet to come, jumped over, or not come to. */
export type Stand = 'done' | 'now' | 'ahead' | 'passed' | 'never'
export type Place = {
  id: string
  /** Its number in the run's version; none when it stands there no more. */
  number: number | null
  step: SequenceStep | null
  told: StepTold | null
  stand: Stand
}

/** A run as one reads it: what it did in the order of time, what it jumped over in its place, then what is ahead. */
export function placesOf({ status, step_id, steps, version_steps }: RunTold): Place[] {
  const indexOf = (id: string) => version_steps.findIndex((step) => step.id === id)
  const place = (id: string, told: StepTold | null, stand: Stand): Place => {
    const index = indexOf(id)
    return { id, told, stand, number: index < 0 ? null : index + 1, step: version_steps[index] ?? null }
  }
  const isAt = ({ step_id: id, outcome }: StepTold) => id === step_id && outcome === 'waiting'
  const places = steps.map((told) => place(told.step_id, told, isAt(told) ? 'now' : 'done'))
  const current = step_id === null ? version_steps.length : indexOf(step_id)
  for (const [index, { id = '' }] of version_steps.entries()) {
    if (steps.some((told) => told.step_id === id)) continue
    if (index >= current) {
      places.push(place(id, null, index === current ? 'now' : 'ahead'))
      continue
    }
    const later = places.findIndex(({ told, number }) => told && number && number > index + 1)
    const isPassed = later >= 0 || status === 'active'
    places.splice(later < 0 ? places.length : later, 0, place(id, null, isPassed ? 'passed' : 'never'))
  }
  return places
}
