import { useQuery } from '@tanstack/react-query'
import { look } from '../api/look.ts'

/** The account's tags, the commonest first, for suggestions. */
export function useTags(): string[] {
  const asked = useQuery(look('GET /tags'))
  return (asked.data?.data ?? []).map(({ tag }) => tag)
}
