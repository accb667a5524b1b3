import { type UseQueryOptions, useQueries } from '@tanstack/react-query'
import type { ApiFailure } from '../api/failure.ts'

export const pageSize = 50
const pageOf = (index: number) => Math.floor(index / pageSize) + 1

export type Page<T> = { data: T[]; meta: { total: number } }
type Sight = { first: number; last: number }
type Question<A> = UseQueryOptions<A, ApiFailure>

/**
 * A list as long as all that is in it, of which only the pages in sight are asked for: what happens elsewhere
 * renews those two or three, however far somebody has scrolled.
 */
export function usePages<T, A extends Page<T>>(ask: (page: number) => Question<A>, sight: Sight) {
  const first = pageOf(sight.first)
  const numbers = Array.from({ length: Math.max(pageOf(sight.last) - first + 1, 1) }, (_, at) => first + at)
  const pages = useQueries({ queries: numbers.map((page) => ask(page)) })
  const known = pages.find(({ data }) => data)?.data as A | undefined
  return {
    /** Unknown until a page has come. */
    total: known?.meta.total,
    error: pages.find(({ error }) => error)?.error ?? null,
    at: (index: number): T | undefined =>
      (pages[pageOf(index) - first]?.data as A | undefined)?.data[index % pageSize],
  }
}
