import { atWork, beforeBed, counter, daysAfter, instantOf, minutesAfter, waking } from '#demo/clock.ts'
import { shortName } from '#demo/company.ts'
import type { Moment, Talking } from '#demo/life.ts'
import type { Random } from '#demo/random.ts'
import type { Reason } from '#whatsapp/reasons.ts'
import { goAhead } from './endings.ts'
import { type Facts, filled, type Line, linesOf, manners } from './script.ts'

const windowHours = 24

/** Tells one lead's talk from its birth on, line after line, as the clock and the 24 hours allow, until now. */
export function createTeller(random: Random, { birth, facts, topic, now }: Wanted) {
  const moments: Moment[] = []
  const manner = manners[random.pick(['neat', 'neat', 'quick', 'quick', 'short'] as const)]
  // Their first word can come at once.
  let at = minutesAfter(birth.at, -10)
  let heardAt: Date | null = null

  const happen = (step: Talking, bySite = false) => {
    if (at < now) moments.push({ ...birth, at, bySite, step })
  }
  const worded = (text: string) => filled(text, { ...facts, ...byClock(at) })
  const wait = (minutes: number) => {
    at = minutesAfter(at, minutes)
  }

  /** The lines of one of these scripts, not before this instant. */
  function play(scripts: string[], from: Date, { isSeen = true } = {}) {
    const lines = linesOf(random, random.pick(scripts))
    at = new Date(Math.max(minutesAfter(at, random.whole(2, 9)).getTime(), from.getTime()))
    for (const [index, line] of lines.entries()) {
      if (index > 0) wait(line.pauseMs === null ? gap(line, lines[index - 1]!) : line.pauseMs / 60_000)
      if (line.by === 'customer') hear(line.text)
      else if (line.by === 'seller') write(line.text)
      else resume(line.text)
    }
    if (isSeen) see(lines.at(-1)!)
  }

  function gap(line: Line, before: Line) {
    if (line.by === before.by) return 0.3 + random.next()
    return Math.min(random.wait(line.by === 'seller' ? 6 : 11) + 0.6, 240)
  }

  function hear(text: string) {
    at = atWork(at, random.whole(3, 110), waking)
    heardAt = at
    happen({ do: 'hear', text: manner(worded(text)) })
  }

  function write(text: string) {
    at = atWork(at, random.whole(2, 75), counter)
    if (heardAt === null || at >= minutesAfter(heardAt, windowHours * 60 - 1)) {
      resume(topic)
      wait(random.wait(35) + 1)
      hear(random.pick(goAhead))
      wait(random.whole(1, 9))
      at = atWork(at, random.whole(2, 75), counter)
    }
    happen({ do: 'write', text: capital(worded(text)) })
  }

  /** The way back into a talk that is a day old. Now and then Meta does not deliver it, and it goes again the day after. */
  function resume(about: string) {
    at = atWork(at, random.whole(2, 75), counter)
    const variables = { ...introduced(), assunto: worded(about) }
    if (random.chance(0.09)) {
      template('retomar_conversa', variables, random.pick(['undeliverable', 'marketing_capped']))
      at = atWork(daysAfter(at, 1), random.whole(2, 75), counter)
    }
    template('retomar_conversa', variables)
  }

  const introduced = () => ({ nome: facts.first!, vendedor: facts.seller!, empresa: shortName })

  function template(name: string, variables: Record<string, string>, fails: Reason | null = null) {
    happen({ do: 'write template', name, variables, fails })
  }

  /** Somebody has read the talk so far; whoever had the last word sooner. */
  function see({ by }: Pick<Line, 'by'>) {
    if (by === 'customer') wait(random.wait(12) + 1)
    at = atWork(at, random.whole(2, 60), counter)
    happen({ do: 'see' })
  }

  return {
    play,
    /** The first word to somebody who has never written. */
    welcome(from: Date) {
      at = atWork(from, random.whole(2, 75), counter)
      template('boas_vindas', introduced())
    },
    remind(from: Date, variables: { dia: string; hora: string }) {
      at = from
      template('lembrete_agendamento', { nome: facts.first!, ...variables })
    },
    /** What nobody here has looked at yet. */
    ask(scripts: string[], from: Date) {
      play(scripts, beforeBed(from, random.whole(5, 80)), { isSeen: false })
    },
    resume: (from: Date) => {
      at = from
      resume(topic)
    },
    refuse(word: string, from: Date) {
      at = from
      hear(word)
      see({ by: 'customer' })
    },
    put(step: Talking, from: Date, { bySite = false } = {}) {
      at = from
      happen(step, bySite)
    },
    learn: (known: Facts) => Object.assign(facts, known),
    facts: (): Facts => facts,
    time: () => at,
    length: () => moments.filter(({ step }) => step.do === 'hear' || step.do === 'write').length,
    moments: () => moments,
  }
}
export type Teller = ReturnType<typeof createTeller>

type Wanted = { birth: Moment; facts: Facts; topic: string; now: Date }

const capital = (text: string) => text[0]!.toUpperCase() + text.slice(1)

/** What is said differently by the hour and the day. */
function byClock(at: Date): Facts {
  const hour = new Date(at.getTime() - 3 * 3_600_000).getUTCHours()
  return {
    oi: hour < 12 ? 'Bom dia' : hour < 18 ? 'Boa tarde' : 'Boa noite',
    soon: weekday(atWork(daysAfter(at, 3), 60)),
  }
}

export const weekday = (at: Date) =>
  new Intl.DateTimeFormat('pt-BR', { weekday: 'long', timeZone: 'America/Sao_Paulo' }).format(at)

/** `2026-06-18` → `quinta-feira, dia 18`. */
export function dayInWords(day: string): string {
  return `${weekday(instantOf(day, '12:00'))}, dia ${Number(day.slice(8))}`
}
