/** The same numbers for the same seed, on every machine (mulberry32). */
export function randomOf(seed: number) {
  let state = seed >>> 0
  function next() {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const whole = (from: number, to: number) => from + Math.floor(next() * (to - from + 1))
  const chance = (probability: number) => next() < probability
  const pick = <T>(choices: readonly T[]): T => choices[whole(0, choices.length - 1)]!
  function weighted<T>(choices: readonly (readonly [weight: number, choice: T])[]): T {
    let left = next() * choices.reduce((sum, [weight]) => sum + weight, 0)
    const chosen = choices.find(([weight]) => {
      left -= weight
      return left < 0
    })
    return (chosen ?? choices.at(-1)!)[1]
  }
  /** Days until something happens that happens every so many days: mostly soon, now and then late. */
  const wait = (averageDays: number) => -Math.log(1 - next()) * averageDays
  return { next, whole, chance, pick, weighted, wait }
}
export type Random = ReturnType<typeof randomOf>
