import { onItsClock } from '#sequences/clock.ts'
import type { SequenceRow } from '#sequences/queries.ts'
import type { RunRow } from '#sequences/tables.ts'

const hourMs = 60 * 60_000
const dayMs = 24 * hourMs

/** How long a message waits, and how often it is tried: a closed window is opened by the lead, which is heard. */
const patience = {
  window: { longestMs: 7 * dayMs, everyMs: 7 * dayMs },
  number: { longestMs: 3 * dayMs, everyMs: hourMs },
}

/** When to try again what cannot be sent now; null when it has waited long enough. All by the sequence's clock. */
export function laterTry(
  { run, sequence, now }: { run: RunRow; sequence: SequenceRow; now: Date },
  reason: string,
): Pick<RunRow, 'waiting_for' | 'waiting_since' | 'due_at'> | null {
  const waiting_for = reason === 'window_closed' ? 'window' : 'number'
  const { longestMs, everyMs } = patience[waiting_for]
  const itsNow = onItsClock(sequence, now, now)
  const waiting_since = run.waiting_for === waiting_for ? run.waiting_since! : itsNow
  const end = waiting_since.getTime() + longestMs
  if (itsNow.getTime() >= end) return null
  const due_at = new Date(Math.min(itsNow.getTime() + everyMs, end))
  return { waiting_for, waiting_since, due_at }
}
