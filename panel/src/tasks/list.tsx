import { Table } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { look } from '../api/look.ts'
import { Asked } from '../parts/asked.tsx'
import { useFormat } from '../parts/format.ts'
import { Notice } from '../parts/notice.tsx'
import { Screen } from '../parts/screen.tsx'
import { useWords } from '../words/words.ts'

export default function Tasks() {
  const { tasks } = useWords()
  const { day } = useFormat()
  const asked = useQuery(look('GET /tasks', { query: { status: 'pending' } }))
  return (
    <Screen title={tasks.title}>
      <Asked of={asked}>
        {({ data }) =>
          data.length === 0 ? (
            <Notice title={tasks.none} />
          ) : (
            <Table>
              <Table.Tbody>
                {data.map((task) => (
                  <Table.Tr key={task.id}>
                    <Table.Td>{task.subject}</Table.Td>
                    <Table.Td>{task.lead?.name}</Table.Td>
                    <Table.Td>{task.due_date && day(task.due_date)}</Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          )
        }
      </Asked>
    </Screen>
  )
}
