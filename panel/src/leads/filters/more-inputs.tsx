import { CreatedFilter } from './created-filter.tsx'
import { FieldFilters } from './field-filters.tsx'
import { StageFilter } from './stage-filter.tsx'

/** What is asked for less often: since when, where a lead stands, and the account's own fields. */
export default function MoreInputs({ hasStages }: { hasStages: boolean }) {
  return (
    <>
      <CreatedFilter />
      {hasStages && <StageFilter />}
      <FieldFilters />
    </>
  )
}
