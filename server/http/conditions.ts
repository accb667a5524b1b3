import { hash } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { Failed, failures } from '#http/failures.ts'
import type { Reference } from '#http/validation.ts'
import type { Route } from '#platform/route.ts'
import type { Scope } from '#platform/scope.ts'

/** A read of one record: its address ends in the record's id. Its answer carries a tag. */
export const readsOne = (route: Route) => route.method === 'GET' && route.path.endsWith('}')

/** The read that shows the record which a write changes, so that `If-Match` can be held against it. */
export const readerOf = (routes: Route[], write: Route): Route | undefined =>
  write.method === 'GET'
    ? undefined
    : routes
        .filter((each) => readsOne(each) && `${write.path}/`.startsWith(`${each.path}/`))
        .sort((a, b) => b.path.length - a.path.length)[0]

/** The answer's own tag: weak when the query chose what is in it, because then it is one of several. */
export function tagOf(body: object, query: object): string {
  const tag = `"${hash('sha1', JSON.stringify(body), 'base64url')}"`
  return Object.values(query).some((value) => value !== undefined && value !== null) ? `W/${tag}` : tag
}

/** `If-None-Match`: the client has this already. What cannot be read as a tag matches nothing. */
export const isKnown = (header: string | undefined, tag: string) =>
  header !== undefined &&
  (header.trim() === '*' || tagsIn(header).some((known) => opaque(known) === opaque(tag)))

/** `If-Match`: refuses unless the record is still the one that the client read. It stays locked until the write is done. */
export async function ensureUnchanged(
  scope: Scope,
  header: string | undefined,
  record: Reference | undefined,
  read: () => Promise<object>,
) {
  if (header === undefined || !record || header.trim() === '*') return
  await scope.db.execute(sql`
    select 1 from ${sql.identifier(record.table)}
    where account_id = ${scope.accountId} and id = ${record.id} for no key update`)
  // Only strong tags: a weak one says nothing of the parts that it left out.
  if (!tagsIn(header).includes(tagOf(await read(), {}))) throw new Failed(failures.stale())
}

const tagsIn = (header: string): string[] => header.match(/(?:W\/)?"[\x21\x23-\x7e\x80-\xff]*"/g) ?? []
const opaque = (tag: string) => tag.replace(/^W\//, '')
