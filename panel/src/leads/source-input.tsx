import { Autocomplete, type AutocompleteProps } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { look } from '../api/look.ts'
import { plain } from '../parts/plain.ts'

/** Where a lead comes from: what other leads of the account say, or anything else. */
export function SourceInput(props: AutocompleteProps) {
  const asked = useQuery(look('GET /sources'))
  const sources = (asked.data?.data ?? []).map(({ source }) => source)
  return (
    <Autocomplete
      data={sources.sort((one, other) => one.localeCompare(other))}
      filter={fitting}
      limit={mostShown}
      {...props}
    />
  )
}

const mostShown = 100

const fitting: AutocompleteProps['filter'] = ({ options, search, limit }) => {
  const known = options.filter((option) => 'value' in option)
  // One that is there already is about to be replaced: all others are shown.
  const isKnown = known.some(({ value }) => value === search)
  return known.filter(({ value }) => isKnown || plain(value).includes(plain(search.trim()))).slice(0, limit)
}
