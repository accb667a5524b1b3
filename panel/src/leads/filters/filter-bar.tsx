import { Button, Drawer, Group, Indicator, Stack } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { ListFilter } from 'lucide-react'
import type { ReactNode } from 'react'
import { useWords } from '../../words/words.ts'
import { FilterInputs } from './filter-inputs.tsx'
import { useFilters } from './filters.ts'
import { MoreFilters, MoreInputs } from './more-filters.tsx'
import { SavedViews } from './saved-views.tsx'
import { SearchInput } from './search-input.tsx'

type Wanted = { hasStages?: boolean; beside?: ReactNode }

/** Search and filters in one line; on a phone the filters are a sheet. */
export function FilterBar({ hasStages = false, beside }: Wanted) {
  const { leads, common } = useWords()
  const { filters, replace, isFiltered } = useFilters()
  const [isOpen, { open, close }] = useDisclosure(false)
  const { q, ...others } = filters
  return (
    <Group gap="xs" mb="xs" wrap="nowrap">
      <SearchInput />
      <Group gap="xs" visibleFrom="md" wrap="nowrap">
        <FilterInputs />
        <MoreFilters hasStages={hasStages} />
        {isFiltered && (
          <Button variant="subtle" onClick={() => replace({})}>
            {common.clear}
          </Button>
        )}
      </Group>
      <Indicator
        hiddenFrom="md"
        disabled={Object.keys(others).length === 0}
        label={Object.keys(others).length}
        size={16}
      >
        <Button variant="default" px="sm" aria-label={leads.filters} onClick={open}>
          <ListFilter size={16} aria-hidden />
        </Button>
      </Indicator>
      <SavedViews />
      {beside}
      <Drawer opened={isOpen} onClose={close} position="bottom" size="80%" title={leads.filters}>
        <Stack pb="md">
          <FilterInputs isWide />
          <MoreInputs hasStages={hasStages} />
          <Group grow>
            <Button variant="default" onClick={() => replace({})}>
              {common.clear}
            </Button>
            <Button onClick={close}>{leads.showFiltered}</Button>
          </Group>
        </Stack>
      </Drawer>
    </Group>
  )
}
