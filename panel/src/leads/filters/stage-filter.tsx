import { Select } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { look } from '../../api/look.ts'
import { useWords } from '../../words/words.ts'
import { type Filters, useFilters } from './filters.ts'

/** A stage, or all of a pipeline where there are several. */
export function StageFilter() {
  const { leads } = useWords()
  const { filters, change } = useFilters()
  const pipelines = useQuery(look('GET /pipelines')).data?.pipelines ?? []
  const groups = pipelines.map(({ id, name, stages }) => ({
    group: name,
    items: [
      ...(pipelines.length > 1 ? [{ value: `pipeline_id ${id}`, label: leads.wholePipeline(name) }] : []),
      ...stages.map((stage) => ({ value: `stage_id ${stage.id}`, label: stage.name })),
    ],
  }))
  return (
    <Select
      label={leads.stage}
      data={pipelines.length > 1 ? groups : (groups[0]?.items ?? [])}
      value={chosenIn(filters)}
      onChange={(chosen) => change(placeIn(chosen))}
      searchable
      clearable
      comboboxProps={{ withinPortal: false }}
    />
  )
}

const chosenIn = ({ stage_id, pipeline_id }: Filters) =>
  stage_id ? `stage_id ${stage_id}` : pipeline_id ? `pipeline_id ${pipeline_id}` : null

function placeIn(chosen: string | null): Filters {
  const [name, id] = chosen?.split(' ') ?? []
  return { pipeline_id: undefined, stage_id: undefined, ...(name ? { [name]: Number(id) } : {}) }
}
