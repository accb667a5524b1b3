import { useMemo } from 'react'
import { useSearchParams } from 'wouter'

export const statuses = ['open', 'won', 'lost', 'archived'] as const
export type Status = (typeof statuses)[number]
export type Filters = {
  q?: string
  pipeline_id?: number
  stage_id?: number
  assigned_to?: number
  source?: string
  status?: Status
  tags?: string[]
  /** Days, `2026-06-30`, both of them included. */
  created_from?: string
  created_to?: string
  /** By the field's name; what is written fits its type or is refused by the API. */
  custom_fields?: Record<string, string>
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

/** Those that a board knows: where a lead stands is said by its columns. */
export const onBoard = ({ pipeline_id, stage_id, ...filters }: Filters): Filters => filters

/** The same filters in the address of another screen. */
export const searchOf = (filters: Filters, beside: Record<string, string>) =>
  written(new URLSearchParams(beside), filters)

/** What each is called in the address. */
const named = {
  q: 'q',
  pipeline_id: 'pipeline',
  stage_id: 'stage',
  assigned_to: 'owner',
  source: 'source',
  status: 'status',
  created_from: 'from',
  created_to: 'to',
} as const
const singles = Object.entries(named) as [keyof typeof named, string][]
const numbers = new Set<string>(['pipeline_id', 'stage_id', 'assigned_to'])
const fieldPrefix = 'field.'

function filtersIn(search: URLSearchParams): Filters {
  const found = singles.flatMap(([name, inAddress]) => {
    const value = search.get(inAddress)
    return value && isSense(name, value) ? [[name, numbers.has(name) ? Number(value) : value]] : []
  })
  const tags = search.getAll('tag')
  const fields = [...search].flatMap(([name, value]) =>
    name.startsWith(fieldPrefix) && value ? [[name.slice(fieldPrefix.length), value]] : [],
  )
  return {
    ...Object.fromEntries(found),
    ...(tags.length > 0 ? { tags } : {}),
    ...(fields.length > 0 ? { custom_fields: Object.fromEntries(fields) } : {}),
  }
}

/** An address may have been written by hand. */
function isSense(name: string, value: string) {
  if (numbers.has(name)) return Number(value) > 0
  if (name === 'status') return statuses.includes(value as Status)
  return !name.startsWith('created_') || /^\d{4}-\d\d-\d\d$/.test(value)
}

const isOurs = (name: string) =>
  name === 'tag' || name.startsWith(fieldPrefix) || singles.some(([, inAddress]) => inAddress === name)

/** Whatever else stands in the address stays there. */
function written(before: URLSearchParams, filters: Filters) {
  const search = new URLSearchParams([...before].filter(([name]) => !isOurs(name)))
  for (const [name, inAddress] of singles) if (filters[name]) search.set(inAddress, String(filters[name]))
  for (const tag of filters.tags ?? []) search.append('tag', tag)
  for (const [field, value] of Object.entries(filters.custom_fields ?? {}))
    if (value) search.set(fieldPrefix + field, value)
  return search
}
