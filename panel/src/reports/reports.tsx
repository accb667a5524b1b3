import { Table, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { look } from '../api/look.ts'
import { Asked } from '../parts/asked.tsx'
import { useFormat } from '../parts/format.ts'
import { Screen } from '../parts/screen.tsx'
import { useWords } from '../words/words.ts'

export default function Reports() {
  const { reports } = useWords()
  const { number } = useFormat()
  const asked = useQuery(look('GET /reports/funnel'))
  return (
    <Screen title={reports.title}>
      <Asked of={asked}>
        {({ pipeline, stages }) => (
          <>
            <Title order={2}>{pipeline.name}</Title>
            <Table>
              <Table.Tbody>
                {stages.map((stage) => (
                  <Table.Tr key={stage.id}>
                    <Table.Td>{stage.name}</Table.Td>
                    <Table.Td ta="right">{number(stage.reached)}</Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </>
        )}
      </Asked>
    </Screen>
  )
}
