import { useMemo } from 'react'
import { useSearchParams } from 'wouter'

export const statuses = ['open', 'won', 'lost', 'archived'] as const
export type Status = (typeof statuses)[number]
export type Filters = {
  q?: string
  assigned_to?: number
  source?: string
  status?: Status
  tags?: string[]
}

/** What the board and the list are narrowed to; it stands in the address, so that a link shows the same. */
export function useFilters() {
  const [search, setSearch] = useSearchParams()
  const filters = useMemo(() => filtersIn(search), [search])
  const change = (changes: Filters) =>
    setSearch((before) => written(before, { ...filtersIn(before), ...changes }), { replace: true })
  const replace = (others: Filters) => setSearch((before) => written(before, others), { replace: true })
  return { filters, change, replace, isFiltered: Object.keys(filters).length > 0 }
}

/** As the API is asked: what is put away is shown only to who looks for it. */
export const asAsked = (filters: Filters) => ({ ...filters, archived: filters.status === 'archived' })

/** The same filters in the address of another screen. */
export const searchOf = (filters: Filters, beside: Record<string, string>) =>
  written(new URLSearchParams(beside), filters)

function filtersIn(search: URLSearchParams): Filters {
  const status = statuses.find((each) => each === search.get('status'))
  const [q, source, owner, tags] = [
    search.get('q'),
    search.get('source'),
    Number(search.get('owner')),
    search.getAll('tag'),
  ]
  return {
    ...(q ? { q } : {}),
    ...(owner > 0 ? { assigned_to: owner } : {}),
    ...(source ? { source } : {}),
    ...(status ? { status } : {}),
    ...(tags.length > 0 ? { tags } : {}),
  }
}

const ours = ['q', 'owner', 'source', 'status', 'tag']

/** Whatever else stands in the address stays there. */
function written(before: URLSearchParams, { q, assigned_to, source, status, tags = [] }: Filters) {
  const search = new URLSearchParams([...before].filter(([name]) => !ours.includes(name)))
  if (q) search.set('q', q)
  if (assigned_to) search.set('owner', String(assigned_to))
  if (source) search.set('source', source)
  if (status) search.set('status', status)
  for (const tag of tags) search.append('tag', tag)
  return search
}
