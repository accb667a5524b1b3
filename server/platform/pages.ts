import { type Static, Type } from 'typebox'

export const defaultPerPage = 50
const maxPerPage = 200

/** What every list takes. Nonsense is page 1 and more than 200 is 200: a list is never refused for its page. */
export const Paging = {
  page: Type.Integer({ minimum: 1, default: 1, 'x-lenient': true, examples: [1] }),
  per_page: Type.Integer({
    minimum: 1,
    default: defaultPerPage,
    'x-lenient': true,
    description: `Items per page; more than ${maxPerPage} is ${maxPerPage}.`,
    examples: [50],
  }),
  cursor: Type.Optional(
    Type.String({
      'x-keep-blank': true,
      description:
        'Pages by position instead of number: `cursor=` starts, `meta.next_cursor` continues, null ends. Loses nothing while leads change.',
    }),
  ),
}
export type PageQuery = { page: number; per_page: number; cursor?: string }

export const Meta = Type.Object(
  {
    total: Type.Integer(),
    total_is_minimum: Type.Optional(
      Type.Boolean({
        description: 'There are more than `total`: long lists of conversations are not counted to the end.',
      }),
    ),
    per_page: Type.Integer(),
    current_page: Type.Integer(),
    last_page: Type.Integer({ description: 'At least 1.' }),
    has_more: Type.Boolean(),
    next_cursor: Type.Optional(
      Type.Unsafe<string | null>({ type: ['string', 'null'], description: 'Only when paging by cursor.' }),
    ),
  },
  { 'x-name': 'Meta' },
)
export type Meta = Static<typeof Meta>

export const perPageOf = (query: { per_page: number; page?: number }) => Math.min(query.per_page, maxPerPage)

// PostgreSQL's offset is 64 bits, JavaScript's integers are 53.
export const offsetOf = (query: PageQuery) =>
  Math.min((query.page - 1) * perPageOf(query), Number.MAX_SAFE_INTEGER)

export function metaOf(query: PageQuery, total: number): Meta {
  const per_page = perPageOf(query)
  const last_page = Math.max(Math.ceil(total / per_page), 1)
  return { total, per_page, current_page: query.page, last_page, has_more: query.page < last_page }
}

/** RFC 8288: first, prev, next and last, with the filters kept. */
export function linksOf(url: string, meta: Meta): Record<string, string> {
  const at = (changes: Record<string, string>) => {
    const [path, search = ''] = url.split('?', 2) as [string, string?]
    const query = new URLSearchParams(search)
    for (const [name, value] of Object.entries(changes)) query.set(name, value)
    return `<${path}?${query}>`
  }
  const links: string[] = []
  if (meta.next_cursor !== undefined) {
    links.push(`${at({ cursor: '' })}; rel="first"`)
    if (meta.next_cursor) links.push(`${at({ cursor: meta.next_cursor })}; rel="next"`)
  } else {
    links.push(`${at({ page: '1' })}; rel="first"`)
    if (meta.current_page > 1) {
      links.push(`${at({ page: String(Math.min(meta.current_page - 1, meta.last_page)) })}; rel="prev"`)
    }
    if (meta.has_more) links.push(`${at({ page: String(meta.current_page + 1) })}; rel="next"`)
    links.push(`${at({ page: String(meta.last_page) })}; rel="last"`)
  }
  return { link: links.join(', ') }
}

export const encodeCursor = (position: unknown) => Buffer.from(JSON.stringify(position)).toString('base64url')

/** The position that a cursor holds, or null when it is not one of ours. */
export function decodeCursor(cursor: string): Record<string, unknown> | null {
  try {
    const position = JSON.parse(Buffer.from(cursor, 'base64url').toString())
    return position && typeof position === 'object' && !Array.isArray(position) ? position : null
  } catch {
    return null
  }
}
