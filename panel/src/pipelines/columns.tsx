import { useMediaQuery } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useRef } from 'react'
import { look } from '../api/look.ts'
import type { Filters } from '../leads/filters/filters.ts'
import type { LeadQuery } from '../leads/pages.ts'
import { Notice } from '../parts/notice.tsx'
import { useWords } from '../words/words.ts'
import { Column } from './column.tsx'
import { Dragging } from './dragging.tsx'
import type { Pipeline } from './moving/moving.tsx'
import { StageTabs } from './stage-tabs.tsx'

type Wanted = { pipeline: Pipeline; filters: Filters; sort: LeadQuery['sort'] }
const mostFields = 4

/** The stages side by side; on a phone one at a time, a swipe or a tap from the next. */
export function Columns({ pipeline, filters, sort }: Wanted) {
  const isPhone = useMediaQuery('(max-width: 48em)', false, { getInitialValueInEffect: false })
  const { leads } = useWords()
  const row = useRef<HTMLElement>(null)
  const sums = useQuery(look('GET /pipelines/{id}/board', { params: { id: pipeline.id }, query: filters }))
  const custom = useQuery(look('GET /custom-fields', { query: { active_only: true } }))
  const fields = (custom.data?.data ?? []).filter((field) => field.show_on_card).slice(0, mostFields)
  const sumOf = new Map(sums.data?.board.stages.map((stage) => [stage.id, stage]))
  const isEmpty =
    sums.data?.board.stages.every((stage) => stage.leads === 0) && Object.keys(filters).length === 0
  return (
    <Dragging stages={pipeline.stages} fields={fields} isOff={isPhone}>
      {isEmpty && <Notice title={leads.none} text={leads.noneHelp} />}
      {isPhone && <StageTabs stages={pipeline.stages} sumOf={sumOf} row={row} />}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be scrolled by keyboard, also when it is empty */}
      <section className="board-columns" ref={row} tabIndex={0} aria-label={pipeline.name}>
        {pipeline.stages.map((stage) => (
          <Column
            key={stage.id}
            stage={stage}
            sum={sumOf.get(stage.id)}
            filters={filters}
            sort={sort}
            fields={fields}
          />
        ))}
      </section>
    </Dragging>
  )
}
