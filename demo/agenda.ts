import type { Moment } from './life.ts'

/** What is to happen, in order; to which more is added while it happens. */
export function createAgenda(planned: Moment[]) {
  const moments = planned.toSorted((a, b) => a.at.getTime() - b.at.getTime() || a.lead - b.lead)
  let done = 0
  return {
    /** After what is to happen at the same instant. */
    add(moment: Moment) {
      let place = done
      while (place < moments.length && moments[place]!.at <= moment.at) place++
      moments.splice(place, 0, moment)
    },
    peek: () => moments[done],
    next: () => moments[done++],
    progress: () => ({ done, of: moments.length }),
  }
}
export type Agenda = ReturnType<typeof createAgenda>
