import type { SequenceRow } from '#sequences/queries.ts'

/** What says how late it is; a test may turn it. */
export type Clock = () => Date

type Standing = Pick<SequenceRow, 'paused_at' | 'paused_ms'>

/** How far the sequence's own clock is behind: as long as it has been paused in all. */
const behindMs = ({ paused_at, paused_ms }: Standing, now: Date) =>
  paused_ms + (paused_at ? now.getTime() - paused_at.getTime() : 0)

/** A moment by the sequence's own clock, as it goes now. */
export const onItsClock = (sequence: Standing, at: Date, now: Date) =>
  new Date(at.getTime() - behindMs(sequence, now))

export const onOurClock = (sequence: Standing, at: Date, now: Date) =>
  new Date(at.getTime() + behindMs(sequence, now))
