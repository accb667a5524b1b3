import { sql } from 'drizzle-orm'
import type { Handle } from '#platform/database.ts'
import type { Files } from '#platform/files.ts'

const atOnce = 100

/** Removes the files of messages that are gone. Done again, it does no harm. */
export async function forgetFiles(db: Handle, files: Files) {
  for (;;) {
    const { rows } = await db.execute<{ account_id: number; storage_key: string }>(sql`
      -- across accounts: housekeeping
      select account_id, storage_key from forgotten_files where due_at <= now() order by due_at limit ${atOnce}`)
    for (const { account_id, storage_key } of rows) {
      await files.delete(storage_key)
      await db.execute(sql`
        delete from forgotten_files where account_id = ${account_id} and storage_key = ${storage_key}`)
    }
    if (rows.length < atOnce) break
  }
  await files.tidy()
}
