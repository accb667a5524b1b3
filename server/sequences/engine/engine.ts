import type { Config } from '#config.ts'
import type { Database, Handle } from '#platform/database.ts'
import { createOutbound, type Outbound } from '#platform/outbound.ts'
import { isPassing } from '#platform/passing.ts'
import { startWatch } from '#platform/watch.ts'
import type { Clock } from '#sequences/clock.ts'
import { advance, type Taken } from '#sequences/engine/advance.ts'
import { makeCalls } from '#sequences/engine/calls.ts'
import { runsDue } from '#sequences/engine/due.ts'
import type { Send } from '#sequences/engine/effects.ts'
import { setBack } from '#sequences/engine/failing.ts'
import { stopRunsOfDeleted } from '#sequences/engine/removal.ts'
import { enrollMore } from '#sequences/enrollments/progress.ts'
import { queueMessage } from '#whatsapp/outbox/queue.ts'

const atOnce = 4

type Look = { db: Handle; clock: Clock; send: Send; onTrouble: (error: unknown) => void }

/** Takes every step that is due now, and says whether there was one: then there may be more. */
export async function takeSteps({ db, clock, send, onTrouble }: Look): Promise<boolean> {
  const now = clock()
  const due = (await runsDue(db, now)).values()
  let moved = 0
  async function work() {
    for (const run of due) if (await one(run)) moved++
  }
  async function one(run: Taken): Promise<boolean> {
    try {
      return await advance(db, run, { now, send })
    } catch (error) {
      if (!isPassing(error)) await setBack(db, run, now)
      onTrouble(error)
      return false
    }
  }
  await Promise.all(Array.from({ length: atOnce }, work))
  return moved > 0
}

/** Begins some of the runs that were asked for by filter, and ends some of deleted sequences. */
export async function beginAndEnd({ db, clock }: Pick<Look, 'db' | 'clock'>): Promise<boolean> {
  const hasEnrolled = await enrollMore(db, clock())
  const hasStopped = await stopRunsOfDeleted(db, clock())
  return hasEnrolled || hasStopped
}

type Options = Pick<Look, 'onTrouble'> & {
  database: Database
  config: Pick<Config, 'allowPrivateWebhooks'>
  clock?: Clock
  send?: Send
  outbound?: Outbound
  /** Told when others have something to do, such as sending. */
  afterWrite?: () => void
}

export type Sequencer = { stop(): Promise<void> }

/** Runs sequences beside any number of other processes: a step is done by whoever holds its run, in one transaction. */
export function startSequences({
  database: { pool, db },
  config,
  onTrouble,
  send = queueMessage,
  clock = () => new Date(),
  outbound = createOutbound({ allowPrivate: config.allowPrivateWebhooks }),
  afterWrite = () => {},
}: Options): Sequencer {
  const watch = (look: () => Promise<boolean>) => {
    const lookAndTell = async () => {
      const hasMoved = await look()
      if (hasMoved) afterWrite()
      return hasMoved
    }
    return startWatch(pool, { look: lookAndTell, onTrouble })
  }
  // Apart, so that neither a slow receiver nor a long enrollment holds up the steps.
  const watches = [
    watch(() => takeSteps({ db, clock, send, onTrouble })),
    watch(() => beginAndEnd({ db, clock })),
    watch(async () => (await makeCalls(db, outbound, clock())) > 0),
  ]
  return {
    async stop() {
      await Promise.all(watches.map((each) => each.stop()))
      await outbound.close()
    },
  }
}
