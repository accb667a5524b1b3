import { Paper, SimpleGrid, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { Input } from '../api/call.ts'
import { look } from '../api/look.ts'
import type { OutcomeCounts, OutcomeGroup } from '../api/types.ts'
import { Asked } from '../parts/asked.tsx'
import { useFormat } from '../parts/format.ts'
import { useTogether } from '../parts/together.ts'
import { Waiting } from '../parts/waiting.tsx'
import { useWords } from '../words/words.ts'
import { daysBefore, unitFor, useReportFilters } from './filters.ts'
import { ReportBox } from './report-box.tsx'
import { type Kind, useCellText } from './report-table.tsx'

export function Outcomes() {
  const { reports } = useWords()
  const filters = useReportFilters()
  const unit = unitFor(filters.days)
  const isWhole = useTogether([unit, 'reason' as const, 'owner' as const].map((by) => groupedBy(by, filters)))
  if (!isWhole)
    return (
      <>
        <Totals />
        <Waiting />
      </>
    )
  return (
    <>
      <Totals />
      <Grouped by={unit} title={reports.byMonth} first={reports.when} unnamed="" />
      <Grouped
        by="reason"
        title={reports.byReason}
        first={reports.reason}
        unnamed={reports.unnamed.reason}
        isLost
      />
      <Grouped by="owner" title={reports.byOwner} first={reports.owner} unnamed={reports.unnamed.owner} />
    </>
  )
}

export function Sources() {
  const { reports } = useWords()
  return (
    <Grouped by="source" title={reports.bySource} first={reports.source} unnamed={reports.unnamed.source} />
  )
}

type By = NonNullable<NonNullable<Input<'GET /reports/outcomes'>['query']>['group_by']>
const groupedBy = (by: By, { days, whose }: ReturnType<typeof useReportFilters>) =>
  look('GET /reports/outcomes', { query: { ...days, ...whose, group_by: by } })

type Wanted = { by: By; title: string; first: string; unnamed: string; isLost?: boolean }

function Grouped({ by, title, first, unnamed, isLost = false }: Wanted) {
  const { reports } = useWords()
  const { shortDay } = useFormat()
  const asked = useQuery(groupedBy(by, useReportFilters()))
  const isTime = by === 'day' || by === 'week' || by === 'month'
  const nameOf = ({ name }: OutcomeGroup) => (name && isTime ? shortDay(name) : (name ?? unnamed))
  const shown = (data: OutcomeGroup[]) => (isLost ? data.filter(({ lost_count }) => lost_count > 0) : data)
  return (
    <Asked of={asked}>
      {({ data }) => (
        <ReportBox
          title={title}
          isLying={!isTime}
          columns={[
            { label: first, kind: 'text' },
            { label: reports.won, kind: 'number' },
            { label: reports.wonValue, kind: 'money' },
            { label: reports.lost, kind: 'number' },
            { label: reports.lostValue, kind: 'money' },
            { label: reports.winRate, kind: 'percent' },
          ]}
          series={[
            ...(isLost ? [] : [{ column: 1, color: 'teal.7' }]),
            { column: 3, color: isLost ? 'red.6' : 'gray.5' },
          ]}
          rows={shown(data).map((group) => ({
            key: String(group.id ?? group.name),
            cells: [
              nameOf(group),
              group.won_count,
              group.won_value,
              group.lost_count,
              group.lost_value,
              group.win_rate,
            ],
          }))}
        />
      )}
    </Asked>
  )
}

/** What it comes to, beside what it came to in as many days before. */
function Totals() {
  const { reports } = useWords()
  const { days, whose } = useReportFilters()
  const now = useQuery(look('GET /reports/outcomes', { query: { ...days, ...whose } }))
  const before = useQuery(look('GET /reports/outcomes', { query: { ...daysBefore(days), ...whose } }))
  const inWords = useCellText()
  const figures: [keyof OutcomeCounts, string, Kind][] = [
    ['won_count', reports.won, 'number'],
    ['won_value', reports.wonValue, 'money'],
    ['lost_count', reports.lost, 'number'],
    ['win_rate', reports.winRate, 'percent'],
  ]
  return (
    <SimpleGrid cols={{ base: 2, md: 4 }} spacing="xs" mb="md">
      {figures.map(([name, label, kind]) => (
        <Paper key={name} withBorder p="sm">
          <Text size="sm" c="dimmed">
            {label}
          </Text>
          <Text size="xl" fw={600} style={{ fontVariantNumeric: 'tabular-nums' }}>
            {now.data ? inWords(now.data.totals[name], kind) : '…'}
          </Text>
          <Text size="xs" c="dimmed">
            {before.data ? reports.before(inWords(before.data.totals[name], kind)) : '…'}
          </Text>
        </Paper>
      ))}
    </SimpleGrid>
  )
}
