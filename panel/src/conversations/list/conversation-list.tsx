import { useVirtualizer } from '@tanstack/react-virtual'
import { useRef, useState } from 'react'
import type { AnswerOf } from '../../api/call.ts'
import { inWords } from '../../api/failure.ts'
import { look } from '../../api/look.ts'
import { Notice } from '../../parts/notice.tsx'
import { pageSize, usePages } from '../../parts/pages.ts'
import { useWords } from '../../words/words.ts'
import type { Conversation } from '../talk.ts'
import { FilterBar } from './filter-bar.tsx'
import { useFilters } from './filters.ts'
import { ConversationRow, RowToCome } from './row.tsx'
import { useWalk } from './walking.ts'

const rowHeight = 68
const shownAtFirst = 8

/** Who writes, the last one first; of many only those in sight are there. */
export function ConversationList({ selected, hasNumber }: { selected: number | null; hasNumber: boolean }) {
  const { conversations } = useWords()
  return (
    <section className="inbox-list" aria-label={conversations.list}>
      <FilterBar />
      <Rows selected={selected} hasNumber={hasNumber} />
    </section>
  )
}

function Rows({ selected, hasNumber }: { selected: number | null; hasNumber: boolean }) {
  const words = useWords()
  const { query, isFiltered } = useFilters()
  const scroller = useRef<HTMLDivElement>(null)
  const [count, setCount] = useState(shownAtFirst)
  const rows = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 6,
  })
  const inSight = rows.getVirtualItems()
  const sight = { first: inSight[0]?.index ?? 0, last: inSight.at(-1)?.index ?? 0 }
  const { at, total, error } = usePages<Conversation, AnswerOf<'GET /conversations'>>(
    (page) => look('GET /conversations', { query: { ...query, page, per_page: pageSize } }),
    sight,
  )
  if (total !== undefined && total !== count) setCount(total)
  useWalk({ at, total: total ?? 0, selected, show: (index) => rows.scrollToIndex(index) })
  if (error) return <p className="inbox-empty">{inWords(error, words)}</p>
  if (total === 0) return <Nobody isFiltered={isFiltered} hasNumber={hasNumber} />
  return (
    <div className="inbox-rows" ref={scroller}>
      <ul style={{ height: rows.getTotalSize() }}>
        {inSight.map(({ index, start, key }) => {
          const conversation = at(index)
          return (
            <li key={conversation?.id ?? `${key} to come`} style={{ transform: `translateY(${start}px)` }}>
              {conversation ? (
                <ConversationRow conversation={conversation} isSelected={conversation.id === selected} />
              ) : (
                <RowToCome />
              )}
            </li>
          )
        })}
      </ul>
    </div>
  )
}

function Nobody({ isFiltered, hasNumber }: { isFiltered: boolean; hasNumber: boolean }) {
  const { conversations } = useWords()
  if (isFiltered) return <Notice title={conversations.noneFound} text={conversations.noneFoundHelp} />
  return hasNumber ? <Notice title={conversations.none} text={conversations.noneHelp} /> : null
}
