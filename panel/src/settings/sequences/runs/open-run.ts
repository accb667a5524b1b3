import { useLocation, useSearchParams } from 'wouter'

/** The run whose story is open; it stands in the address, `?run=501`, of whichever screen it is opened from. */
export function useOpenRun() {
  const [path] = useLocation()
  const [search, setSearch] = useSearchParams()
  return {
    id: Number(search.get('run')) || null,
    hrefOf: (id: number) => `${path}?${withRun(search, id)}`,
    close: () => setSearch((before) => withRun(before, null), { replace: true }),
  }
}

function withRun(before: URLSearchParams, id: number | null) {
  const search = new URLSearchParams(before)
  if (id === null) search.delete('run')
  else search.set('run', String(id))
  return search
}
