import { useQueries } from '@tanstack/react-query'
import type { AnswerOf, Input } from '../api/call.ts'
import { look } from '../api/look.ts'

export type Lead = AnswerOf<'GET /leads'>['data'][number]
export type LeadQuery = NonNullable<Input<'GET /leads'>['query']>

export const pageSize = 50
const pageOf = (index: number) => Math.floor(index / pageSize) + 1

/**
 * A list as long as all its leads, of which only the pages in sight are asked for: what happens elsewhere
 * renews those two or three, however far somebody has scrolled.
 */
export function useLeadPages(query: LeadQuery, sight: { first: number; last: number }) {
  const first = pageOf(sight.first)
  const numbers = Array.from({ length: Math.max(pageOf(sight.last) - first + 1, 1) }, (_, at) => first + at)
  const pages = useQueries({
    queries: numbers.map((page) => look('GET /leads', { query: { ...query, page, per_page: pageSize } })),
  })
  const known = pages.find(({ data }) => data)?.data
  return {
    /** Unknown until a page has come. */
    total: known?.meta.total,
    error: pages.find(({ error }) => error)?.error ?? null,
    at: (index: number): Lead | undefined => pages[pageOf(index) - first]?.data?.data[index % pageSize],
  }
}
