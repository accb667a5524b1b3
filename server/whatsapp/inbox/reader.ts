import type { Database } from '#platform/database.ts'
import { startWatch, type Watch } from '#platform/watch.ts'
import type { Outside } from '#whatsapp/channels.ts'
import { readDueHooks } from '#whatsapp/inbox/lanes.ts'
import type { Counted } from '#whatsapp/inbox/read-hook.ts'

export type InboxOptions = {
  database: Database
  outside: Omit<Outside, 'db'>
  onTrouble: (error: unknown) => void
  count?: Counted
  /** Told when something was kept that others wait for, such as deliveries. */
  afterWrite?: () => void
}

/** Reads what the providers told, beside any number of other processes. */
export const startInbox = ({
  database,
  outside,
  onTrouble,
  count = () => {},
  afterWrite = () => {},
}: InboxOptions): Watch =>
  startWatch(database.pool, {
    onTrouble,
    async look() {
      const { hasRead, hasMore } = await readDueHooks(
        database,
        { ...outside, db: database.db },
        { count, onTrouble },
      )
      if (hasRead) afterWrite()
      return hasMore
    },
  })
