import { forgetExpired } from '#accounts/sign-in/housekeeping.ts'
import { forgetIdempotencyKeys } from '#http/idempotency.ts'
import { foldTagChanges } from '#leads/tags/tags.ts'
import type { Database } from '#platform/database.ts'
import type { Files } from '#platform/files.ts'
import type { Schedule } from '#platform/jobs.ts'
import { forgetOldDeliveries } from '#webhooks/housekeeping.ts'
import type { Outside } from '#whatsapp/channels.ts'
import { forgetHooks } from '#whatsapp/inbox/housekeeping.ts'
import { forgetFiles } from '#whatsapp/inbox/media-housekeeping.ts'
import { lookAfterNumbers } from '#whatsapp/instances/watch.ts'
import { syncAllTemplates } from '#whatsapp/templates/sync.ts'

type Around = Omit<Outside, 'db'> & { files: Files }

/** All background work on one screen: one line for each job and schedule. */
export const schedulesOf = ({ db }: Database, { files, ...outside }: Around): Schedule[] => [
  { name: 'forget-expired', cron: '17 * * * *', work: () => forgetExpired(db) },
  { name: 'forget-deliveries', cron: '37 * * * *', work: () => forgetOldDeliveries(db) },
  { name: 'forget-hooks', cron: '47 * * * *', work: () => forgetHooks(db) },
  { name: 'forget-files', cron: '7 * * * *', work: () => forgetFiles(db, files) },
  { name: 'fold-tag-changes', cron: '*/5 * * * *', work: () => foldTagChanges({ db }) },
  { name: 'look-after-numbers', cron: '*/10 * * * *', work: () => lookAfterNumbers({ ...outside, db }) },
  { name: 'sync-templates', cron: '23 */6 * * *', work: () => syncAllTemplates({ ...outside, db }) },
  { name: 'forget-idempotency-keys', cron: '37 * * * *', work: () => forgetIdempotencyKeys(db) },
]
