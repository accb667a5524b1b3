import type { Random } from '#demo/random.ts'

export type Line = {
  by: 'customer' | 'seller' | 'template'
  text: string
  /** How long nobody says anything before it, when that is said. */
  pauseMs: number | null
}
export type Facts = Record<string, string>

const speakers: Record<string, Line['by']> = { '<': 'customer', '>': 'seller', '#': 'template' }
const minuteMs = 60_000
const dayMs = 24 * 60 * minuteMs

/** The lines of a script: each `[a|b]` is one of them from here on. */
export function linesOf(random: Random, script: string): Line[] {
  const lines: Line[] = []
  let pauseMs: number | null = null
  for (const written of script.trim().split('\n')) {
    const [mark, text] = [written.trim()[0]!, written.trim().slice(2)]
    if (mark === '~') pauseMs = pauseOf(text)
    else {
      lines.push({ by: speakers[mark]!, text: chosen(random, text), pauseMs })
      pauseMs = null
    }
  }
  return lines
}

/** `50` minutes, or `3d`. */
const pauseOf = (text: string) => Number.parseInt(text, 10) * (text.endsWith('d') ? dayMs : minuteMs)

export const chosen = (random: Random, text: string) =>
  text.replace(/\[([^\]]*)\]/g, (_, choices: string) => random.pick(choices.split('|')))

export const filled = (text: string, facts: Facts) =>
  text.replace(/\{(\w+)\}/g, (_, name: string) => {
    if (facts[name] === undefined) throw new Error(`Nobody knows the ${name} of: ${text}`)
    return facts[name]
  })

/** How somebody writes: everybody has their way. */
export const manners = {
  neat: (text: string) => text,
  quick: (text: string) => lowered(text).replace(/\.$/, ''),
  short: (text: string) =>
    lowered(text)
      .replace(/\.$/, '')
      .replace(/você(?=s?(?!\p{L}))/gu, 'vc')
      .replace(/obrigad[oa]/g, 'obg')
      .replace(/também/g, 'tb'),
} as const

/** Names keep their capitals further on; only how it begins is careless. */
const lowered = (text: string) =>
  /^(R\$|\p{Lu}{2})/u.test(text) ? text : text[0]!.toLowerCase() + text.slice(1)
