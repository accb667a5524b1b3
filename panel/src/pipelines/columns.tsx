import { useMediaQuery } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useRef } from 'react'
import { look } from '../api/look.ts'
import type { Filters } from '../leads/filters/filters.ts'
import { Column } from './column.tsx'
import { Dragging } from './dragging.tsx'
import type { Pipeline } from './moving/moving.tsx'
import { StageTabs } from './stage-tabs.tsx'

/** The stages side by side; on a phone one at a time, a swipe or a tap from the next. */
export function Columns({ pipeline, filters }: { pipeline: Pipeline; filters: Filters }) {
  const isPhone = useMediaQuery('(max-width: 48em)', false, { getInitialValueInEffect: false })
  const row = useRef<HTMLDivElement>(null)
  const { q, assigned_to, source, status, tags } = filters
  const sums = useQuery(
    look('GET /pipelines/{id}/board', {
      params: { id: pipeline.id },
      query: { q, assigned_to, source, status, tags },
    }),
  )
  const sumOf = new Map(sums.data?.board.stages.map((stage) => [stage.id, stage]))
  return (
    <Dragging stages={pipeline.stages} isOff={isPhone}>
      {isPhone && <StageTabs stages={pipeline.stages} sumOf={sumOf} row={row} />}
      <div className="board-columns" ref={row}>
        {pipeline.stages.map((stage) => (
          <Column key={stage.id} stage={stage} sum={sumOf.get(stage.id)} filters={filters} />
        ))}
      </div>
    </Dragging>
  )
}
