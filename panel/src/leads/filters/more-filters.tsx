import { Button, Indicator, Popover, Stack } from '@mantine/core'
import { SlidersHorizontal } from 'lucide-react'
import { late } from '../../parts/late.tsx'
import { useWords } from '../../words/words.ts'
import { type Filters, useFilters } from './filters.ts'

/** Not part of the first load: they come while a hand moves towards them. */
export const MoreInputs = late(() => import('./more-inputs.tsx'))

/** Those behind a button, where there is no room for them. */
export function MoreFilters({ hasStages }: { hasStages: boolean }) {
  const { leads } = useWords()
  const { filters } = useFilters()
  const count = countOf(filters, hasStages)
  return (
    <Popover position="bottom-start" width={320} shadow="md" trapFocus withinPortal>
      <Indicator label={count} size={16} disabled={count === 0}>
        <Popover.Target>
          <Button
            variant="default"
            px="sm"
            aria-label={leads.moreFilters}
            title={leads.moreFilters}
            onPointerEnter={MoreInputs.fetch}
            onFocus={MoreInputs.fetch}
          >
            <SlidersHorizontal size={16} aria-hidden />
          </Button>
        </Popover.Target>
      </Indicator>
      <Popover.Dropdown mah="70vh" style={{ overflowY: 'auto' }} aria-label={leads.moreFilters}>
        <Stack gap="sm">
          <MoreInputs hasStages={hasStages} />
        </Stack>
      </Popover.Dropdown>
    </Popover>
  )
}

function countOf(filters: Filters, hasStages: boolean) {
  const { pipeline_id, stage_id, created_from, created_to, custom_fields = {} } = filters
  const given = [
    hasStages && (pipeline_id || stage_id),
    created_from || created_to,
    ...Object.keys(custom_fields),
  ]
  return given.filter(Boolean).length
}
