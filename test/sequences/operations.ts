import { weekdays } from '#platform/calendar.ts'
import type { SendingHours, Step } from '#sequences/schema.ts'

/** The same numbers for the same seed. */
export function seeded(seed: number) {
  let state = seed >>> 0
  function random() {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const below = (n: number) => Math.floor(random() * n)
  return {
    random,
    below,
    chance: (p: number) => random() < p,
    pick: <T>(from: readonly T[]): T => from[below(from.length)]!,
  }
}
export type Random = ReturnType<typeof seeded>

export type Materials = { stages: number[]; templateId: number | null; mayMove: boolean }

/** Steps of every kind, with branches that go forwards. */
export function someSteps(random: Random, materials: Materials, ids: () => string): Step[] {
  const steps = Array.from({ length: 2 + random.below(6) }, () => someStep(random, materials, ids()))
  return withBranches(random, steps)
}

export function someStep(random: Random, { stages, templateId, mayMove }: Materials, id: string): Step {
  const delay = random.pick([
    undefined,
    { hours: 1 + random.below(30), minutes: random.below(60) },
    { days: 1 + random.below(9) },
    { days: random.below(3), hours: random.below(5), minutes: 7 },
  ])
  const base = { id, ...(delay ? { delay } : {}) }
  const kind = random.below(10)
  if (kind < 4) return message(random, base, templateId)
  if (kind < 5 && templateId) {
    return { ...base, type: 'template', template_id: templateId, variables: ['{{first_name}}'] }
  }
  if (kind < 7)
    return { ...base, type: 'wait_reply', timeout: { days: random.below(5), hours: 1 + random.below(9) } }
  if (kind < 8 && mayMove) return { ...base, type: 'move_stage', stage_id: random.pick(stages) }
  return { ...base, type: random.pick(['add_tag', 'remove_tag'] as const), tag: random.pick(['a', 'b', 'c']) }
}

function message(random: Random, base: { id: string }, templateId: number | null): Step {
  const text = `${base.id} para {{first_name}}`
  if (!templateId) return { ...base, type: 'message', text }
  const when_window_closed = random.pick(['template', 'wait', 'skip', undefined] as const)
  const fallback = { template_id: templateId, variables: ['{{first_name}}'] }
  return {
    ...base,
    type: 'message',
    text,
    ...(when_window_closed ? { when_window_closed } : {}),
    ...(when_window_closed === 'template' ? { fallback } : {}),
  }
}

/** Whatever was said of branches before: where they lead must lie ahead. */
export function withBranches(random: Random, steps: Step[]): Step[] {
  return steps.map((step, index) => {
    if (step.type !== 'wait_reply') return step
    const ahead = ['next', 'end', ...steps.slice(index + 1).map(({ id }) => id)]
    return { ...step, on_reply: random.pick(ahead), on_timeout: random.pick(ahead) }
  })
}

/** A step more, a step less, another one in its place, or two the other way round. */
export function edited(random: Random, steps: Step[], materials: Materials, id: string): Step[] {
  const place = random.below(steps.length)
  const how = random.below(4)
  if (how === 0) return withBranches(random, steps.toSpliced(place, 0, someStep(random, materials, id)))
  if (how === 1 && steps.length > 1) return withBranches(random, steps.toSpliced(place, 1))
  if (how === 2) {
    const other = someStep(random, materials, steps[place]!.id)
    return withBranches(random, steps.toSpliced(place, 1, other))
  }
  const [first, second] = [steps[place]!, steps[(place + 1) % steps.length]!]
  return withBranches(
    random,
    steps.map((step) => (step === first ? second : step === second ? first : step)),
  )
}

export function someHours(random: Random): SendingHours | null {
  if (random.chance(0.3)) return null
  const days = weekdays.filter(() => random.chance(0.7))
  const from = random.pick(['02:30', '08:00', '09:15'])
  return { days: days.length > 0 ? days : ['wed'], from, to: random.pick(['10:00', '18:00', '20:30']) }
}
