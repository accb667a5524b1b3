import { Group } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { useVirtualizer } from '@tanstack/react-virtual'
import { ArrowDown, ArrowUp } from 'lucide-react'
import { useRef } from 'react'
import { inWords } from '../api/failure.ts'
import { Notice } from '../parts/notice.tsx'
import { useWords } from '../words/words.ts'
import { asAsked, type Filters } from './filters/filters.ts'
import { IntoSequence } from './into-sequence.tsx'
import { LeadRow } from './lead-row.tsx'
import { useLeadPages } from './pages.ts'

const sortable = ['created_at', 'stage_changed_at', 'value'] as const
type By = (typeof sortable)[number]
export type Sort = By | `-${By}`
type Wanted = { filters: Filters; sort: Sort; setSort: (sort: Sort) => void }

const [rowHeight, phoneRowHeight] = [44, 64]
const shownAtFirst = 12

/** A table as long as all that was found, of which the rows in sight are there. */
export function LeadTable({ filters, sort, setSort }: Wanted) {
  const words = useWords()
  const { leads } = words
  const isPhone = useMediaQuery('(max-width: 48em)', false, { getInitialValueInEffect: false })
  const scroller = useRef<HTMLDivElement>(null)
  const height = isPhone ? phoneRowHeight : rowHeight
  const query = { ...asAsked(filters), sort, include: 'owner,next_task' }
  const first = useLeadPages(query, { first: 0, last: 0 })
  const count = first.total ?? shownAtFirst
  const rows = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    overscan: 8,
  })
  const inSight = rows.getVirtualItems()
  const { at } = useLeadPages(query, { first: inSight[0]?.index ?? 0, last: inSight.at(-1)?.index ?? 0 })
  if (first.error) return <Notice title={words.failures.title} text={inWords(first.error, words)} />
  if (count === 0) return <Nothing isFiltered={Object.keys(filters).length > 0} />
  const [above, below] = [inSight[0]?.start ?? 0, rows.getTotalSize() - (inSight.at(-1)?.end ?? 0)]
  return (
    <>
      <Group gap="xs" mb={8} mih={26}>
        <p className="list-count" role="status">
          {first.total === undefined ? ' ' : leads.count(first.total)}
        </p>
        {Object.keys(filters).length > 0 && <IntoSequence filters={filters} />}
      </Group>
      <section className="list-scroll" ref={scroller} aria-label={leads.title}>
        <table className="list-table" aria-rowcount={count + 1}>
          <thead>
            <tr>
              <th data-by="name">{leads.name}</th>
              <th data-by="phone">{leads.phone}</th>
              <th data-by="stage">{leads.stage}</th>
              <Sorted by="value" label={leads.value} {...{ sort, setSort }} />
              <th data-by="owner">{leads.owner}</th>
              <th>{leads.nextTask}</th>
              <Sorted by="created_at" label={leads.created} {...{ sort, setSort }} />
            </tr>
          </thead>
          <tbody>
            {above > 0 && <tr style={{ height: above }} aria-hidden />}
            {inSight.map(({ index, key }) => (
              <LeadRow
                key={at(index)?.id ?? `${key} to come`}
                lead={at(index)}
                row={index + 2}
                height={height}
              />
            ))}
            {below > 0 && <tr style={{ height: below }} aria-hidden />}
          </tbody>
        </table>
      </section>
    </>
  )
}

type Heading = { by: By; label: string; sort: Sort; setSort: (sort: Sort) => void }

function Sorted({ by, label, sort, setSort }: Heading) {
  const [isUp, isDown] = [sort === by, sort === `-${by}`]
  return (
    <th aria-sort={isUp ? 'ascending' : isDown ? 'descending' : 'none'} data-by={by}>
      <button type="button" onClick={() => setSort(isDown ? by : `-${by}`)}>
        {label}
        {isUp && <ArrowUp size={14} aria-hidden />}
        {isDown && <ArrowDown size={14} aria-hidden />}
      </button>
    </th>
  )
}

function Nothing({ isFiltered }: { isFiltered: boolean }) {
  const { leads } = useWords()
  return isFiltered ? (
    <Notice title={leads.noneFound} text={leads.noneFoundHelp} />
  ) : (
    <Notice title={leads.none} text={leads.noneHelp} />
  )
}
