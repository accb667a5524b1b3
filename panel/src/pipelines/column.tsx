import { useDroppable } from '@dnd-kit/core'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useRef } from 'react'
import { inWords } from '../api/failure.ts'
import type { CustomField } from '../leads/field-text.ts'
import type { Filters } from '../leads/filters/filters.ts'
import { type LeadQuery, useLeadPages } from '../leads/pages.ts'
import { useFormat } from '../parts/format.ts'
import { useWords } from '../words/words.ts'
import { BoardCard } from './card.tsx'
import type { Stage } from './moving/moving.tsx'
import { StageDot } from './moving/stage-dot.tsx'

export type Sum = { leads: number; value_sum: number }
type Wanted = {
  stage: Stage
  sum: Sum | undefined
  filters: Filters
  sort: LeadQuery['sort']
  fields: CustomField[]
}

export function Column(wanted: Wanted) {
  const { stage, sum } = wanted
  const { leads } = useWords()
  const { number, roundMoney } = useFormat()
  const { setNodeRef, isOver, active } = useDroppable({ id: stage.id, data: { stage } })
  const isTarget = isOver && active?.data.current?.lead.stage_id !== stage.id
  return (
    <section
      className="board-column"
      ref={setNodeRef}
      aria-label={stage.name}
      data-target={isTarget || undefined}
    >
      <header className="board-head">
        <StageDot stage={stage} />
        <h2 title={stage.name}>{stage.name}</h2>
        <span className="board-count" title={sum && leads.count(sum.leads)}>
          {sum ? number(sum.leads) : ' '}
        </span>
        <span className="board-sum">{sum ? roundMoney(sum.value_sum) : ' '}</span>
      </header>
      <Cards key={wanted.fields.length} {...wanted} />
    </section>
  )
}

// What board.css gives a card, and each of its fields.
const cardHeight = 106
const fieldHeight = 18
const gap = 8
const shownAtFirst = 6

/** As many cards as there are leads, all of one height, of which those in sight are there. */
function Cards({ stage, sum, filters, sort, fields }: Wanted) {
  const words = useWords()
  const scroller = useRef<HTMLDivElement>(null)
  const count = sum?.leads ?? shownAtFirst
  const height = cardHeight + fields.length * fieldHeight
  const rows = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    gap,
    overscan: 4,
    paddingStart: 2,
    paddingEnd: 12,
  })
  const inSight = rows.getVirtualItems()
  const { at, error } = useLeadPages(queryOf(stage, filters, sort), {
    first: inSight[0]?.index ?? 0,
    last: inSight.at(-1)?.index ?? 0,
  })
  if (error) return <p className="board-empty">{inWords(error, words)}</p>
  if (count === 0) return <Empty isFiltered={Object.keys(filters).length > 0} />
  return (
    <div className="board-scroll" ref={scroller}>
      <ul style={{ height: rows.getTotalSize() }}>
        {inSight.map(({ index, start, key }) => {
          const lead = at(index)
          return (
            <li key={lead?.id ?? `${key} to come`} style={{ height, transform: `translateY(${start}px)` }}>
              {lead ? <BoardCard lead={lead} fields={fields} /> : <div className="board-card board-ghost" />}
            </li>
          )
        })}
      </ul>
    </div>
  )
}

function Empty({ isFiltered }: { isFiltered: boolean }) {
  const { pipelines } = useWords()
  return <p className="board-empty">{isFiltered ? pipelines.emptyFiltered : pipelines.emptyStage}</p>
}

/** Who is put away stands in a stage, too, but not on the board. */
const queryOf = (stage: Stage, filters: Filters, sort: LeadQuery['sort']): LeadQuery => ({
  ...filters,
  stage_id: stage.id,
  archived: filters.status === 'archived',
  sort,
  include: 'owner,next_task,conversation',
})
