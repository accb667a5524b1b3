import { useQuery } from '@tanstack/react-query'
import { look } from '../api/look.ts'
import { Asked } from '../parts/asked.tsx'
import { useFormat } from '../parts/format.ts'
import { useTogether } from '../parts/together.ts'
import { Waiting } from '../parts/waiting.tsx'
import { useWords } from '../words/words.ts'
import { unitFor, useReportFilters } from './filters.ts'
import { ReportBox } from './report-box.tsx'

export function Activity() {
  const { reports } = useWords()
  const { days } = useReportFilters()
  const unit = unitFor(days)
  const isWhole = useTogether(['user' as const, unit].map((by) => groupedBy(by, days)))
  if (!isWhole) return <Waiting />
  return (
    <>
      <Grouped by="user" title={reports.byPerson} first={reports.person} />
      <Grouped by={unit} title={reports.byMonth} first={reports.when} />
    </>
  )
}

type By = 'user' | 'day' | 'week' | 'month'
type Wanted = { by: By; title: string; first: string }

const groupedBy = (by: By, days: { from: string; to: string }) =>
  look('GET /reports/activity', { query: { ...days, group_by: by } })

function Grouped({ by, title, first }: Wanted) {
  const { reports } = useWords()
  const { shortDay } = useFormat()
  const asked = useQuery(groupedBy(by, useReportFilters().days))
  const number = 'number' as const
  return (
    <Asked of={asked}>
      {({ data }) => (
        <ReportBox
          title={title}
          columns={[
            { label: first, kind: 'text' },
            { label: reports.leadsCreated, kind: number },
            { label: reports.stageChanges, kind: number },
            { label: reports.tasksCompleted, kind: number },
            { label: reports.tasksCreated, kind: number },
            { label: reports.won, kind: number },
            { label: reports.lost, kind: number },
          ]}
          series={[
            { column: 1, color: 'gray.5' },
            { column: 2, color: 'blue.6' },
            { column: 3, color: 'teal.7' },
          ]}
          rows={data.map((group) => ({
            key: String(group.id ?? group.name),
            cells: [
              by === 'user' ? (group.name ?? reports.unnamed.user) : shortDay(group.name!),
              group.leads_created,
              group.stage_changes,
              group.tasks_completed,
              group.tasks_created,
              group.leads_won,
              group.leads_lost,
            ],
          }))}
        />
      )}
    </Asked>
  )
}
