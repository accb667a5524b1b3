import { ActionIcon, Group, Paper, SegmentedControl, Text, Title, Tooltip } from '@mantine/core'
import { Download } from 'lucide-react'
import { useState } from 'react'
import { late } from '../parts/late.tsx'
import { useWords } from '../words/words.ts'
import { downloadCsv } from './csv.ts'
import { type Column, ReportTable, type Row } from './report-table.tsx'

const Chart = late(() => import('./chart.tsx'), null)
export const chartHeight = 280

type Wanted = {
  title: string
  columns: Column[]
  rows: Row[]
  /** Which columns are drawn, and in which colour. */
  series: { column: number; color: string }[]
  /** Names below each other, for long ones. */
  isLying?: boolean
}

/** Figures as a chart, with the table behind it, to be looked at or taken along. */
export function ReportBox({ title, columns, rows, series, isLying = false }: Wanted) {
  const { reports } = useWords()
  const [view, show] = useState('chart')
  const isEmpty = rows.every(({ cells }) => series.every(({ column }) => !cells[column]))
  const height = isLying ? Math.max(rows.length * 36 + 40, 140) : chartHeight
  return (
    <Paper component="section" withBorder p="md" mb="md" aria-label={title}>
      <Group justify="space-between" mb="sm" gap="xs">
        <Title order={2}>{title}</Title>
        <Group gap="xs">
          <SegmentedControl
            size="xs"
            aria-label={reports.showAs(title)}
            data={[
              { value: 'chart', label: reports.chart },
              { value: 'table', label: reports.table },
            ]}
            value={view}
            onChange={show}
          />
          <Tooltip label={reports.download(title)} withArrow>
            <ActionIcon
              variant="default"
              size={30}
              aria-label={reports.download(title)}
              onClick={() => downloadCsv(title, columns, rows)}
            >
              <Download size={16} aria-hidden />
            </ActionIcon>
          </Tooltip>
        </Group>
      </Group>
      {isEmpty && view === 'chart' ? (
        <Text c="dimmed" h={chartHeight / 2}>
          {reports.none}. {reports.noneHelp}
        </Text>
      ) : view === 'table' ? (
        <ReportTable title={title} columns={columns} rows={rows} />
      ) : (
        <div style={{ minHeight: height }}>
          <Chart {...{ title, columns, rows, series, isLying, height }} />
        </div>
      )}
    </Paper>
  )
}
