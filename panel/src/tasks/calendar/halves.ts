/** A half hour of the day: 0 begins at `00:00`, 19 at `09:30`. */
export type Half = { half: number; time: string }

const usual = { from: 14, to: 40 }
const whole = { from: 0, to: 48 }

/** Above the half hours stand the day's name and what has no time. */
export const firstRow = 3

export const halfOf = (time: string) => Number(time.slice(0, 2)) * 2 + (time.slice(3) >= '30' ? 1 : 0)

/** From 7 to 20 hours, or from the first to the last of these times where they reach beyond. */
export function halvesOf(times: (string | null)[], isWhole: boolean): Half[] {
  const halves = times.filter((time) => time !== null).map(halfOf)
  const { from, to } = isWhole
    ? whole
    : {
        from: Math.min(usual.from, ...halves.map((half) => half - (half % 2))),
        to: Math.max(usual.to, ...halves.map((half) => half + 2 - (half % 2))),
      }
  return Array.from({ length: to - from }, (_, index) => ({
    half: from + index,
    time: timeOf(from + index),
  }))
}

const timeOf = (half: number) => `${String(Math.floor(half / 2)).padStart(2, '0')}:${half % 2 ? '30' : '00'}`
