import { useQuery } from '@tanstack/react-query'
import { look } from '../../../api/look.ts'
import { useCan } from '../../../api/session.ts'
import type { SequenceEnrollment } from '../../../api/types.ts'
import type { Filters } from '../../../leads/filters/filters.ts'
import { useWords } from '../../../words/words.ts'

const known = new Set(['q', 'assigned_to', 'source', 'status', 'tags', 'archived'])

/** Filters as a person says them: "Abertos · vip ou b2b". */
export function useFiltersInWords() {
  const { leads, settings } = useWords()
  const { enrollments } = settings
  const users = useQuery({
    ...look('GET /users', { query: { include_inactive: true } }),
    enabled: useCan('users:read'),
  })
  return (given: SequenceEnrollment['filters'] | Filters) => {
    const { q, assigned_to, source, status, tags = [] } = given as Filters
    const owner = users.data?.data.find(({ id }) => id === assigned_to)?.name ?? `#${assigned_to}`
    const isMore = Object.keys(given).some((name) => !known.has(name))
    const said = [
      status && leads.statuses[status],
      assigned_to && `${leads.owner}: ${owner}`,
      tags.length > 0 && `${leads.tags}: ${tags.join(enrollments.or)}`,
      source && `${leads.source}: ${source}`,
      q && `“${q}”`,
      isMore && enrollments.moreFilters,
    ].filter(Boolean)
    return said.length > 0 ? said.join(' · ') : enrollments.everybody
  }
}
