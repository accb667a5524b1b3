import type { NewLead } from '#leads/schema.ts'
import type { Reason } from '#whatsapp/reasons.ts'
import { atWork, dayOf, daysAfter, instantOf } from './clock.ts'
import * as company from './company.ts'
import { type Person, personOf } from './people.ts'
import { type Random, randomOf } from './random.ts'
import type { SequenceName } from './sequences.ts'

/** What somebody does with a lead at some moment; places and people by their position in the company. */
export type Step = Selling | Talking

export type Input = Omit<NewLead, 'pipeline_id' | 'stage_id' | 'assigned_to'>
export type Selling =
  | { do: 'create'; input: Input; city: string }
  /** Of who wrote first, and is a lead by that. */
  | { do: 'complete'; input: Input }
  | { do: 'move'; stage: number }
  | { do: 'win'; value: number }
  | { do: 'lose'; reason: string }
  | { do: 'change'; input: { notes?: string; value?: number; custom_fields?: Record<string, unknown> } }
  | { do: 'tag'; tag: string }
  | { do: 'plan'; subject: string; type: (typeof company.followUps)[number][1]; due: string }
  | { do: 'finish tasks' }

export type Talking =
  | { do: 'hear'; text: string }
  | { do: 'write'; text: string }
  | { do: 'write template'; name: string; variables: Record<string, string>; fails: Reason | null }
  | { do: 'see' }
  | { do: 'enroll' | 'withdraw'; sequence: SequenceName }
  /** They read a message of ours; a run's time has come: these follow from what was done. */
  | { do: 'read'; message: number }
  /** Of what a sequence wanted done. */
  | { do: 'finish'; task: number }
  | { do: 'go on' }
export type Moment = {
  at: Date
  lead: number
  pipeline: number
  seller: number
  /** Done by the web site's key, not by the seller. */
  bySite: boolean
  step: Step
}

const historyDays = 182
type Fate = 'won' | 'lost' | 'open'

/** All that happens to one lead until today begins, in order. */
export function lifeOf(seed: number, lead: number, today: string): Moment[] {
  const random = randomOf(seed * 1_000_003 + lead)
  const now = instantOf(today)
  const pipeline = random.weighted(company.pipelines.map((each, index) => [each.share, index] as const))
  const { isForCompanies, sellers, values, stages } = company.pipelines[pipeline]!
  const seller = random.pick(sellers)
  const origin = random.weighted(company.sources)
  const person = personOf(random, isForCompanies)
  const open = stages.filter((stage) => !stage.is_won && !stage.is_lost)
  const moments: Moment[] = []
  let at = birthOf(random, now)
  let value = priceIn(random, values)

  function happen(step: Step, bySite = false) {
    moments.push({ at, lead, pipeline, seller, bySite, step })
  }
  /** Lets days pass, up to a moment at which somebody works; whether that is still history. */
  function pass(days: number) {
    at = atWork(daysAfter(at, days + 0.02), random.whole(5, 90))
    return at < now
  }

  happen({ do: 'create', input: inputOf(random, person, origin, value), city: person.city }, !origin.byHand)
  const fate = fateOf(random, (now.getTime() - at.getTime()) / 86_400_000, origin.luck * luckOf(seller))
  const last = fate === 'won' ? open.length - 1 : random.weighted(depths(open.length, fate))
  for (let stage = 1; stage <= last; stage++) {
    if (!pass(random.wait(open[stage - 1]!.days!))) return standing()
    happen({ do: 'finish tasks' })
    happen({ do: 'move', stage })
    embellish(stage)
  }
  if (fate === 'open' || !pass(random.wait(open[last]!.days! + 1))) return standing()
  happen({ do: 'finish tasks' })
  if (fate === 'won') return win()
  happen({ do: 'lose', reason: random.weighted(company.lostReasons) })
  // Some come back to it.
  if (!random.chance(0.08) || !pass(random.whole(8, 30))) return moments
  happen({ do: 'move', stage: 1 })
  if (!random.chance(0.5) || !pass(random.wait(8))) return standing()
  happen({ do: 'finish tasks' })
  return win()

  function win() {
    // A little off, so that they sign today.
    happen({ do: 'win', value: random.chance(0.4) ? Math.round(value * 0.96) : value })
    if (random.chance(0.03) && pass(random.whole(3, 15)))
      happen({ do: 'lose', reason: 'Financiamento negado' })
    return moments
  }

  function embellish(stage: number) {
    if (random.chance(0.3)) happen({ do: 'change', input: { notes: random.pick(company.notes) } })
    if (stage === open.length - 2) {
      value = priceIn(random, values)
      happen({ do: 'change', input: { value } })
    }
    if (open[stage]!.name === 'Visita técnica') {
      const day = dayOf(atWork(daysAfter(at, random.whole(2, 5)), 30))
      happen({ do: 'change', input: { custom_fields: { data_da_visita: day } } })
    }
    if (random.chance(0.15)) happen({ do: 'tag', tag: random.pick(company.tags) })
    if (random.chance(0.4)) plan(random.whole(1, 4))
  }

  function plan(inDays: number) {
    const [subject, type] = random.pick(company.followUps)
    happen({ do: 'plan', subject, type, due: dayOf(atWork(daysAfter(at, inDays), 30)) })
  }

  /** Nobody knows yet how it ends: what is to be done next is late, due today, or planned. */
  function standing() {
    const latest = moments.at(-1)!.at
    const sinceDays = Math.floor((now.getTime() - latest.getTime()) / 86_400_000)
    at = latest
    if (random.chance(0.7) && pass(Math.min(random.wait(2), sinceDays / 2))) happen({ do: 'finish tasks' })
    else at = latest
    if (!random.chance(0.8)) return moments
    const untilToday = Math.ceil((now.getTime() - at.getTime()) / 86_400_000)
    const due = random.weighted([
      [32, -random.whole(1, 9)],
      [20, 0],
      [48, random.whole(1, 14)],
    ])
    const [subject, type] = random.pick(company.followUps)
    happen({ do: 'plan', subject, type, due: dayOf(daysAfter(now, Math.max(due, 1 - untilToday))) })
    return moments
  }
}

/** Some time in the last six months; business has been getting better. */
function birthOf(random: Random, now: Date) {
  const daysAgo = historyDays * (1 - random.next() ** 0.8)
  const time = `${String(random.whole(7, 22)).padStart(2, '0')}:${random.whole(10, 59)}`
  return instantOf(dayOf(daysAfter(now, -Math.max(daysAgo, 0.1))), time)
}

/** Old leads have mostly found their end, new ones mostly not. */
function fateOf(random: Random, ageDays: number, luck: number): Fate {
  const hasEnded = random.chance(ageDays > 60 ? 0.72 : ageDays > 20 ? 0.5 : 0.2)
  return hasEnded ? (random.chance(Math.min(0.42 * luck, 0.85)) ? 'won' : 'lost') : 'open'
}

/** The first stages hold most of those that are not done, and lose most of those that go. */
function depths(stages: number, fate: Fate) {
  const weights = fate === 'lost' ? [20, 26, 20, 24, 10] : [42, 24, 16, 11, 7]
  return weights.slice(0, stages).map((weight, index) => [weight, index] as const)
}

const luckOf = (seller: number) => [1, 1.1, 1.25, 0.8, 1.05, 0.9][seller]!

const priceIn = (random: Random, [from, to]: [number, number]) =>
  Math.round((from + (to - from) * random.next() ** 2) / 50) * 50

function inputOf(random: Random, person: Person, origin: company.Origin, value: number) {
  const bill = Math.round(value * (0.015 + random.next() * 0.01) * 100) / 100
  const [utm_source, utm_medium] = origin.utm ?? [null, null]
  return {
    name: person.name,
    phone: person.phone,
    email: random.chance(0.75) ? person.email : null,
    company: person.company,
    birthday: person.company || random.chance(0.6) ? null : person.birthday,
    value,
    source: origin.source,
    tags: random.chance(0.3) ? [random.pick(company.tags)] : [],
    utm_source,
    utm_medium,
    utm_campaign: origin.utm ? random.pick(company.campaigns) : null,
    utm_term: utm_medium === 'cpc' ? random.pick(company.searchTerms) : null,
    custom_fields: {
      distribuidora: person.power,
      consumo_kwh: Math.round(bill / 0.92),
      conta_de_luz: bill,
      tipo_de_telhado: random.chance(0.7) ? random.pick(company.roofs) : null,
      interesses: random.chance(0.6) ? ['Painéis', ...(random.chance(0.4) ? ['Bateria'] : [])] : null,
      imovel_proprio: random.chance(0.8),
    },
  }
}
