import { useState } from 'react'
import { useCan } from '../api/session.ts'
import { Screen } from '../parts/screen.tsx'
import { useWords } from '../words/words.ts'
import { FilterBar } from './filters/filter-bar.tsx'
import { useFilters } from './filters/filters.ts'
import '../pipelines/card.css'
import './list.css'
import { LeadTable, type Sort } from './lead-table.tsx'
import { NewLeadButton } from './new-lead.tsx'

/** Every lead of every pipeline, narrowed as on the board. */
export default function Leads() {
  const { leads } = useWords()
  const { filters } = useFilters()
  const [sort, setSort] = useState<Sort>('-created_at')
  return (
    <Screen title={leads.title} beside={useCan('leads:write') && <NewLeadButton />} isFull>
      <FilterBar hasStages />
      <LeadTable key={JSON.stringify([filters, sort])} filters={filters} sort={sort} setSort={setSort} />
    </Screen>
  )
}
