import { useLocalStorage } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useParams } from 'wouter'
import { client, look } from '../api/look.ts'
import { useCan } from '../api/session.ts'
import { FilterBar } from '../leads/filters/filter-bar.tsx'
import { onBoard, useFilters } from '../leads/filters/filters.ts'
import { NewLeadButton } from '../leads/new-lead.tsx'
import { Asked } from '../parts/asked.tsx'
import { Screen } from '../parts/screen.tsx'
import { useWords } from '../words/words.ts'
import './board.css'
import './card.css'
import { Columns } from './columns.tsx'
import { Moving, type Pipeline } from './moving/moving.tsx'
import { type Order, OrderMenu } from './order-menu.tsx'
import { PipelineMenu } from './pipeline-menu.tsx'

// Asked for while the rest of the panel is still being drawn; a stranger asks for nothing.
client.ensureQueryData(look('GET /session')).then(
  () => client.prefetchQuery(look('GET /pipelines')),
  () => {},
)

export default function Board() {
  const { pipelines } = useWords()
  const wanted = Number(useParams().pipeline ?? localStorage.getItem('funil.pipeline'))
  const asked = useQuery(look('GET /pipelines'))
  const pipeline = asked.data?.pipelines.find(({ id }) => id === wanted) ?? asked.data?.pipelines[0]
  return (
    <Moving>
      <Screen
        title={pipeline?.name ?? pipelines.title}
        heading={pipeline && <PipelineMenu all={asked.data!.pipelines} chosen={pipeline} />}
        beside={pipeline && <Beside pipeline={pipeline} />}
        isFull
      >
        <Asked of={asked}>{() => <Shown pipeline={pipeline!} />}</Asked>
      </Screen>
    </Moving>
  )
}

function Beside({ pipeline }: { pipeline: Pipeline }) {
  const mayWrite = useCan('leads:write')
  return mayWrite ? <NewLeadButton pipeline={pipeline} /> : null
}

function Shown({ pipeline }: { pipeline: Pipeline }) {
  const { filters } = useFilters()
  const [sort, setSort] = useLocalStorage<Order>({
    key: 'funil.board.order',
    defaultValue: '-stage_changed_at',
    getInitialValueInEffect: false,
  })
  return (
    <>
      <FilterBar beside={<OrderMenu chosen={sort} choose={setSort} />} />
      <Columns key={pipeline.id} pipeline={pipeline} filters={onBoard(filters)} sort={sort} />
    </>
  )
}
