import { useSearchParams } from 'wouter'
import type { Input } from '../../api/call.ts'
import { useSession } from '../../api/session.ts'

export type Whose = 'all' | 'me' | 'none'
export type ListQuery = NonNullable<Input<'GET /conversations'>['query']>

/** What the list shows, kept in the address. */
export function useFilters() {
  const { user } = useSession()
  const [search, setSearch] = useSearchParams()
  const whose = (search.get('whose') ?? 'all') as Whose
  const isUnread = search.get('unread') === '1'
  const number = search.get('number')
  const q = search.get('q') ?? ''
  const query: ListQuery = {
    ...(whose === 'all' ? {} : { assigned_to: whose === 'me' ? String(user.id) : 'none' }),
    ...(isUnread ? { unread: true } : {}),
    ...(number ? { instance_id: Number(number) } : {}),
    ...(q ? { q } : {}),
  }
  function set(name: 'whose' | 'unread' | 'number' | 'q', value: string | null) {
    setSearch(
      (before) => {
        if (value) before.set(name, value)
        else before.delete(name)
        return before
      },
      { replace: true },
    )
  }
  return { whose, isUnread, number, q, query, set, isFiltered: Object.keys(query).length > 0 }
}
