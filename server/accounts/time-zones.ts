import { sql } from 'drizzle-orm'
import type { Handle } from '#platform/database.ts'
import { invalid, selectedInvalid } from '#platform/errors.ts'

/** A zone by its name in the IANA database, which both the database and the server know. */
export async function ensureTimeZone(db: Handle, name: string) {
  // Both also read offsets and abbreviations, which know nothing of summer time.
  const isName = name === 'UTC' || /^[A-Z][\w+-]*(\/[\w+-]+)+$/.test(name)
  if (!isName || !knownToServer(name) || !(await knownToDatabase(db, name)))
    throw invalid({ time_zone: [selectedInvalid('time_zone')] })
}

function knownToServer(name: string) {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: name }))
  } catch {
    return false
  }
}

async function knownToDatabase(db: Handle, name: string) {
  const { rows } = await db.execute(sql`select 1 from pg_timezone_names where name = ${name}`)
  return rows.length > 0
}
