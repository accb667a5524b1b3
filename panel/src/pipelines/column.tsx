import { useDroppable } from '@dnd-kit/core'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useRef } from 'react'
import { inWords } from '../api/failure.ts'
import type { Filters } from '../leads/filters/filters.ts'
import { useLeadPages } from '../leads/pages.ts'
import { useFormat } from '../parts/format.ts'
import { useWords } from '../words/words.ts'
import { BoardCard } from './card.tsx'
import type { Stage } from './moving/moving.tsx'
import { StageDot } from './moving/stage-dot.tsx'

export type Sum = { leads: number; value_sum: number }
type Wanted = { stage: Stage; sum: Sum | undefined; filters: Filters }

const usualHeight = 112
const gap = 8

export function Column({ stage, sum, filters }: Wanted) {
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
      <Cards stage={stage} sum={sum} filters={filters} />
    </section>
  )
}

/** As many cards as there are leads, of which those in sight are there. */
function Cards({ stage, sum, filters }: Wanted) {
  const words = useWords()
  const scroller = useRef<HTMLDivElement>(null)
  const count = sum?.leads ?? 6
  const rows = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => usualHeight,
    gap,
    overscan: 4,
    paddingStart: 2,
    paddingEnd: 12,
  })
  const inSight = rows.getVirtualItems()
  const pages = useLeadPages(
    {
      ...filters,
      stage_id: stage.id,
      archived: filters.status === 'archived' ? undefined : false,
      sort: '-stage_changed_at',
      include: 'owner,next_task',
    },
    { first: inSight[0]?.index ?? 0, last: inSight.at(-1)?.index ?? 0 },
  )
  if (pages.error && pages.total === undefined)
    return <p className="board-empty">{inWords(pages.error, words)}</p>
  if (sum && count === 0) return <p className="board-empty">{words.pipelines.emptyStage}</p>
  return (
    // A list that scrolls can be reached without a mouse through its cards.
    <div className="board-scroll" ref={scroller}>
      <ul style={{ height: rows.getTotalSize() }}>
        {inSight.map(({ index, start, key }) => {
          const lead = pages.at(index)
          return (
            <li
              key={lead?.id ?? key}
              data-index={index}
              ref={rows.measureElement}
              style={{ transform: `translateY(${start}px)` }}
            >
              {lead ? <BoardCard lead={lead} /> : <div className="board-card board-ghost" aria-hidden />}
            </li>
          )
        })}
      </ul>
    </div>
  )
}
