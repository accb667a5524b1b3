import { BarChart } from '@mantine/charts'
import '@mantine/charts/styles.css'
import { type Column, type Row, useCellText } from './report-table.tsx'

type Wanted = {
  title: string
  columns: Column[]
  rows: Row[]
  series: { column: number; color: string }[]
  isLying: boolean
  height: number
}

export default function Chart({ title, columns, rows, series, isLying, height }: Wanted) {
  const inWords = useCellText()
  const kind = columns[series[0]!.column]!.kind
  const data = rows.map(({ cells }) => ({
    name: String(cells[0]),
    ...Object.fromEntries(series.map(({ column }) => [columns[column]!.label, Number(cells[column] ?? 0)])),
  }))
  return (
    <BarChart
      role="img"
      aria-label={title}
      h={height}
      data={data}
      dataKey="name"
      orientation={isLying ? 'vertical' : 'horizontal'}
      series={series.map(({ column, color }) => ({ name: columns[column]!.label, color }))}
      valueFormatter={(value) => inWords(value, kind)}
      withLegend={series.length > 1}
      gridAxis={isLying ? 'none' : 'x'}
      barChartProps={isLying ? { margin: { right: 40 } } : undefined}
      tickLine="none"
      withBarValueLabel={isLying}
      withXAxis={!isLying}
      yAxisProps={{ width: isLying ? 130 : 60 }}
      barProps={{ isAnimationActive: false, radius: 3 }}
      maxBarWidth={36}
    />
  )
}
