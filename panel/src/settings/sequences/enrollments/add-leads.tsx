import { Button, Group, SimpleGrid, Stack, Text } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { inWords } from '../../../api/failure.ts'
import { look } from '../../../api/look.ts'
import type { Sequence } from '../../../api/types.ts'
import { FilterInputs } from '../../../leads/filters/filter-inputs.tsx'
import { asAsked, useFilters } from '../../../leads/filters/filters.ts'
import { MoreInputs } from '../../../leads/filters/more-filters.tsx'
import { SavedViews } from '../../../leads/filters/saved-views.tsx'
import { SearchInput } from '../../../leads/filters/search-input.tsx'
import { useWords } from '../../../words/words.ts'
import { Enrollments } from './enrollments.tsx'
import { StartQuestion } from './start-question.tsx'

/** Who is to enter, chosen as on the list of leads; below, how far those are that were begun. */
export function AddLeads({ sequence }: { sequence: Sequence }) {
  const words = useWords()
  const { enrollments } = words.settings
  const { filters, replace, isFiltered } = useFilters()
  const [isAsking, ask] = useState(false)
  const asked = useQuery({
    ...look('GET /leads', { query: { ...asAsked(filters), per_page: 1 } }),
    placeholderData: keepPreviousData,
  })
  const count = asked.data?.meta.total
  const isKnown = count !== undefined && !asked.isPlaceholderData
  return (
    <Stack maw="44rem" gap="md">
      <Text size="sm" c="dimmed">
        {enrollments.help}
      </Text>
      <SearchInput isWide />
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
        <FilterInputs isWide />
        <MoreInputs hasStages />
      </SimpleGrid>
      <Group justify="space-between" gap="sm">
        <Text size="sm" role="status">
          {asked.error ? inWords(asked.error, words) : count !== undefined && enrollments.fits(count)}
          {count !== undefined && !isFiltered && ` ${enrollments.unfiltered}`}
        </Text>
        <Group gap="xs">
          {isFiltered && (
            <Button variant="subtle" onClick={() => replace({})}>
              {words.common.clear}
            </Button>
          )}
          <SavedViews />
          <Button disabled={!isKnown || count === 0} onClick={() => ask(true)}>
            {enrollments.start}
          </Button>
        </Group>
      </Group>
      {isAsking && isKnown && (
        <StartQuestion sequence={sequence} filters={filters} count={count} close={() => ask(false)} />
      )}
      <Enrollments sequence={sequence} />
    </Stack>
  )
}
