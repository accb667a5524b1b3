import type { Handle } from '#platform/database.ts'

type Preparable<P> = { prepare(name: string): P }
const kept = new WeakMap<Handle, Map<string, unknown>>()

/** The statement of this name: built once for the pool, planned once for each connection.
 *
 * For what is asked all day, and only where one plan fits every value that its placeholders may hold.
 */
export function prepared<P>(db: Handle, name: string, build: (db: Handle) => Preparable<P>): P {
  const statements = kept.get(db) ?? new Map<string, unknown>()
  kept.set(db, statements)
  if (!statements.has(name)) statements.set(name, build(db).prepare(name))
  return statements.get(name) as P
}
