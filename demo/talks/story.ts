import { atWork, counter, dayOf, daysAfter, instantOf, minutesAfter } from '#demo/clock.ts'
import type { Moment } from '#demo/life.ts'
import type { Random } from '#demo/random.ts'
import { firstMessageAt, type SequenceName } from '#demo/sequences.ts'
import * as business from './business.ts'
import * as endings from './endings.ts'
import { priced } from './facts.ts'
import * as home from './home.ts'
import * as openings from './openings.ts'
import * as service from './service.ts'
import { dayInWords, type Teller } from './teller.ts'

export type Story = {
  random: Random
  teller: Teller
  life: Moment[]
  source: string
  /** What they pay for electricity. */
  bill: number
  /** What is the matter, with a system that is there already. */
  thread: (typeof service.threads)[number]
  now: Date
  sequencesSince: Date
}

/** What is said when a lead comes to a stage, pipeline by pipeline, and where the proposal is sent. */
const courses = [
  { stages: [[], home.bill, home.visit, home.proposal, home.negotiation], won: home.won, proposal: 3 },
  {
    stages: [[], business.meeting, business.study, business.proposal, business.board],
    won: business.won,
    proposal: 3,
  },
]
const courseOf = ({ life, thread }: Story) =>
  courses[life[0]!.pipeline] ?? {
    stages: [[], thread.diagnosis, service.quote],
    won: service.won,
    proposal: 2,
  }
const longest = 9

/** How the two meet. Whoever asked on the site is welcomed by the sequence, since there is one, else by the seller. */
export function begin(story: Story, { isTalker, isReached }: { isTalker: boolean; isReached: boolean }) {
  const { random, teller, life, source, thread, sequencesSince } = story
  const { at, pipeline, bySite } = life[0]!
  const isWelcomed = isGreeted(life[0]!, sequencesSince)
  if (isWelcomed) teller.put({ do: 'enroll', sequence: 'welcome' }, at, { bySite })
  if (!isTalker) return
  const firsts = pipeline === 0 ? openings.first[source] : pipeline === 2 ? thread.opening : undefined
  if (firsts && isReached && !bySite) return teller.play(firsts, at)
  if (!isWelcomed) teller.welcome(minutesAfter(at, random.wait(40) + 2))
  const welcomedAt = isWelcomed ? firstMessageAt('welcome', at) : teller.time()
  // Whoever comes far without a word is called by phone.
  const isSilent = random.chance(life.length < 4 ? 0.6 : 0.2)
  if (isReached && !isSilent) teller.play(answersOf(story), minutesAfter(welcomedAt, random.wait(50) + 4))
}

/** The sequence is for homes. */
export const isGreeted = ({ at, pipeline, bySite }: Moment, sequencesSince: Date) =>
  bySite && pipeline === 0 && at > sequencesSince

function answersOf({ random, life, thread }: Story): string[] {
  if (life.length < 4 && random.chance(0.12)) return openings.retreats
  return [openings.answers, openings.companies, thread.opening][life[0]!.pipeline]!
}

/** What is said along the way, from one thing that happens to the next. */
export function goOn(story: Story) {
  const chapters = [...Map.groupBy(story.life, ({ at }) => at.getTime()).values()]
  for (const [index, chapter] of chapters.entries()) {
    const next = chapters[index + 1]
    const until = next ? next[0]!.at : story.now
    learn(story, chapter)
    for (const moment of chapter) tell(story, moment, until)
  }
  finish(story)
}

function learn({ teller, bill }: Story, chapter: Moment[]) {
  for (const { step } of chapter) {
    if (step.do === 'create' || step.do === 'change') {
      const { value, custom_fields } = step.input
      if (typeof value === 'number') teller.learn(priced(value, bill))
      const day = custom_fields?.data_da_visita
      if (day) teller.learn({ visit: String(day), day: dayInWords(String(day)) })
    }
  }
}

function tell(story: Story, moment: Moment, until: Date) {
  const { at, step } = moment
  if (step.do === 'move') return arrive(story, moment, step.stage, until)
  if (step.do === 'win') return story.teller.play(courseOf(story).won, minutesAfter(at, -70))
  if (step.do === 'lose') part(story, at, step.reason, until)
}

function arrive(story: Story, { at, pipeline }: Moment, stage: number, until: Date) {
  const { random, life } = story
  const { stages, proposal } = courseOf(story)
  const isBack = life.some(({ step, at: earlier }) => step.do === 'lose' && earlier < at)
  if (isBack) return say(story, endings.comeback, minutesAfter(at, -40))
  const isHome = pipeline === 0
  say(story, stages[stage]!, minutesAfter(at, isHome && stage === 1 ? -50 : random.wait(120) + 2))
  if (isHome && stage === 2) meet(story, until)
  if (isHome && stage > 0 && random.chance(0.12)) askAround(story, until)
  if (stage === proposal) followUp(story, at, until)
}

/** Not every step is talked about, and nobody talks for ever. */
function say({ random, teller }: Story, scripts: string[], from: Date) {
  if (scripts.length > 0 && teller.length() < longest && random.chance(0.55)) teller.play(scripts, from)
}

/** The visit: a reminder on the day before, and what came of it. */
function meet({ random, teller }: Story, until: Date) {
  const { visit: day, hour } = teller.facts()
  if (!day) return
  const evening = minutesAfter(daysAfter(instantOf(day, '17:00'), -1), random.whole(0, 80))
  const reminded = atWork(evening, 3, counter)
  if (reminded <= teller.time() || reminded >= until) return
  teller.remind(reminded, { dia: dayInWords(day).replace(/,.*/, ''), hora: hour! })
  const afterwards = minutesAfter(instantOf(day, '16:40'), random.whole(0, 120))
  if (afterwards < until && random.chance(0.7)) teller.play(home.visited, afterwards)
}

function askAround({ random, teller }: Story, until: Date) {
  const at = minutesAfter(teller.time(), random.wait(600) + 20)
  if (at < until && teller.length() < longest) teller.play(home.questions, at)
}

/** After a proposal the sequence asks, if nothing happens before. */
function followUp(story: Story, at: Date, until: Date) {
  const { random, teller } = story
  const from = enroll(story, 'followUp', at, until)
  if (!from) return
  const asked = firstMessageAt('followUp', from)
  const nextDay = atWork(daysAfter(from, 1), random.whole(5, 60), counter)
  if (random.chance(0.07) && nextDay < until) teller.put({ do: 'withdraw', sequence: 'followUp' }, nextDay)
  else if (random.chance(0.3) && asked < until)
    teller.play(endings.toFollowUp, minutesAfter(asked, random.wait(110) + 6))
}

const worthAnotherTry = new Set(['Preço', 'Vai decidir no ano que vem', 'Parou de responder'])

function part(story: Story, at: Date, reason: string, until: Date) {
  const { random, teller } = story
  if (reason !== 'Parou de responder') say(story, endings.lost[reason]!, minutesAfter(at, -75))
  else if (teller.time() < daysAfter(at, -3)) say(story, endings.lost[reason]!, daysAfter(at, -1.5))
  if (!worthAnotherTry.has(reason)) return
  const from = enroll(story, 'winBack', at, until)
  if (!from) return
  const offered = minutesAfter(firstMessageAt('winBack', from), random.wait(150) + 5)
  if (offered >= until) return
  // Who wants to hear no more does not come back either.
  if (random.chance(0.14) && until === story.now) teller.refuse(random.pick(endings.refusals), offered)
  else if (random.chance(0.28)) teller.play(endings.toOffer, offered)
}

/** When the lead was put into the sequence; null before there was one, or where something else comes first. */
function enroll(
  { teller, sequencesSince }: Story,
  sequence: SequenceName,
  at: Date,
  until: Date,
): Date | null {
  const from = minutesAfter(new Date(Math.max(at.getTime(), teller.time().getTime())), 4)
  if (from < sequencesSince || from >= until) return null
  teller.put({ do: 'enroll', sequence }, from)
  return from
}

/** Those who were lost before there were sequences were put into one as soon as there was. */
export function tryAgain(story: Story) {
  const { random, teller, life, now, sequencesSince } = story
  const { step, at } = life.at(-1)!
  if (step.do !== 'lose' || !worthAnotherTry.has(step.reason) || !random.chance(0.5)) return
  if (at > sequencesSince || at < daysAfter(sequencesSince, -70)) return
  learn(story, life)
  const morning = instantOf(dayOf(daysAfter(sequencesSince, random.whole(1, 4))), '10:00')
  teller.put({ do: 'enroll', sequence: 'winBack' }, minutesAfter(morning, random.next() * 90))
  const offered = minutesAfter(firstMessageAt('winBack', teller.time()), random.wait(200) + 5)
  if (offered >= now) return
  if (random.chance(0.1)) teller.refuse(random.pick(endings.refusals), offered)
  else if (random.chance(0.2)) teller.play(endings.toOffer, offered)
}

/** Who is still in it asks something that nobody has answered yet, or is asked and does not answer. */
function finish({ random, teller, life, now }: Story) {
  const { step, at, pipeline } = life.at(-1)!
  const isOpen = step.do !== 'win' && step.do !== 'lose'
  if (!isOpen || at < daysAfter(now, -25)) return
  const stage = life.reduce((latest, { step }) => (step.do === 'move' ? step.stage : latest), 0)
  const { first, early, late, company, service } = endings.fresh
  const asks = [stage === 0 ? first : stage < 3 ? early : late, company, service]
  const askedAt = minutesAfter(now, -60 * random.weighted(hoursAgo) * (0.4 + random.next()))
  if (teller.length() > 0 && random.chance(0.5) && askedAt > teller.time())
    return teller.ask(asks[pipeline]!, askedAt)
  const again = atWork(daysAfter(teller.time(), random.whole(1, 3)), random.whole(5, 90), counter)
  if (random.chance(0.4) && again < now) teller.resume(again)
}

const hoursAgo = [
  [3, 1],
  [4, 5],
  [4, 14],
  [2, 40],
] as const
