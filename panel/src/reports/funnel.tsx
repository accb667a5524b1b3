import { Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { look } from '../api/look.ts'
import { Asked } from '../parts/asked.tsx'
import { useWords } from '../words/words.ts'
import { useReportFilters } from './filters.ts'
import { ReportBox } from './report-box.tsx'

export function Funnel() {
  const { reports } = useWords()
  const { days, whose } = useReportFilters()
  const asked = useQuery(look('GET /reports/funnel', { query: { ...days, ...whose } }))
  return (
    <Asked of={asked}>
      {({ pipeline, stages }) => (
        <>
          <Text c="dimmed" mb="xs">
            {reports.entered(pipeline.name)}
          </Text>
          <ReportBox
            title={pipeline.name}
            isLying
            columns={[
              { label: reports.stage, kind: 'text' },
              { label: reports.reached, kind: 'number' },
              { label: reports.ofFirst, kind: 'percent' },
              { label: reports.ofPrevious, kind: 'percent' },
              { label: reports.standing, kind: 'number' },
              { label: reports.standingValue, kind: 'money' },
              { label: reports.median, kind: 'days' },
            ]}
            series={[{ column: 1, color: 'teal.7' }]}
            rows={stages.map((stage) => ({
              key: String(stage.id),
              cells: [
                stage.name,
                stage.reached,
                stage.conversion_from_first,
                stage.conversion_from_previous,
                stage.standing,
                stage.standing_value,
                stage.median_seconds,
              ],
            }))}
          />
        </>
      )}
    </Asked>
  )
}
