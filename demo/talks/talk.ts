import { daysAfter, minutesAfter } from '#demo/clock.ts'
import * as company from '#demo/company.ts'
import type { Input, Moment, Step } from '#demo/life.ts'
import { randomOf } from '#demo/random.ts'
import type { Reason } from '#whatsapp/reasons.ts'
import { factsOf } from './facts.ts'
import { threads } from './service.ts'
import { begin, goOn, isGreeted, type Story, tryAgain } from './story.ts'
import { createTeller } from './teller.ts'

/** A person with a phone, and all that happens between them and the company. */
export type Talk = {
  input: Input
  moments: Moment[]
  /** Does their phone tell that they have read something? */
  reads: boolean
  /** Why nothing reaches them. */
  fails: Reason | null
}

/** A lead's life, with what is said meanwhile until now. */
export function talkOf(seed: number, life: Moment[], now: Date): Talk {
  const birth = life[0]!
  const random = randomOf(seed * 7_000_003 + birth.lead)
  const { input } = creationOf(birth)
  const facts = factsOf(random, birth, company.people[birth.seller]!.name)
  const { topic } = company.pipelines[birth.pipeline]!
  const teller = createTeller(random, { birth, facts, topic, now })
  const story = {
    random,
    teller,
    life,
    now,
    source: String(input.source),
    bill: Number(input.custom_fields?.conta_de_luz),
    thread: random.pick(threads),
    sequencesSince: daysAfter(now, -company.sequencesDays),
  }
  const hasNumber = birth.at > daysAfter(now, -company.numberDays)
  const isWriter = hasNumber && birth.pipeline === 0 && input.source === 'whatsapp'
  const fails = !isWriter && random.chance(0.03) ? 'not_on_whatsapp' : null
  const isReached = fails === null
  const isTalker = isWriter || (hasNumber && random.chance(talkative(life, story)))
  begin(story, { isTalker, isReached })
  if (isTalker && isReached) goOn(story)
  else if (isReached) tryAgain(story)
  const lived = isWriter ? [takenOver(birth), ...life.slice(1)] : life
  return { input, moments: [...lived, ...teller.moments()], reads: random.chance(0.9), fails }
}

const creationOf = ({ step }: Moment) => step as Extract<Step, { do: 'create' }>

/** Whoever writes first is a lead by that; the seller adds what they learn. */
const takenOver = (birth: Moment): Moment => ({
  ...birth,
  at: minutesAfter(birth.at, 12),
  step: { do: 'complete', input: creationOf(birth).input },
})

/** Most of the new ones talk, and fewer of the old. */
function talkative(life: Moment[], { now, sequencesSince }: Pick<Story, 'now' | 'sequencesSince'>): number {
  const { at } = life[0]!
  // Whoever was welcomed and came far has not kept silent.
  if (isGreeted(life[0]!, sequencesSince) && life.length > 5) return 1
  const days = (now.getTime() - at.getTime()) / 86_400_000
  return days < 21 ? 0.85 : days < 60 ? 0.15 : 0.03
}
